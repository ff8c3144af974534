// What people call a period: "November 2026", "15 Nov to 14 Dec 2026", "the last 7 days", and shorter beside an amount.

import { elementAt } from '../lists/element-at.ts';
import { type CalendarDate, dateOf } from '../time/calendar-date.ts';
import type { Instant } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import { MONTHS } from '../time/period-rule.ts';
import { daysBetween, plusDays, type UtcDay, utcDayOf } from '../time/utc-day.ts';
import { dateIn, UTC } from '../time/zone.ts';
import { upperFirst } from './upper-first.ts';

/** With the zone where that is not UTC. */
export function periodName(period: Period): string {
  return withZone(unzonedName(period), period);
}

/** `its $500 November budget`, `its $50 budget for 20 November`; the year only where it is not that of `asOf`. */
export function budgetOfPeriod(limit: string, period: Period, asOf: Instant): string {
  const name = unzonedName(period);
  const year = ` ${new Date(asOf).getUTCFullYear()}`;
  const near = name.endsWith(year) ? name.slice(0, -year.length) : name;
  return withZone(`its ${budgetPhrase(limit, near, isOneWord(period, name))}`, period);
}

/** `$500 November budget`, but `November budget of 2M tokens`: a limit that has a word in it goes behind. */
function budgetPhrase(limit: string, period: string, isOneWord: boolean): string {
  if (limit.includes(' ')) {
    return isOneWord ? `${period} budget of ${limit}` : `budget of ${limit} for ${the(period)}`;
  }
  return isOneWord ? `${limit} ${period} budget` : `${limit} budget for ${the(period)}`;
}

function the(period: string): string {
  return period.startsWith('week of') ? `the ${period}` : period;
}

/** `November 2026, day 24 of 30 (UTC)`; `found` is what there is to say of it instead. */
export function periodAndElapsed(period: Period, asOf: Instant, found: string | null): string {
  const elapsed = found ?? periodElapsed(period, asOf);
  return `${unzonedName(period)}${elapsed === '' ? '' : `, ${elapsed}`} (${period.zone})`;
}

/** `2026-11-01 to 2026-11-30 UTC`, both days included. */
export function periodDays(period: Period): string {
  const { first, last } = datesOf(period);
  return first === last ? `${first} ${period.zone}` : `${first} to ${last} ${period.zone}`;
}

/** Its last date, in its zone. */
export function lastDateOf(period: Period): CalendarDate {
  return datesOf(period).last;
}

/** `30 Nov` */
export function shortDay(day: UtcDay): string {
  return `${dayOf(day)} ${monthOf(day).slice(0, 3)}`;
}

/** `24 Nov 10:05 UTC` */
export function shortInstant(instant: Instant): string {
  return `${shortDay(utcDayOf(instant))} ${new Date(instant).toISOString().slice(11, 16)} UTC`;
}

/** How much of it is gone: `day 24 of 30`, `ended`; which days the last ones are; empty for a period of one day. */
function periodElapsed(period: Period, asOf: Instant): string {
  if (asOf >= period.end) return 'ended';
  const { first, last } = datesOf(period);
  if (period.kind === 'rolling') return range(first, last);
  const days = daysBetween(first, last) + 1;
  return days <= 1 ? '' : `day ${daysBetween(first, dateIn(period.zone, asOf)) + 1} of ${days}`;
}

function withZone(text: string, { zone }: Period): string {
  return zone === UTC ? text : `${text} (${zone})`;
}

/** `November 2026`, `Q4 2026`, `2026` stand before a word; what goes from a day to a day does not. */
function isOneWord({ kind }: Period, name: string): boolean {
  const isNamed = kind === 'monthly' || kind === 'quarterly' || kind === 'yearly';
  return isNamed && !name.includes(' to ');
}

function unzonedName(period: Period): string {
  const { kind, key } = period;
  const { first, last } = datesOf(period);
  const year = first.slice(0, 4);
  switch (kind) {
    case 'daily':
      return `${dayOf(first)} ${monthOf(first)} ${year}`;
    case 'weekly':
      return `week of ${shortDate(first)}`;
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
function firstOfQuarter(key: string): CalendarDate {
  return dateOf(Number(key.slice(0, 4)), 3 * Number(key.slice(6)) - 2, 1);
}

/** `15 Nov to 14 Dec 2026`, `15 Dec 2026 to 14 Jan 2027` */
function range(first: CalendarDate, last: CalendarDate): string {
  if (first === last) return shortDate(first);
  const sameYear = first.slice(0, 4) === last.slice(0, 4);
  return `${sameYear ? shortDate(first).slice(0, -5) : shortDate(first)} to ${shortDate(last)}`;
}

function shortDate(date: CalendarDate): string {
  return `${shortDay(date)} ${date.slice(0, 4)}`;
}

function dayOf(date: CalendarDate): number {
  return Number(date.slice(8));
}

function monthOf(date: CalendarDate): string {
  return upperFirst(elementAt(MONTHS, Number(date.slice(5, 7)) - 1));
}
