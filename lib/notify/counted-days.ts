// Which UTC days count in a period of another zone: what is kept by UTC day cannot be cut at the zone's midnight.
import { dayAfter, firstDayOf, type Period } from '../time/period.ts';
import { plusDays, type UtcDay } from '../time/utc-day.ts';
import { UTC } from '../time/zone.ts';

/** Both included. `null` in UTC, whose days are the period's own; `first` after `last` where no day begins inside. */
export function countedDays(period: Period): { readonly first: UtcDay; readonly last: UtcDay } | null {
  if (period.zone === UTC) return null;
  return { first: firstDayOf(period), last: plusDays(dayAfter(period), -1) };
}

/** `UTC days 2026-11-01 to 2026-11-30 count, those that begin in it`; `null` in UTC. */
export function countedDaysText(period: Period): string | null {
  const days = countedDays(period);
  if (days === null) return null;
  const { first, last } = days;
  if (first > last) return 'no UTC day begins in it, so none counts';
  return first === last
    ? `UTC day ${first} counts, the one that begins in it`
    : `UTC days ${first} to ${last} count, those that begin in it`;
}
