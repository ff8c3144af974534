// The UTC days that a date of a zone lies in, worked out by hand from the zone's offset.
import { expect, it } from 'vitest';
import { utcDaysOf } from '../../lib/time/utc-days-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

it.each([
  ['in UTC, the date itself', 'UTC', '2026-11-20', '2026-11-20T10:00:00Z', ['2026-11-20']],
  ['in UTC, none for tomorrow', 'UTC', '2026-11-21', '2026-11-20T23:59:59Z', []],
  ['where midnight is the same, one', 'Europe/London', '2026-11-20', '2026-12-01T00:00:00Z', ['2026-11-20']],
  [
    'east of it, the day before too',
    'Europe/Berlin',
    '2026-11-20',
    '2026-12-01T00:00:00Z',
    ['2026-11-19', '2026-11-20'],
  ],
  [
    'west of it, the day after too',
    'America/New_York',
    '2026-11-20',
    '2026-12-01T00:00:00Z',
    ['2026-11-20', '2026-11-21'],
  ],
  ['none that has not begun', 'Europe/Berlin', '2026-11-20', '2026-11-19T23:30:00Z', ['2026-11-19']],
  ['none for a date that the zone left out', 'Pacific/Apia', '2011-12-30', '2026-12-01T00:00:00Z', []],
])('%s', (_, zone, date, instant, expected) => {
  expect(utcDaysOf(zone, dayOf(date), instantOf(instant))).toEqual(expected);
});
