// Any period rule that the parser can produce, and instants for properties.
import fc from 'fast-check';
import { type Instant, instantOfEpochMs } from '../../lib/time/instant.ts';
import { type CalendarRule, type PeriodRule, WEEKDAYS } from '../../lib/time/period-rule.ts';
import { plusDays, utcDayOf } from '../../lib/time/utc-day.ts';

/** Far east and west, half and quarter hours, a change of half an hour, changes at midnight, a date that was left out. */
export const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Havana',
  'Atlantic/Azores',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
] as const;

const zone = fc.constantFrom(...ZONES);

export const arbitraryInstant: fc.Arbitrary<Instant> = fc
  .date({ min: new Date('1975-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => instantOfEpochMs(date.getTime()));

const startMonth = fc.integer({ min: 1, max: 12 });

export const arbitraryCalendarRule: fc.Arbitrary<CalendarRule> = fc.oneof(
  fc.record({ kind: fc.constant('daily' as const), zone }),
  fc.record({ kind: fc.constant('weekly' as const), startDay: fc.constantFrom(...WEEKDAYS), zone }),
  fc.record({ kind: fc.constant('monthly' as const), startDay: fc.integer({ min: 1, max: 31 }), zone }),
  fc.record({ kind: fc.constantFrom('quarterly' as const, 'yearly' as const), startMonth, zone }),
);

export const arbitraryRule: fc.Arbitrary<PeriodRule> = fc.oneof(
  arbitraryCalendarRule,
  fc.record({ kind: fc.constant('rolling' as const), days: fc.integer({ min: 3, max: 395 }), zone }),
  fc
    .tuple(arbitraryInstant, fc.integer({ min: 1, max: 395 }), zone)
    .map(([instant, days, zone]): PeriodRule => {
      const from = utcDayOf(instant);
      return { kind: 'fixed', from, to: plusDays(from, days), zone };
    }),
);
