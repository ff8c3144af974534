// The width that serves a zone: fine enough that every midnight of it, of any year around now, falls between two kept buckets.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKET_WIDTHS, startMinuteOf, widthForDaysOf } from '../../lib/spend/bucket-width.ts';
import { MINUTE_MS } from '../../lib/time/instant.ts';
import { plusDays } from '../../lib/time/utc-day.ts';
import { startOfDateIn } from '../../lib/time/zone.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

describe('the width for the days of a zone', () => {
  it.each([
    ['UTC', '1d'],
    ['Africa/Abidjan', '1d'],
    // 23:00 or 24:00 UTC in winter, an hour before in summer
    ['Europe/London', '1h'],
    ['Europe/Berlin', '1h'],
    ['America/New_York', '1h'],
    ['Pacific/Kiritimati', '1h'],
    ['Asia/Kolkata', '1m'],
    ['Asia/Kathmandu', '1m'],
    ['America/St_Johns', '1m'],
    ['Australia/Lord_Howe', '1m'],
    ['Pacific/Chatham', '1m'],
  ])('%s is %s', (zone, width) => {
    expect(widthForDaysOf(zone)).toBe(width);
  });

  it('has a bound at every midnight of every zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
        fc.integer({ min: 0, max: 10 * 365 }),
        (zone, days) => {
          const midnight = startOfDateIn(zone, plusDays(dayOf('2026-01-01'), days));
          const { keptMinutes } = BUCKET_WIDTHS[widthForDaysOf(zone)];
          expect([zone, midnight % (keptMinutes * MINUTE_MS)]).toEqual([zone, 0]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

it.each([
  ['1h', '2026-11-20T13:00Z', 780],
  ['1h', '2026-11-20T00:00Z', 0],
  ['1m', '2026-11-20T18:14Z', 1_080],
  ['1m', '2026-11-20T18:15Z', 1_095],
  ['1m', '2026-11-20T23:59Z', 1_425],
] as const)('what begins at a bucket of %s at %s is kept under minute %i', (width, at, minute) => {
  expect(startMinuteOf(width, instantOf(at))).toBe(minute);
});
