// A UTC calendar day: the smallest unit that OpenAI's costs know.
import { DAY_MS, type Instant } from './instant.ts';

declare const utcDayBrand: unique symbol;

/** `yyyy-mm-dd`; days compare as strings in the order of time. */
export type UtcDay = string & { readonly [utcDayBrand]: true };

export function utcDayOf(instant: Instant): UtcDay {
  return new Date(instant).toISOString().slice(0, 10) as UtcDay;
}

/** Strict: a day that the calendar has, written `yyyy-mm-dd`; `null` otherwise. */
export function parseUtcDay(text: string): UtcDay | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const epochMs = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(epochMs)) return null;
  return utcDayOf(epochMs as Instant) === text ? (text as UtcDay) : null;
}

export function startOfDay(day: UtcDay): Instant {
  return Date.parse(`${day}T00:00:00Z`) as Instant;
}

/** The first instant after the day, which is the start of the next. */
export function endOfDay(day: UtcDay): Instant {
  return (startOfDay(day) + DAY_MS) as Instant;
}

export function plusDays(day: UtcDay, days: number): UtcDay {
  return utcDayOf((startOfDay(day) + days * DAY_MS) as Instant);
}

/** Days from `from` to `to`; negative if `to` is earlier. */
export function daysBetween(from: UtcDay, to: UtcDay): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / DAY_MS);
}

/** Every day from `from` up to but not including `until`. */
export function daysFrom(from: UtcDay, until: UtcDay): UtcDay[] {
  return Array.from({ length: Math.max(0, daysBetween(from, until)) }, (_, index) => plusDays(from, index));
}
