// A run of UTC days, and how a set of days becomes few such runs.
import { plusDays, type UtcDay } from './utc-day.ts';

/** `until` is exclusive. */
export interface DayRange {
  readonly from: UtcDay;
  readonly until: UtcDay;
}

/** Joins neighbouring days into the fewest ranges, none longer than `maxDays`; ascending. */
export function rangesOf(days: Iterable<UtcDay>, maxDays: number): DayRange[] {
  const ranges: { from: UtcDay; until: UtcDay; length: number }[] = [];
  for (const day of [...new Set(days)].sort()) {
    const last = ranges.at(-1);
    if (last !== undefined && last.until === day && last.length < maxDays) {
      last.until = plusDays(day, 1);
      last.length += 1;
    } else {
      ranges.push({ from: day, until: plusDays(day, 1), length: 1 });
    }
  }
  return ranges.map(({ from, until }) => ({ from, until }));
}

export function rangeHolds(range: DayRange, day: UtcDay): boolean {
  return range.from <= day && day < range.until;
}
