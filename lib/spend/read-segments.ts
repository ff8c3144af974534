// When each day was last read: few segments of days instead of one time stamp per day.
import { ascending } from '../lists/ascending.ts';
import type { DayRange } from '../time/day-range.ts';
import type { Instant } from '../time/instant.ts';
import { endOfDay, plusDays, type UtcDay } from '../time/utc-day.ts';

/** The days of the range were last read at `at`. */
export interface ReadSegment extends DayRange {
  readonly at: Instant;
}

/** Lays a new read over the older ones; segments stay disjoint and ascending. An older read never hides a newer. */
export function withRead(segments: readonly ReadSegment[], range: DayRange, at: Instant): ReadSegment[] {
  const newer = segments.filter((segment) => segment.at > at);
  const older = segments
    .filter((segment) => segment.at <= at)
    .flatMap((segment) => without(segment, [range]));
  const added = without({ ...range, at }, newer);
  return joined([...older, ...newer, ...added].sort((a, b) => ascending(a.from, b.from)));
}

/** `null`: the day was never read. */
export function lastReadOf(segments: readonly ReadSegment[], day: UtcDay): Instant | null {
  return segments.find((segment) => segment.from <= day && day < segment.until)?.at ?? null;
}

/** The newest day that was read after it had ended, or `null`. */
export function completeThrough(segments: readonly ReadSegment[]): UtcDay | null {
  for (const segment of [...segments].reverse()) {
    for (let day = plusDays(segment.until, -1); day >= segment.from; day = plusDays(day, -1)) {
      if (endOfDay(day) <= segment.at) return day;
    }
  }
  return null;
}

function without(segment: ReadSegment, holes: readonly DayRange[]): ReadSegment[] {
  let rest: ReadSegment[] = [segment];
  for (const hole of holes) {
    rest = rest.flatMap((piece) =>
      [
        { ...piece, until: piece.until < hole.from ? piece.until : hole.from },
        { ...piece, from: piece.from > hole.until ? piece.from : hole.until },
      ].filter(({ from, until }) => from < until),
    );
  }
  return rest;
}

function joined(ascending: readonly ReadSegment[]): ReadSegment[] {
  const result: ReadSegment[] = [];
  for (const segment of ascending) {
    const last = result.at(-1);
    if (last !== undefined && last.until === segment.from && last.at === segment.at) {
      result[result.length - 1] = { ...last, until: segment.until };
    } else {
      result.push(segment);
    }
  }
  return result;
}
