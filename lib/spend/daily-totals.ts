// Sums a snapshot's rows once for each shape: by day and by whatever dimensions budgets look at, so that none looks at a row.
import type { CalendarDate } from '../time/calendar-date.ts';
import { type Instant, plusMs } from '../time/instant.ts';
import { endOfDay, startOfDay, type UtcDay } from '../time/utc-day.ts';
import { dateIn, UTC } from '../time/zone.ts';
import type { GroupDimension } from './catalogue.ts';
import { type DayTotals, dayTotals } from './day-totals.ts';
import { knownDate } from './known-date.ts';
import type { Measure } from './measure.ts';
import type { SpendSnapshot } from './spend-store.ts';
import { tablesOfDate } from './tables-of-date.ts';

/** By days of the series' zone. */
export type MeasureTotals = ReadonlyMap<CalendarDate, DayTotals>;

/** A measure summed by some dimensions. */
export interface Series {
  /** Unique: `cost`, `cost by user`. */
  readonly key: string;
  readonly measure: Measure;
  readonly dimensions: readonly GroupDimension[];
  /** IANA. Its days are summed. */
  readonly dayZone: string;
}

/**
 * One pass over the stored rows of `days` for each series, whatever the number of budgets; by `key`. Dates that the
 * snapshot lacks, or knows in part only, are absent.
 */
export function dailyTotals(
  snapshot: SpendSnapshot,
  days: readonly UtcDay[],
  series: readonly Series[],
  instant: Instant,
): ReadonlyMap<string, MeasureTotals> {
  const totals = new Map(series.map(({ key }) => [key, new Map<CalendarDate, DayTotals>()]));
  for (const [zone, ofZone] of Map.groupBy(series, ({ dayZone }) => dayZone)) {
    const read = { fromDay: snapshot.fromDay, tablesOf: lastRemembered(snapshot.tablesOf) };
    for (const date of datesOf(zone, days, instant)) {
      const tables = tablesOfDate(read, date, zone, instant);
      if (tables === null) continue;
      const { projects } = knownDate(snapshot.root, date, zone, instant);
      for (const { key, measure, dimensions } of ofZone) {
        totals.get(key)?.set(date, { ...dayTotals(tables, measure, dimensions), projects });
      }
    }
  }
  return totals;
}

/** Two dates in a row have a UTC day in common, which need not be decoded for each of them. */
function lastRemembered(tablesOf: SpendSnapshot['tablesOf']): SpendSnapshot['tablesOf'] {
  let last: { readonly day: UtcDay; readonly tables: ReturnType<typeof tablesOf> } | null = null;
  return (day) => {
    if (last?.day !== day) last = { day, tables: tablesOf(day) };
    return last.tables;
  };
}

/** Those that have a part in any of `days` and have begun. */
function datesOf(zone: string, days: readonly UtcDay[], instant: Instant): Iterable<CalendarDate> {
  if (zone === UTC) return days;
  const dates = days.flatMap((day) => [
    dateIn(zone, startOfDay(day)),
    dateIn(zone, plusMs(endOfDay(day), -1)),
  ]);
  const today = dateIn(zone, instant);
  return new Set(dates.filter((date) => date <= today));
}
