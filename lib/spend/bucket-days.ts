// Turns the buckets of one request into whole UTC days.
import { type DayRange, rangeHolds } from '../time/day-range.ts';
import type { Instant } from '../time/instant.ts';
import { endOfDay, startOfDay, type UtcDay, utcDayOf } from '../time/utc-day.ts';
import { startMinuteOf } from './bucket-width.ts';
import { type Dataset, rowMeasures, tableDimensions } from './dataset.ts';
import { type DayTable, dayTableOf } from './day-table.ts';
import type { SourceBucket, SourceRow } from './usage-source.ts';

interface AnsweredDay {
  readonly rows: SourceRow[];
  /** The day is known from its start until here. */
  until: Instant;
}

/**
 * Every day that buckets of the answer cover without a gap, today as far as they go; any other day is absent, which
 * means unknown: less than the whole of it would read as less spend. Buckets outside `range` are dropped: nobody asked
 * for them, so they need not be whole.
 */
export function daysOfBuckets(
  dataset: Dataset,
  range: DayRange,
  buckets: Iterable<SourceBucket>,
  tick: Instant,
): Map<UtcDay, DayTable> {
  const answered = new Map<UtcDay, AnsweredDay>();
  for (const { start, end, rows } of [...buckets].sort((a, b) => a.start - b.start)) {
    const day = utcDayOf(start);
    if (!rangeHolds(range, day)) continue;
    const ofDay = answered.get(day) ?? { rows: [], until: startOfDay(day) };
    answered.set(day, ofDay);
    // What lies behind a gap is as good as absent.
    if (dataset.width !== '1d' && start > ofDay.until) continue;
    if (end > ofDay.until) ofDay.until = end;
    for (const row of rows) ofDay.rows.push(placed(dataset, start, row));
  }
  const dimensions = tableDimensions(dataset);
  const measures = rowMeasures(dataset);
  const today = utcDayOf(tick);
  return new Map(
    [...answered]
      .filter(([day, { until }]) => dataset.width === '1d' || day >= today || until >= endOfDay(day))
      .map(([day, { rows }]) => [day, dayTableOf(dimensions, measures, rows)]),
  );
}

function placed({ width }: Dataset, start: Instant, row: SourceRow): SourceRow {
  if (width === '1d') return row;
  return { ...row, dimensions: [...row.dimensions, String(startMinuteOf(width, start))] };
}
