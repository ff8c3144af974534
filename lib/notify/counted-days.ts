// Which UTC days count in a period of another zone: what exists by UTC day only cannot be cut at the zone's midnight.
import { dayZoneOf } from '../spend/day-zone.ts';
import type { Measure } from '../spend/measure.ts';
import { dayAfter, firstDayOf, type Period } from '../time/period.ts';
import { plusDays, type UtcDay } from '../time/utc-day.ts';

/**
 * Both included; `first` after `last` where no day begins inside. `null` where the days of the period's own zone are
 * summed: then all of the period counts, and nothing else.
 */
export function countedDays(
  period: Period,
  measure: Measure,
): { readonly first: UtcDay; readonly last: UtcDay } | null {
  const dayZone = dayZoneOf(measure, period.zone);
  if (period.zone === dayZone) return null;
  return { first: firstDayOf(period, dayZone), last: plusDays(dayAfter(period, dayZone), -1) };
}

/** `UTC days 2026-11-01 to 2026-11-30 count, those that begin in it`; `null` where the whole period does. */
export function countedDaysText(period: Period, measure: Measure): string | null {
  const days = countedDays(period, measure);
  if (days === null) return null;
  const { first, last } = days;
  if (first > last) return 'no UTC day begins in it, so none counts';
  return first === last
    ? `UTC day ${first} counts, the one that begins in it`
    : `UTC days ${first} to ${last} count, those that begin in it`;
}
