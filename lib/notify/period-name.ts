// What people call a period: "November 2026", "week 47 of 2026", "20 November 2026", and shorter beside an amount.
import { DAY_MS, type Instant, plusMs } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import { type UtcDay, utcDayOf } from '../time/utc-day.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export function periodName({ kind, key }: Pick<Period, 'kind' | 'key'>): string {
  const year = key.slice(0, 4);
  const month = MONTHS[Number(key.slice(5, 7)) - 1];
  switch (kind) {
    case 'daily':
      return `${Number(key.slice(8))} ${month} ${year}`;
    case 'weekly':
      return `week ${Number(key.slice(6))} of ${year}`;
    case 'monthly':
      return `${month} ${year}`;
    case 'quarterly':
      return `${key.slice(5)} ${year}`;
    case 'yearly':
      return year;
  }
}

/** `its $500 November budget`, `its $50 budget for 20 November`; the year only where it is not that of `asOf`. */
export function budgetOfPeriod(limit: string, period: Period, asOf: Instant): string {
  const name = periodName(period);
  const year = ` ${new Date(asOf).getUTCFullYear()}`;
  const near = name.endsWith(year) ? name.slice(0, -year.length).replace(/ of$/, '') : name;
  switch (period.kind) {
    case 'daily':
    case 'weekly':
      return `its ${limit} budget for ${near}`;
    case 'monthly':
    case 'quarterly':
    case 'yearly':
      return `its ${limit} ${near} budget`;
  }
}

/** `2026-11-01 to 2026-11-30 UTC`, both days included. */
export function periodDays({ start, end }: Period): string {
  const first = utcDayOf(start);
  const last = utcDayOf(plusMs(end, -1));
  return first === last ? `${first} UTC` : `${first} to ${last} UTC`;
}

/** How much of it is gone: `day 24 of 30`, `ended`; empty for a period of one day. */
export function periodElapsed({ start, end }: Period, asOf: Instant): string {
  if (asOf >= end) return 'ended';
  const days = Math.round((end - start) / DAY_MS);
  return days <= 1 ? '' : `day ${Math.floor((asOf - start) / DAY_MS) + 1} of ${days}`;
}

/** `30 Nov` */
export function shortDay(day: UtcDay): string {
  return `${Number(day.slice(8))} ${(MONTHS[Number(day.slice(5, 7)) - 1] ?? '').slice(0, 3)}`;
}

/** `24 Nov 10:05 UTC` */
export function shortInstant(instant: Instant): string {
  return `${shortDay(utcDayOf(instant))} ${new Date(instant).toISOString().slice(11, 16)} UTC`;
}
