// When each day was last read, whatever the order of reads.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeThrough, lastReadOf, type ReadSegment, withRead } from '../../lib/spend/read-segments.ts';
import type { Instant } from '../../lib/time/instant.ts';
import { daysFrom, plusDays } from '../../lib/time/utc-day.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const FIRST = dayOf('2026-11-01');
const range = (from: number, length: number) => ({
  from: plusDays(FIRST, from),
  until: plusDays(FIRST, from + length),
});

describe('read segments', () => {
  it('answer as a plain table of days would, and stay disjoint', () => {
    const read = fc.record({ from: fc.nat(20), length: fc.integer({ min: 1, max: 15 }), at: fc.nat(50) });
    fc.assert(
      fc.property(fc.array(read, { maxLength: 12 }), (reads) => {
        let segments: ReadSegment[] = [];
        const table = new Map<string, number>();
        for (const { from, length, at } of reads) {
          segments = withRead(segments, range(from, length), at as Instant);
          for (let day = from; day < from + length; day += 1) {
            const key = plusDays(FIRST, day);
            table.set(key, Math.max(table.get(key) ?? -1, at));
          }
        }
        for (const day of daysFrom(FIRST, plusDays(FIRST, 40))) {
          expect(lastReadOf(segments, day)).toBe(table.get(day) ?? null);
        }
        segments.slice(1).forEach((segment, index) => {
          expect((segments[index]?.until ?? '') <= segment.from).toBe(true);
        });
      }),
    );
  });

  it.each([
    ['read at noon of its last day, that day is not complete', '2026-11-03T12:00:00Z', '2026-11-02'],
    ['read at the next midnight, it is', '2026-11-04T00:00:00Z', '2026-11-03'],
    ['read before the first day ended, nothing is', '2026-11-01T23:59:59Z', null],
  ])('%s', (_, at, expected) => {
    expect(completeThrough(withRead([], range(0, 3), instantOf(at)))).toBe(expected);
  });

  it('join when neighbours were read at the same time, so a year stays few entries', () => {
    const at = instantOf('2026-12-01T00:00:00Z');
    const whole = withRead(withRead(withRead([], range(0, 3), at), range(6, 3), at), range(3, 3), at);
    expect(whole).toEqual([{ ...range(0, 9), at }]);
  });
});
