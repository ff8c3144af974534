// How finely usage is asked for and kept: by the day, unless the days of some zone begin at another hour or minute.
import { dateOf } from '../time/calendar-date.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../time/instant.ts';
import { startOfDay, utcDayOf } from '../time/utc-day.ts';
import { startOfDateIn, UTC } from '../time/zone.ts';

/** OpenAI's `bucket_width`. */
export type BucketWidth = '1d' | '1h' | '1m';

export interface WidthEntry {
  readonly bucketMinutes: number;
  /** Rows that begin within so many minutes are kept as one: no clock in use is set to anything finer. */
  readonly keptMinutes: number;
  /** So many that OpenAI's `limit` covers them; `null`: whatever the kind's daily buckets allow. */
  readonly maxDaysPerRequest: number | null;
  /** Follows the name of the source; empty for days. */
  readonly suffix: string;
}

export const BUCKET_WIDTHS: Readonly<Record<BucketWidth, WidthEntry>> = {
  '1d': { bucketMinutes: 1_440, keptMinutes: 1_440, maxDaysPerRequest: null, suffix: '' },
  '1h': { bucketMinutes: 60, keptMinutes: 60, maxDaysPerRequest: 7, suffix: ' (hourly)' },
  '1m': { bucketMinutes: 1, keptMinutes: 15, maxDaysPerRequest: 1, suffix: ' (by the minute)' },
};

/** Summers and winters of the years around now: a zone whose clocks change is met in both. */
const SAMPLE_YEARS = Array.from({ length: 12 }, (_, index) => 2025 + index);
const SAMPLE_MONTHS = [1, 7];

const WIDTHS = new Map<string, BucketWidth>([[UTC, '1d']]);

/** The coarsest width whose buckets can be cut at every midnight of the zone. Kolkata's are at 18:30 UTC: minutes. */
export function widthForDaysOf(zone: string): BucketWidth {
  const known = WIDTHS.get(zone);
  if (known !== undefined) return known;
  const midnights = SAMPLE_YEARS.flatMap((year) =>
    SAMPLE_MONTHS.map((month) => startOfDateIn(zone, dateOf(year, month, 15))),
  );
  const isEach = (stepMs: number) => midnights.every((midnight) => intoUtcDay(midnight) % stepMs === 0);
  const width = isEach(24 * HOUR_MS) ? '1d' : isEach(HOUR_MS) ? '1h' : '1m';
  WIDTHS.set(zone, width);
  return width;
}

/** Minute of the UTC day under which what began at `start` is kept. */
export function startMinuteOf(width: BucketWidth, start: Instant): number {
  const minute = Math.floor(intoUtcDay(start) / MINUTE_MS);
  const { keptMinutes } = BUCKET_WIDTHS[width];
  return minute - (minute % keptMinutes);
}

function intoUtcDay(instant: Instant): number {
  return instant - startOfDay(utcDayOf(instant));
}
