// What it would take for the next alert, for people.
import type { Standing } from '../alert/threshold-standing.ts';
import { formatQuantity } from '../notify/format-quantity.ts';
import type { Unit } from '../spend/catalogue.ts';
import { thresholdText } from './threshold-text.ts';

type Next = NonNullable<Standing['next']>;

/** `$12.40 more reaches 80 %` */
export function nextText({ threshold, missing }: Next, unit: Unit): string {
  const more = missing === 0n ? 'anything' : formatQuantity(missing, unit);
  return `${more} more reaches ${thresholdText(threshold.label, unit)}`;
}

/** `$12.40 more reaches 80 % ($80.00)`; a threshold that is an amount says so itself. */
export function nextWithAmountText(next: Next, unit: Unit): string {
  const { label, amount } = next.threshold;
  const text = nextText(next, unit);
  return label.endsWith('%') ? `${text} (${formatQuantity(amount, unit)})` : text;
}
