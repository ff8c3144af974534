// Where periods of every rule begin and end in every kind of zone: properties, and hard cases worked out by hand.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant, type Instant, instantOfEpochMs, MINUTE_MS, plusMs } from '../../lib/time/instant.ts';
import { dayAfter, firstDayOf, fixedPeriod, periodOf, periodsSince } from '../../lib/time/period.ts';
import { periodOfKey } from '../../lib/time/period-of-key.ts';
import { type PeriodRule, plainRule, ruleText } from '../../lib/time/period-rule.ts';
import { dateIn, startOfDateIn } from '../../lib/time/zone.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';
import { arbitraryCalendarRule, arbitraryInstant, arbitraryRule, ZONES } from './arbitrary-rule.ts';

/** What the zone's clocks show, by another way than the code's: `2026-03-29 00:00:00`. */
function clockIn(zone: string, instant: Instant): string {
  return new Date(instant).toLocaleString('sv-SE', { timeZone: zone });
}

describe('every calendar rule', () => {
  it('has a period for every instant, and the next one begins where it ends', () => {
    fc.assert(
      fc.property(arbitraryCalendarRule, arbitraryInstant, (rule, instant) => {
        const period = periodOf(rule, instant);
        if (period === null) throw new Error('a calendar has no holes');
        expect(period.start <= instant && instant < period.end).toBe(true);
        expect(periodOf(rule, period.start)).toEqual(period);
        expect(periodOf(rule, plusMs(period.end, -1))).toEqual(period);
        const next = periodOf(rule, period.end);
        expect(next?.start).toBe(period.end);
        expect((next?.key ?? '') > period.key).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('begins at local midnight where the zone has one, else with the first instant of the date', () => {
    fc.assert(
      fc.property(arbitraryCalendarRule, arbitraryInstant, (rule, instant) => {
        const { start } = periodOf(rule, instant) ?? { start: instant };
        if (clockIn(rule.zone, start).endsWith(' 00:00:00')) return;
        // No midnight: the clocks jump from before it to after it, which takes no time.
        const date = dateIn(rule.zone, start);
        expect(clockIn(rule.zone, plusMs(start, -1)) < `${date} 00:00:00`).toBe(true);
        expect(clockIn(rule.zone, start) > `${date} 00:00:00`).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('finds a period by its key', () => {
    fc.assert(
      fc.property(arbitraryCalendarRule, arbitraryInstant, (rule, instant) => {
        const period = periodOf(rule, instant);
        expect(periodOfKey(rule, period?.key ?? '')).toEqual(period);
      }),
    );
  });

  it('counts each day in one period, whether UTC’s or the zone’s own', () => {
    fc.assert(
      fc.property(arbitraryCalendarRule, arbitraryInstant, (rule, instant) => {
        const period = periodOf(rule, instant);
        const next = period && periodOf(rule, period.end);
        if (period === null || next === null) throw new Error('a calendar has no holes');
        for (const zone of [UTC, rule.zone]) expect(dayAfter(period, zone)).toBe(firstDayOf(next, zone));
      }),
    );
  });
});

describe('any rule', () => {
  it('has one text, and another rule has another', () => {
    fc.assert(
      fc.property(arbitraryRule, arbitraryRule, (a, b) => {
        expect(ruleText(a) === ruleText(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  it('lists periods that have begun, the newest last, each beginning where the one before ends', () => {
    fc.assert(
      fc.property(arbitraryRule, arbitraryInstant, (rule, instant) => {
        const since = plusMs(instant, -35 * 24 * 60 * MINUTE_MS);
        const periods = periodsSince(rule, instant, since);
        for (const { start, end } of periods) expect(start <= instant && since < end).toBe(true);
        expect(periods.slice(1).map(({ start }) => start)).toEqual(
          periods.slice(0, -1).map(({ end }) => end),
        );
        if (rule.kind !== 'fixed') expect(periods.at(-1)).toEqual(periodOf(rule, instant));
      }),
    );
  });
});

describe('a date in a zone', () => {
  it('holds every instant from its start until the next one starts', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), arbitraryInstant, (zone, instant) => {
        const date = dateIn(zone, instant);
        expect(startOfDateIn(zone, date) <= instant).toBe(true);
        const next = instantOfEpochMs(startOfDateIn(zone, date) + 50 * 60 * MINUTE_MS);
        expect(instant < next).toBe(true);
        expect(dateIn(zone, startOfDateIn(zone, date))).toBe(date);
      }),
    );
  });
});

const zoned = (rule: Parameters<typeof plainRule>[0], zone: string): PeriodRule => ({
  ...plainRule(rule),
  zone,
});
const BERLIN = 'Europe/Berlin';
const LORD_HOWE = 'Australia/Lord_Howe';
const KATHMANDU = 'Asia/Kathmandu';
const UTC = 'UTC';

describe('the hard cases', () => {
  it.each<[string, PeriodRule, string, string, string, string]>([
    [
      'a leap day',
      plainRule('daily'),
      '2028-02-29T23:59:59Z',
      '2028-02-29',
      '2028-02-29T00:00:00Z',
      '2028-03-01T00:00:00Z',
    ],
    [
      'February of a leap year',
      plainRule('monthly'),
      '2028-02-29T12:00:00Z',
      '2028-02',
      '2028-02-01T00:00:00Z',
      '2028-03-01T00:00:00Z',
    ],
    // Berlin is an hour ahead in winter, two in summer; it changes at 01:00 UTC.
    [
      'the 23 hours of Berlin in March',
      zoned('daily', BERLIN),
      '2026-03-29T12:00:00Z',
      '2026-03-29',
      '2026-03-28T23:00:00Z',
      '2026-03-29T22:00:00Z',
    ],
    [
      'the 25 hours of Berlin in October',
      zoned('daily', BERLIN),
      '2026-10-25T12:00:00Z',
      '2026-10-25',
      '2026-10-24T22:00:00Z',
      '2026-10-25T23:00:00Z',
    ],
    [
      "Berlin's October",
      zoned('monthly', BERLIN),
      '2026-10-31T22:59:59Z',
      '2026-10',
      '2026-09-30T22:00:00Z',
      '2026-10-31T23:00:00Z',
    ],
    [
      "Berlin's November, an hour before UTC's",
      zoned('monthly', BERLIN),
      '2026-10-31T23:00:00Z',
      '2026-11',
      '2026-10-31T23:00:00Z',
      '2026-11-30T23:00:00Z',
    ],
    // Lord Howe is 10:30 ahead in winter, 11:00 in summer: summer time there is half an hour.
    [
      'the 23.5 hours of Lord Howe in October',
      zoned('daily', LORD_HOWE),
      '2026-10-04T00:00:00Z',
      '2026-10-04',
      '2026-10-03T13:30:00Z',
      '2026-10-04T13:00:00Z',
    ],
    [
      'the 24.5 hours of Lord Howe in April',
      zoned('daily', LORD_HOWE),
      '2026-04-05T00:00:00Z',
      '2026-04-05',
      '2026-04-04T13:00:00Z',
      '2026-04-05T13:30:00Z',
    ],
    [
      "Kathmandu's day, 5:45 ahead",
      zoned('daily', KATHMANDU),
      '2026-11-19T18:15:00Z',
      '2026-11-20',
      '2026-11-19T18:15:00Z',
      '2026-11-20T18:15:00Z',
    ],
    [
      'the millisecond before',
      zoned('daily', KATHMANDU),
      '2026-11-19T18:14:59.999Z',
      '2026-11-19',
      '2026-11-18T18:15:00Z',
      '2026-11-19T18:15:00Z',
    ],
    // Beirut goes from 00:00 to 01:00, so its 29 March 2026 has no midnight: it is two hours ahead until 22:00 UTC.
    [
      'a day without a midnight',
      zoned('daily', 'Asia/Beirut'),
      '2026-03-29T12:00:00Z',
      '2026-03-29',
      '2026-03-28T22:00:00Z',
      '2026-03-29T21:00:00Z',
    ],
    // Havana goes from 01:00 back to 00:00: two midnights, four and then five hours behind.
    [
      'a day with two midnights',
      zoned('daily', 'America/Havana'),
      '2026-11-01T12:00:00Z',
      '2026-11-01',
      '2026-11-01T04:00:00Z',
      '2026-11-02T05:00:00Z',
    ],
    // Samoa left 30 December 2011 out: from ten hours behind to fourteen ahead at its midnight.
    [
      'the day before a date that was left out',
      zoned('daily', 'Pacific/Apia'),
      '2011-12-30T09:59:59Z',
      '2011-12-29',
      '2011-12-29T10:00:00Z',
      '2011-12-30T10:00:00Z',
    ],
    [
      'the day after it',
      zoned('daily', 'Pacific/Apia'),
      '2011-12-30T10:00:00Z',
      '2011-12-31',
      '2011-12-30T10:00:00Z',
      '2011-12-31T10:00:00Z',
    ],
    [
      'start day 31 in February',
      { kind: 'monthly', startDay: 31, zone: UTC },
      '2026-02-28T00:00:00Z',
      '2026-02',
      '2026-02-28T00:00:00Z',
      '2026-03-31T00:00:00Z',
    ],
    [
      'start day 31 before February',
      { kind: 'monthly', startDay: 31, zone: UTC },
      '2026-02-27T23:59:59Z',
      '2026-01',
      '2026-01-31T00:00:00Z',
      '2026-02-28T00:00:00Z',
    ],
    [
      'start day 30 in a leap February',
      { kind: 'monthly', startDay: 30, zone: UTC },
      '2028-03-01T00:00:00Z',
      '2028-02',
      '2028-02-29T00:00:00Z',
      '2028-03-30T00:00:00Z',
    ],
    [
      'start day 31 in April',
      { kind: 'monthly', startDay: 31, zone: UTC },
      '2026-05-15T00:00:00Z',
      '2026-04',
      '2026-04-30T00:00:00Z',
      '2026-05-31T00:00:00Z',
    ],
    [
      'start day 15 over the new year',
      { kind: 'monthly', startDay: 15, zone: UTC },
      '2027-01-14T23:59:59Z',
      '2026-12',
      '2026-12-15T00:00:00Z',
      '2027-01-15T00:00:00Z',
    ],
    [
      'start day 15 in Berlin',
      { kind: 'monthly', startDay: 15, zone: BERLIN },
      '2026-03-20T00:00:00Z',
      '2026-03',
      '2026-03-14T23:00:00Z',
      '2026-04-14T22:00:00Z',
    ],
    [
      'ISO week 53',
      plainRule('weekly'),
      '2027-01-03T23:59:59Z',
      '2026-W53',
      '2026-12-28T00:00:00Z',
      '2027-01-04T00:00:00Z',
    ],
    [
      'ISO week 53 in Berlin',
      zoned('weekly', BERLIN),
      '2026-12-27T23:00:00Z',
      '2026-W53',
      '2026-12-27T23:00:00Z',
      '2027-01-03T23:00:00Z',
    ],
    [
      'a week from Sunday',
      { kind: 'weekly', startDay: 'sunday', zone: UTC },
      '2026-11-28T23:59:59Z',
      '2026-11-22',
      '2026-11-22T00:00:00Z',
      '2026-11-29T00:00:00Z',
    ],
    [
      'a week from Sunday, on its Sunday',
      { kind: 'weekly', startDay: 'sunday', zone: UTC },
      '2026-11-22T00:00:00Z',
      '2026-11-22',
      '2026-11-22T00:00:00Z',
      '2026-11-29T00:00:00Z',
    ],
    [
      'the last quarter of a year from April',
      { kind: 'quarterly', startMonth: 4, zone: UTC },
      '2027-03-31T23:59:59Z',
      '2026-Q4',
      '2027-01-01T00:00:00Z',
      '2027-04-01T00:00:00Z',
    ],
    [
      'the first quarter of a year from November',
      { kind: 'quarterly', startMonth: 11, zone: UTC },
      '2027-01-31T00:00:00Z',
      '2026-Q1',
      '2026-11-01T00:00:00Z',
      '2027-02-01T00:00:00Z',
    ],
    [
      'a year from April, in March',
      { kind: 'yearly', startMonth: 4, zone: UTC },
      '2028-03-31T23:59:59Z',
      '2027',
      '2027-04-01T00:00:00Z',
      '2028-04-01T00:00:00Z',
    ],
    [
      'a year from April in Berlin',
      { kind: 'yearly', startMonth: 4, zone: BERLIN },
      '2026-03-31T22:00:00Z',
      '2026',
      '2026-03-31T22:00:00Z',
      '2027-03-31T22:00:00Z',
    ],
    [
      'the last 7 days',
      { kind: 'rolling', days: 7, zone: UTC },
      '2026-11-20T10:00:00Z',
      '2026-11-20',
      '2026-11-14T00:00:00Z',
      '2026-11-21T00:00:00Z',
    ],
    // 23:30 UTC on the 20th is the 21st in Berlin; the key is the UTC date.
    [
      'the last 7 days in Berlin',
      { kind: 'rolling', days: 7, zone: BERLIN },
      '2026-11-20T23:30:00Z',
      '2026-11-20',
      '2026-11-14T23:00:00Z',
      '2026-11-21T23:00:00Z',
    ],
    [
      'the last 3 days in Berlin over a change',
      { kind: 'rolling', days: 3, zone: BERLIN },
      '2026-10-26T12:00:00Z',
      '2026-10-26',
      '2026-10-23T22:00:00Z',
      '2026-10-26T23:00:00Z',
    ],
    [
      'from a day to a day',
      { kind: 'fixed', from: dayOf('2026-11-01'), to: dayOf('2026-12-01'), zone: UTC },
      '2026-11-30T23:59:59Z',
      '2026-11-01..2026-12-01',
      '2026-11-01T00:00:00Z',
      '2026-12-01T00:00:00Z',
    ],
    [
      'from a day to a day in Berlin',
      { kind: 'fixed', from: dayOf('2026-10-01'), to: dayOf('2026-11-01'), zone: BERLIN },
      '2026-10-31T22:59:59Z',
      '2026-10-01..2026-11-01',
      '2026-09-30T22:00:00Z',
      '2026-10-31T23:00:00Z',
    ],
  ])('%s', (_, rule, at, key, start, end) => {
    const period = periodOf(rule, instantOf(at));
    if (period === null) throw new Error('no period');
    expect([period.key, formatInstant(period.start), formatInstant(period.end)]).toEqual([key, start, end]);
  });

  it('a period from a day to a day is none before and none after', () => {
    const rule = { kind: 'fixed', from: dayOf('2026-11-01'), to: dayOf('2026-12-01'), zone: UTC } as const;
    expect(periodOf(rule, instantOf('2026-10-31T23:59:59Z'))).toBeNull();
    expect(periodOf(rule, instantOf('2026-12-01T00:00:00Z'))).toBeNull();
    const listed = (at: string, since: string) => periodsSince(rule, instantOf(at), instantOf(since));
    expect(listed('2026-10-31T23:59:59Z', '2026-09-26')).toEqual([]);
    expect(listed('2026-12-20', '2026-11-15')).toEqual([fixedPeriod(rule)]);
    expect(listed('2027-01-05', '2026-12-01')).toEqual([]);
  });
});

describe('the UTC days that count', () => {
  const MONTH = '2026-11-20T12:00:00Z';
  it.each<[string, PeriodRule, string, string, string]>([
    ['in UTC', plainRule('monthly'), MONTH, '2026-11-01', '2026-12-01'],
    // 31 Oct 23:00 to 30 Nov 23:00 UTC
    ['in Berlin', zoned('monthly', BERLIN), MONTH, '2026-11-01', '2026-12-01'],
    // 1 Nov 04:00 (still summer time) to 1 Dec 05:00 UTC
    ['in New York', zoned('monthly', 'America/New_York'), MONTH, '2026-11-02', '2026-12-02'],
    // 19 Nov 18:15 to 20 Nov 18:15 UTC
    ['in Kathmandu', zoned('daily', KATHMANDU), '2026-11-20T12:00:00Z', '2026-11-20', '2026-11-21'],
    // 29 March 2026 01:00 to 30 March 00:00 UTC: a day of 23 hours between two of UTC's midnights
    [
      'of the Azores in March',
      zoned('daily', 'Atlantic/Azores'),
      '2026-03-29T12:00:00Z',
      '2026-03-30',
      '2026-03-30',
    ],
  ])('%s are those that begin in it', (_, rule, at, first, after) => {
    const period = periodOf(rule, instantOf(at));
    expect(period && [firstDayOf(period, UTC), dayAfter(period, UTC)]).toEqual([first, after]);
  });
});
