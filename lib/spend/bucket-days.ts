// Turns the buckets of one request into whole UTC days.
import { type DayRange, rangeHolds } from '../time/day-range.ts';
import { type UtcDay, utcDayOf } from '../time/utc-day.ts';
import { type Dataset, rowDimensions, rowMeasures } from './dataset.ts';
import { type DayTable, dayTableOf } from './day-table.ts';
import type { SourceBucket, SourceRow } from './usage-source.ts';

/**
 * Every day that a bucket of the answer begins in; a day without a bucket is absent, which means unknown. Buckets
 * outside `range` are dropped: nobody asked for them, so they need not be whole.
 */
export function daysOfBuckets(
  dataset: Dataset,
  range: DayRange,
  buckets: Iterable<SourceBucket>,
): Map<UtcDay, DayTable> {
  const rowsByDay = new Map<UtcDay, SourceRow[]>();
  for (const bucket of buckets) {
    const day = utcDayOf(bucket.start);
    if (!rangeHolds(range, day)) continue;
    const rows = rowsByDay.get(day) ?? [];
    rowsByDay.set(day, rows);
    for (const row of bucket.rows) rows.push(row);
  }
  const dimensions = rowDimensions(dataset);
  const measures = rowMeasures(dataset);
  return new Map([...rowsByDay].map(([day, rows]) => [day, dayTableOf(dimensions, measures, rows)]));
}
