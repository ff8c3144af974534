// Which buckets a request asks for, and where each begins and ends.
import { DAY_MS, HOUR_MS, type Instant, instantOfEpochMs, MINUTE_MS } from '../../time/instant.ts';
import type { BucketWidth, SpendEndpoint } from './spend-endpoint.ts';
import type { SpendQuery } from './spend-query.ts';

export interface Bucket {
  readonly start: Instant;
  readonly end: Instant;
}

export interface BucketWindow {
  readonly start: Instant;
  /** Exclusive. */
  readonly end: Instant;
  readonly width: BucketWidth;
}

const WIDTH_MS: Readonly<Record<BucketWidth, number>> = { '1m': MINUTE_MS, '1h': HOUR_MS, '1d': DAY_MS };

/**
 * Usage begins and ends at the very seconds that were asked for. Costs know whole UTC days only: the start is rounded
 * down, today's bucket ends in the future, and a window within one UTC day holds nothing.
 */
export function bucketWindow(endpoint: SpendEndpoint, query: SpendQuery, requestedAt: Instant): BucketWindow {
  const { start, width } = query;
  if (endpoint.kind === 'usage') return { start, end: query.end ?? requestedAt, width };
  const firstDay = floorTo(DAY_MS, start);
  const withinOneDay = query.end !== null && query.end < firstDay + DAY_MS;
  const end = query.end === null ? floorTo(DAY_MS, requestedAt) + DAY_MS : ceilTo(DAY_MS, query.end);
  return { start: firstDay, end: withinOneDay ? firstDay : instantOfEpochMs(end), width };
}

/** At most `count` buckets from `position` on, contiguous; none that has not begun at `now`. */
export function bucketsFrom(
  window: BucketWindow,
  position: Instant,
  count: number,
  now: Instant,
): { readonly buckets: readonly Bucket[]; readonly next: Instant | null } {
  const buckets: Bucket[] = [];
  let start = position;
  while (start < window.end && start <= now) {
    if (buckets.length === count) return { buckets, next: start };
    const boundary = boundaryAfter(window.width, start);
    const end = boundary < window.end ? boundary : window.end;
    buckets.push({ start, end });
    start = end;
  }
  return { buckets, next: null };
}

/** Whether a bucket other than the window's first can start there. */
export function isLaterBucketStart(window: BucketWindow, position: Instant): boolean {
  return position > window.start && position < window.end && position % WIDTH_MS[window.width] === 0;
}

function boundaryAfter(width: BucketWidth, instant: Instant): Instant {
  const widthMs = WIDTH_MS[width];
  return instantOfEpochMs((Math.floor(instant / widthMs) + 1) * widthMs);
}

function floorTo(stepMs: number, instant: Instant): Instant {
  return instantOfEpochMs(Math.floor(instant / stepMs) * stepMs);
}

function ceilTo(stepMs: number, instant: Instant): number {
  return Math.ceil(instant / stepMs) * stepMs;
}
