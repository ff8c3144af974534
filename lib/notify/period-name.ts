// What people call a period: "November 2026", "week of 22 Nov 2026", "15 Nov to 14 Dec 2026", "the last 7 days".
import type { CalendarDate } from '../time/calendar-date.ts';
import type { Period } from '../time/period.ts';
import { MONTHS } from '../time/period-rule.ts';
import { daysBetween, plusDays } from '../time/utc-day.ts';
import { dateIn, UTC } from '../time/zone.ts';

/** With the zone where that is not UTC. */
export function periodName(period: Period): string {
  const name = unzonedName(period);
  return period.zone === UTC ? name : `${name} (${period.zone})`;
}

/** `2026-11-01 to 2026-11-30 UTC`, both days included. */
export function periodDays(period: Period): string {
  const { first, last } = datesOf(period);
  return first === last ? `${first} ${period.zone}` : `${first} to ${last} ${period.zone}`;
}

function unzonedName(period: Period): string {
  const { kind, key } = period;
  const { first, last } = datesOf(period);
  const year = first.slice(0, 4);
  switch (kind) {
    case 'daily':
      return `${dayOf(first)} ${monthOf(first)} ${year}`;
    case 'weekly':
      return key === first
        ? `week of ${shortDate(first)}`
        : `week ${Number(key.slice(6))} of ${key.slice(0, 4)}`;
    case 'monthly':
      return dayOf(first) === 1 ? `${monthOf(first)} ${year}` : range(first, last);
    case 'quarterly':
      return first === firstOfQuarter(key) ? `${key.slice(5)} ${year}` : range(first, last);
    case 'yearly':
      return first.endsWith('-01-01') ? year : range(first, last);
    case 'rolling':
      return `the last ${daysBetween(first, last) + 1} days`;
    case 'fixed':
      return range(first, last);
  }
}

function datesOf({ zone, start, end }: Period): {
  readonly first: CalendarDate;
  readonly last: CalendarDate;
} {
  return { first: dateIn(zone, start), last: plusDays(dateIn(zone, end), -1) };
}

/** Of the calendar's quarter; a fiscal one of that name begins elsewhere. */
function firstOfQuarter(key: string): string {
  return `${key.slice(0, 4)}-${String(3 * Number(key.slice(6)) - 2).padStart(2, '0')}-01`;
}

/** `15 Nov to 14 Dec 2026`, `15 Dec 2026 to 14 Jan 2027` */
function range(first: CalendarDate, last: CalendarDate): string {
  if (first === last) return shortDate(first);
  const sameYear = first.slice(0, 4) === last.slice(0, 4);
  return `${sameYear ? shortDate(first).slice(0, -5) : shortDate(first)} to ${shortDate(last)}`;
}

function shortDate(date: CalendarDate): string {
  return `${dayOf(date)} ${monthOf(date).slice(0, 3)} ${date.slice(0, 4)}`;
}

function dayOf(date: CalendarDate): number {
  return Number(date.slice(8));
}

function monthOf(date: CalendarDate): string {
  const month = MONTHS[Number(date.slice(5, 7)) - 1] ?? '';
  return `${month.slice(0, 1).toUpperCase()}${month.slice(1)}`;
}
