// Where dates begin in zones, by the offsets that the zones are known to have had: also where clocks are changed at midnight.
import { describe, expect, it } from 'vitest';
import { formatInstant } from '../../lib/time/instant.ts';
import { daysFrom, plusDays, startOfDay } from '../../lib/time/utc-day.ts';
import { dateIn, readZone, startOfDateIn } from '../../lib/time/zone.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

describe('a date begins', () => {
  it.each([
    ['UTC', '2026-11-20', '2026-11-20T00:00:00Z'],
    ['Europe/Berlin', '2026-11-20', '2026-11-19T23:00:00Z'],
    ['Europe/Berlin', '2026-07-01', '2026-06-30T22:00:00Z'],
    ['America/New_York', '2026-11-20', '2026-11-20T05:00:00Z'],
    ['Asia/Kathmandu', '2026-11-20', '2026-11-19T18:15:00Z'],
    ['Australia/Lord_Howe', '2026-11-20', '2026-11-19T13:00:00Z'],
    ['Pacific/Kiritimati', '2026-11-20', '2026-11-19T10:00:00Z'],
    // Clocks go from 1:00 back to 0:00: of two midnights the first counts.
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z'],
    // From 0:00 on to 1:00: there is no midnight.
    ['America/Havana', '2026-03-08', '2026-03-08T05:00:00Z'],
    // Its offset had seconds until 1972.
    ['Africa/Monrovia', '1972-01-01', '1972-01-01T00:44:30Z'],
    // The whole date was left out.
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z'],
    // From 0:01 back to 23:01 of the day before.
    ['America/St_Johns', '2010-11-07', '2010-11-07T02:30:00Z'],
  ])('in %s, %s at %s', (zone, date, expected) => {
    expect(formatInstant(startOfDateIn(zone, dayOf(date)))).toBe(expected);
    // Asked again, it is the same.
    expect(formatInstant(startOfDateIn(zone, dayOf(date)))).toBe(expected);
  });
});

describe('an instant falls', () => {
  it.each([
    ['UTC', '2026-11-20T23:59:59.999Z', '2026-11-20'],
    ['Europe/Berlin', '2026-11-19T22:59:59.999Z', '2026-11-19'],
    ['Europe/Berlin', '2026-11-19T23:00:00Z', '2026-11-20'],
    ['America/New_York', '2026-11-20T04:59:59Z', '2026-11-19'],
    ['America/Havana', '2026-11-01T05:30:00Z', '2026-11-01'],
    // The clocks show 23:15 of the day before for the second time: today has begun.
    ['America/St_Johns', '2010-11-07T02:45:00Z', '2010-11-07'],
    ['America/St_Johns', '2010-11-07T02:29:59Z', '2010-11-06'],
    ['Pacific/Apia', '2011-12-30T09:59:59Z', '2011-12-29'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31'],
  ])('in %s, %s on %s', (zone, instant, expected) => {
    expect(dateIn(zone, instantOf(instant))).toBe(expected);
  });
});

describe('more dates than are remembered', () => {
  it('begin where they do all the same', () => {
    const first = dayOf('1990-01-01');
    const dates = daysFrom(first, plusDays(first, 10_001));
    const midnights = dates.map((date) => startOfDateIn('Asia/Kathmandu', date) - startOfDay(date));
    // UTC+5:45 in all these years.
    expect(new Set(midnights)).toEqual(new Set([-20_700_000]));
    expect(formatInstant(startOfDateIn('Asia/Kathmandu', first))).toBe('1989-12-31T18:15:00Z');
  });
});

describe('the name of a zone', () => {
  it.each([
    ['UTC', { ok: true, zone: 'UTC' }],
    ['Etc/UTC', { ok: true, zone: 'UTC' }],
    ['Europe/Berlin', { ok: true, zone: 'Europe/Berlin' }],
    ['europe/berlin', { ok: false, known: 'Europe/Berlin' }],
    ['EUROPE/BERLIN', { ok: false, known: 'Europe/Berlin' }],
    // Zones have several names: the one that was written stays.
    ['Asia/Kolkata', { ok: true, zone: 'Asia/Kolkata' }],
    ['Asia/Calcutta', { ok: true, zone: 'Asia/Calcutta' }],
    ['asia/kolkata', { ok: false, known: 'Asia/Calcutta' }],
    ['aSIA/kolkata', { ok: false, known: 'Asia/Calcutta' }],
    ['CET', { ok: false, known: null }],
    ['Europe/Berlln', { ok: false, known: null }],
    ['', { ok: false, known: null }],
  ])('%j', (name, expected) => {
    expect(readZone(name)).toEqual(expected);
  });
});
