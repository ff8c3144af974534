// Dates of a calendar, in whichever zone: they are written and counted like UTC days, and begin when their zone says.
import { instantOfEpochMs } from './instant.ts';
import { startOfDay, type UtcDay, utcDayOf } from './utc-day.ts';

export type CalendarDate = UtcDay;

/** `month` may be 0 or run past 12; a day that the month does not have is its last. */
export function dateOf(year: number, month: number, day: number): CalendarDate {
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return utcDayOf(instantOfEpochMs(Date.UTC(year, month - 1, Math.min(day, daysInMonth))));
}

/** 0: Monday. */
export function weekdayOf(date: CalendarDate): number {
  return (new Date(startOfDay(date)).getUTCDay() + 6) % 7;
}
