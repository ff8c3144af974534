// Texts of instants and days, and ranges of days.
import { describe, expect, it } from 'vitest';
import { rangeHolds, rangesOf } from '../../lib/time/day-range.ts';
import { epochSOf, formatInstant, instantOfEpochS, parseInstant } from '../../lib/time/instant.ts';
import { daysFrom, endOfDay, parseUtcDay, plusDays, utcDayOf } from '../../lib/time/utc-day.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

describe('an instant', () => {
  it.each([
    ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00Z'],
    ['2026-11-20', '2026-11-20T00:00:00Z'],
    ['2026-11-20T10:00Z', '2026-11-20T10:00:00Z'],
    ['2026-11-20T12:00:00+02:00', '2026-11-20T10:00:00Z'],
    ['2026-11-20T10:00:00.250Z', '2026-11-20T10:00:00.250Z'],
  ])('%s reads as %s', (text, expected) => {
    expect(formatInstant(instantOf(text))).toBe(expected);
  });

  it.each(['2026-11-20T10:00:00', 'yesterday', '', '2026-13-01', '20 Nov 2026', '2026-11-20 10:00Z'])(
    'refuses %j, which is no instant or depends on where it is read',
    (text) => {
      expect(parseInstant(text)).toBeNull();
    },
  );

  it('converts OpenAI seconds both ways', () => {
    expect(formatInstant(instantOfEpochS(1_730_419_200))).toBe('2024-11-01T00:00:00Z');
    expect(epochSOf(instantOf('2024-11-01T00:00:00Z'))).toBe(1_730_419_200);
  });
});

describe('a UTC day', () => {
  it.each([
    '2026-02-29',
    '2026-11-31',
    '2026-1-1',
    '2026-11-20T00:00:00Z',
    'x2026-11-20',
    '2026-11-20x',
    'x',
  ])('is not %j', (text) => {
    expect(parseUtcDay(text)).toBeNull();
  });

  it('crosses months and leap days', () => {
    expect(plusDays(dayOf('2024-02-28'), 1)).toBe('2024-02-29');
    expect(plusDays(dayOf('2026-01-01'), -1)).toBe('2025-12-31');
    expect(utcDayOf(endOfDay(dayOf('2026-12-31')))).toBe('2027-01-01');
    expect(daysFrom(dayOf('2026-02-27'), dayOf('2026-03-02'))).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
    expect(daysFrom(dayOf('2026-03-02'), dayOf('2026-03-01'))).toEqual([]);
  });
});

describe('ranges of days', () => {
  const days = ['2026-11-05', '2026-11-01', '2026-11-02', '2026-11-03', '2026-11-02'].map(dayOf);

  it('join neighbours, in order, each day once', () => {
    expect(rangesOf(days, 31)).toEqual([
      { from: '2026-11-01', until: '2026-11-04' },
      { from: '2026-11-05', until: '2026-11-06' },
    ]);
  });

  it('are never longer than a request may ask for', () => {
    expect(rangesOf(days, 2).map(({ from, until }) => [from, until])).toEqual([
      ['2026-11-01', '2026-11-03'],
      ['2026-11-03', '2026-11-04'],
      ['2026-11-05', '2026-11-06'],
    ]);
  });

  it.each([
    ['2026-10-31', false],
    ['2026-11-01', true],
    ['2026-11-03', true],
    ['2026-11-04', false],
  ])('from the 1st until the 4th: %s is in it: %s', (day, isIn) => {
    expect(rangeHolds({ from: dayOf('2026-11-01'), until: dayOf('2026-11-04') }, dayOf(day))).toBe(isIn);
  });
});
