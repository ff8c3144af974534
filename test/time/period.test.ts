// Where periods begin and end, and that they tile time without a gap.
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../lib/time/instant.ts';
import {
  daysSoFar,
  periodAt,
  periodBefore,
  periodOf,
  periodsSince,
  utcDaysSoFar,
} from '../../lib/time/period.ts';
import { plainRule } from '../../lib/time/period-rule.ts';
import { UTC } from '../../lib/time/zone.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const text = (instant: Instant) => new Date(instant).toISOString().slice(0, 10);

describe('a period', () => {
  it.each([
    ['daily', '2026-11-20T23:59:59.999Z', '2026-11-20', '2026-11-20', '2026-11-21'],
    ['daily', '2024-02-29T00:00:00Z', '2024-02-29', '2024-02-29', '2024-03-01'],
    ['weekly', '2026-11-20T10:00:00Z', '2026-W47', '2026-11-16', '2026-11-23'],
    ['weekly', '2026-11-22T23:59:59Z', '2026-W47', '2026-11-16', '2026-11-23'],
    ['weekly', '2027-01-01T00:00:00Z', '2026-W53', '2026-12-28', '2027-01-04'],
    ['weekly', '2024-12-30T00:00:00Z', '2025-W01', '2024-12-30', '2025-01-06'],
    ['weekly', '2021-01-03T12:00:00Z', '2020-W53', '2020-12-28', '2021-01-04'],
    ['monthly', '2026-02-28T23:59:59Z', '2026-02', '2026-02-01', '2026-03-01'],
    ['monthly', '2026-12-31T23:59:59Z', '2026-12', '2026-12-01', '2027-01-01'],
    ['quarterly', '2026-11-20T10:00:00Z', '2026-Q4', '2026-10-01', '2027-01-01'],
    ['quarterly', '2026-03-31T23:59:59Z', '2026-Q1', '2026-01-01', '2026-04-01'],
    ['yearly', '2024-02-29T12:00:00Z', '2024', '2024-01-01', '2025-01-01'],
  ] as const)('%s at %s is %s, from %s until %s', (kind, at, key, start, end) => {
    const period = periodAt(kind, instantOf(at));
    expect([period.key, text(period.start), text(period.end)]).toEqual([key, start, end]);
  });

  it('begins with its first instant and ends before its last, also if it is fixed', () => {
    const rule = { kind: 'fixed', zone: UTC, from: dayOf('2026-11-01'), to: dayOf('2026-11-15') } as const;
    const keyAt = (instant: string) => periodOf(rule, instantOf(instant))?.key ?? null;
    expect(keyAt('2026-11-01T00:00:00Z')).toBe('2026-11-01..2026-11-15');
    expect(keyAt('2026-11-14T23:59:59.999Z')).toBe('2026-11-01..2026-11-15');
    expect([keyAt('2026-10-31T23:59:59.999Z'), keyAt('2026-11-15T00:00:00Z')]).toEqual([null, null]);
  });

  it('has another before it, unless it is fixed', () => {
    const november = periodAt('monthly', instantOf('2026-11-20'));
    expect(periodBefore(plainRule('monthly'), november)?.key).toBe('2026-10');
    const fixed = { kind: 'fixed', zone: UTC, from: dayOf('2026-11-01'), to: dayOf('2026-11-15') } as const;
    expect(periodBefore(fixed, november)).toBe(null);
  });

  it('lies in the UTC days of its own days, each of them once', () => {
    const today = periodAt('daily', instantOf('2026-11-20T10:00:00Z'));
    const days = (zone: string) => utcDaysSoFar(today, instantOf('2026-11-25'), zone);
    expect(days(UTC)).toEqual(['2026-11-20']);
    const month = periodAt('monthly', instantOf('2026-11-20T10:00:00Z'));
    const soFar = utcDaysSoFar(
      { ...month, zone: 'Europe/Berlin', start: instantOf('2026-10-31T23:00:00Z') },
      instantOf('2026-11-02T10:00:00Z'),
      'Europe/Berlin',
    );
    expect(soFar).toEqual(['2026-10-31', '2026-11-01', '2026-11-02']);
  });

  it('lists closed periods that ended after an instant, oldest first', () => {
    const tick = instantOf('2026-11-20T10:00:00Z');
    const keys = (since: string) =>
      periodsSince(plainRule('monthly'), tick, instantOf(since)).map(({ key }) => key);
    expect(keys('2026-10-16T10:00:00Z')).toEqual(['2026-10', '2026-11']);
    expect(keys('2026-11-01T00:00:00Z')).toEqual(['2026-11']);
    expect(keys('2026-09-30T23:59:59Z')).toEqual(['2026-09', '2026-10', '2026-11']);
  });

  it('that is rolling is followed by no earlier ones, and a fixed one is listed once it has begun', () => {
    const tick = instantOf('2026-11-20T10:00:00Z');
    const since = instantOf('2026-01-01');
    const rolling = { kind: 'rolling', days: 7, zone: UTC } as const;
    expect(periodsSince(rolling, tick, since).map(({ key }) => key)).toEqual(['2026-11-20']);
    const fixed = { kind: 'fixed', zone: UTC, from: dayOf('2026-11-01'), to: dayOf('2026-11-15') } as const;
    const keysAt = (at: string, endedAfter: string): string[] =>
      periodsSince(fixed, instantOf(at), instantOf(endedAfter)).map(({ key }) => key);
    expect(keysAt('2026-11-01T00:00:00Z', '2026-10-01')).toEqual(['2026-11-01..2026-11-15']);
    expect(keysAt('2026-10-31T23:59:59.999Z', '2026-10-01')).toEqual([]);
    expect(keysAt('2026-12-01T00:00:00Z', '2026-11-15T00:00:00Z')).toEqual([]);
    expect(keysAt('2026-12-01T00:00:00Z', '2026-11-14T23:59:59Z')).toEqual(['2026-11-01..2026-11-15']);
  });

  it('has days only until today while it is open, and all of them afterwards', () => {
    const november = periodAt('monthly', instantOf('2026-11-03T00:00:00Z'));
    expect(daysSoFar(november, instantOf('2026-11-03T00:00:00Z'), UTC)).toEqual([
      '2026-11-01',
      '2026-11-02',
      '2026-11-03',
    ]);
    expect(daysSoFar(november, instantOf('2026-12-09T00:00:00Z'), UTC)).toHaveLength(30);
  });
});
