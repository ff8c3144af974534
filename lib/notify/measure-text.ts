// What an alert counts, where that is not money: the measure's name, and how its days make one figure.
import { MEASURES } from '../spend/measure.ts';

/** Empty for cost. A level is said to be one: its figure is a day's, whatever the period. */
export function measureText(name: string): string {
  if (name === 'cost') return '';
  return MEASURES.get(name)?.isLevel === true ? `${name} (a level: the largest day counts)` : name;
}
