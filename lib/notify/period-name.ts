// What people call a period: "November 2026", "week 47 of 2026", "20 November 2026".

import { plusMs } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import { utcDayOf } from '../time/utc-day.ts';

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

export function periodName({ kind, key }: Period): string {
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

/** `2026-11-01 to 2026-11-30 UTC`, both days included. */
export function periodDays({ start, end }: Period): string {
  const first = utcDayOf(start);
  const last = utcDayOf(plusMs(end, -1));
  return first === last ? `${first} UTC` : `${first} to ${last} UTC`;
}
