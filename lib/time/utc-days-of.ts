// The UTC days that a date of some zone lies in: one or two of them, and rarely none.
import type { CalendarDate } from './calendar-date.ts';
import { type Instant, plusMs } from './instant.ts';
import { daysFrom, plusDays, type UtcDay, utcDayOf } from './utc-day.ts';
import { startOfDateIn, UTC } from './zone.ts';

/** Ascending, none after the day of `instant`. Empty for a date that the zone left out. */
export function utcDaysOf(zone: string, date: CalendarDate, instant: Instant): UtcDay[] {
  const today = utcDayOf(instant);
  if (zone === UTC) return date <= today ? [date] : [];
  const start = startOfDateIn(zone, date);
  const end = startOfDateIn(zone, plusDays(date, 1));
  if (end <= start) return [];
  return daysFrom(utcDayOf(start), plusDays(utcDayOf(plusMs(end, -1)), 1)).filter((day) => day <= today);
}
