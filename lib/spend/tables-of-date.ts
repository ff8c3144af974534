// The stored rows of a date of some zone, which lie in one UTC day or two.
import type { CalendarDate } from '../time/calendar-date.ts';
import { type Instant, MINUTE_MS } from '../time/instant.ts';
import { plusDays, startOfDay } from '../time/utc-day.ts';
import { utcDaysOf } from '../time/utc-days-of.ts';
import { startOfDateIn, UTC } from '../time/zone.ts';
import { type DayTable, tableOfRows } from './day-table.ts';
import type { SpendSnapshot } from './spend-store.ts';

/**
 * `null` unless every UTC day in which the date lies is known, as far as they have begun by `instant`. In UTC and its
 * like the day's own rows.
 */
export function tablesOfDate(
  { fromDay, tablesOf }: Pick<SpendSnapshot, 'fromDay' | 'tablesOf'>,
  date: CalendarDate,
  zone: string,
  instant: Instant,
): readonly DayTable[] | null {
  if (zone === UTC) return date < fromDay ? null : tablesOf(date);
  const start = startOfDateIn(zone, date);
  const end = startOfDateIn(zone, plusDays(date, 1));
  const tables: DayTable[] = [];
  for (const day of utcDaysOf(zone, date, instant)) {
    const ofDay = day < fromDay ? null : tablesOf(day);
    if (ofDay === null) return null;
    const from = (start - startOfDay(day)) / MINUTE_MS;
    const until = (end - startOfDay(day)) / MINUTE_MS;
    tables.push(...ofDay.map((table) => rowsBetween(table, from, until)));
  }
  return tables;
}

/** Minutes of the UTC day; `until` is exclusive. */
function rowsBetween(table: DayTable, from: number, until: number): DayTable {
  const starts = table.dimensions.get('start_minute');
  if (starts === undefined) return table;
  const isWithin = starts.values.map((minute) => Number(minute) >= from && Number(minute) < until);
  if (isWithin.every(Boolean)) return table;
  const rows = [...starts.index.entries()].flatMap(([row, at]) => (isWithin[at] ? [row] : []));
  return tableOfRows(table, rows);
}
