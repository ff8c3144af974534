// Whose days a measure is summed by in a period of some zone: the zone's own where OpenAI tells hours, else those of UTC.
import { UTC } from '../time/zone.ts';
import type { Measure } from './measure.ts';

/**
 * Costs exist as UTC days only. Of a level, whose value is the largest day's, hours do not add up to a day.
 * @param zone IANA, of the period
 */
export function dayZoneOf({ kind, isLevel }: Pick<Measure, 'kind' | 'isLevel'>, zone: string): string {
  return kind === 'costs' || isLevel ? UTC : zone;
}
