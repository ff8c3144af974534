// Periods, timezones and planned amounts as people write them, and what each mistake is answered with.
import { describe, expect, it } from 'vitest';
import { formatAmount } from '../../lib/money/format-amount.ts';
import type { PeriodRule } from '../../lib/time/period-rule.ts';
import { answers, budgetWith } from './budgets-in.ts';

describe('a period', () => {
  it.each<[string, PeriodRule]>([
    ['{ weekly: { startDay: sunday } }', { kind: 'weekly', startDay: 'sunday', zone: 'UTC' }],
    ['{ weekly: { startDay: monday } }', { kind: 'weekly', startDay: 'monday', zone: 'UTC' }],
    ['{ monthly: { startDay: 15 } }', { kind: 'monthly', startDay: 15, zone: 'UTC' }],
    ['{ monthly: { startDay: "31" } }', { kind: 'monthly', startDay: 31, zone: 'UTC' }],
    ['{ quarterly: { startMonth: april } }', { kind: 'quarterly', startMonth: 4, zone: 'UTC' }],
    ['{ yearly: { startMonth: october } }', { kind: 'yearly', startMonth: 10, zone: 'UTC' }],
    ['{ rolling: 3d }', { kind: 'rolling', days: 3, zone: 'UTC' }],
    ['{ rolling: 395d }', { kind: 'rolling', days: 395, zone: 'UTC' }],
    [
      '{ from: 2026-11-01, to: 2026-12-01 }',
      { kind: 'fixed', from: '2026-11-01', to: '2026-12-01', zone: 'UTC' } as PeriodRule,
    ],
    [
      '{ from: "2026-01-01", to: 2027-01-31 }',
      { kind: 'fixed', from: '2026-01-01', to: '2027-01-31', zone: 'UTC' } as PeriodRule,
    ],
  ])('may be %s', (yaml, rule) => {
    expect(budgetWith(`period: ${yaml}`).period).toEqual(rule);
  });

  it.each([
    ['7d', '.period period-unknown: A period cannot be "7d": did you mean `{ rolling: 7d }`?'],
    ['rolling', '.period period-unknown: A period cannot be "rolling": did you mean `{ rolling: 7d }`?'],
    [
      '{ weekly: sunday }',
      '.period.weekly wrong-type: `weekly` takes a map with startDay, not "sunday"; write it like period: { weekly: { startDay: sunday } }.',
    ],
    [
      '{ weekly: { startDay: sun } }',
      '.period.weekly.startDay period-invalid: A week starts on a day, not "sun"; did you mean `sunday`?',
    ],
    [
      '{ weekly: { startDay: 7 } }',
      '.period.weekly.startDay period-invalid: A week starts on a day, not the number 7; did you mean `sunday`?',
    ],
    [
      '{ weekly: { startDay: 007 } }',
      '.period.weekly.startDay period-invalid: A week starts on a day, not the number 007; did you mean `sunday`?',
    ],
    [
      '{ yearly: { start: 4 } }',
      '.period.yearly.start unknown-key: "start" is not a key of `yearly`: did you mean `startMonth`?',
    ],
    [
      '{ yearly: { month: 4 } }',
      '.period.yearly.month unknown-key: "month" is not a key of `yearly`: did you mean `startMonth`?',
    ],
    [
      '{ length: 7d }',
      '.period.length unknown-key: "length" is not a key of a period: the keys are weekly, monthly, quarterly, yearly, rolling, from, to.',
    ],
    [
      '{ from: 2026-11-01, rolling: 7d }',
      '.period period-invalid: The period has both from and rolling: it is one of daily, weekly, monthly, quarterly, yearly, { monthly: { startDay: 15 } }, { rolling: 7d } and { from: 2026-11-01, to: 2026-12-01 }.',
    ],
    [
      '[daily]',
      '.period period-unknown: A period cannot be a list: the periods are daily, weekly, monthly, quarterly, yearly, and others like { monthly: { startDay: 15 } }, { rolling: 7d } and { from: 2026-11-01, to: 2026-12-01 }.',
    ],
    [
      '{ rolling: " 2 Weeks " }',
      '.period.rolling period-invalid: A rolling period is a number of days, not " 2 Weeks "; write it as { rolling: 14d }.',
    ],
    [
      '{ rolling: 14 }',
      '.period.rolling period-invalid: A rolling period is a number of days, not the number 14; write it as { rolling: 14d }.',
    ],
    [
      '{ rolling: 7.5 }',
      '.period.rolling period-invalid: A rolling period is a number of days, not the number 7.5; write it like period: { rolling: 7d }.',
    ],
    [
      '{ from: 2026-11-01, to: soon }',
      '.period.to period-invalid: `to` is a day of the calendar like 2026-11-01, not "soon".',
    ],
    [
      '{ weekly: { startDay: holiday } }',
      '.period.weekly.startDay period-invalid: A week starts on a day, not "holiday": monday, tuesday, wednesday, thursday, friday, saturday, sunday.',
    ],
    [
      '{ weekly: { startDay: [sunday] } }',
      '.period.weekly.startDay period-invalid: A week starts on a day, not a list: monday, tuesday, wednesday, thursday, friday, saturday, sunday.',
    ],
    [
      '{ monthly: { startDay: { day: 15 } } }',
      '.period.monthly.startDay period-invalid: A month starts on a day from 1 to 31, not a map; where it has no such day, it starts on its last.',
    ],
    [
      '{ weekly: { day: sunday } }',
      '.period.weekly.day unknown-key: "day" is not a key of `weekly`: did you mean `startDay`?',
    ],
    [
      '{ monthly: {} }',
      '.period.monthly.startDay missing-key: The key startDay is missing: write it like period: { monthly: { startDay: 15 } }, or just period: monthly.',
    ],
    [
      '{ monthly: { startDay: 32 } }',
      '.period.monthly.startDay period-invalid: A month starts on a day from 1 to 31, not the number 32; where it has no such day, it starts on its last.',
    ],
    [
      '{ monthly: { startDay: 0 } }',
      '.period.monthly.startDay period-invalid: A month starts on a day from 1 to 31, not the number 0; where it has no such day, it starts on its last.',
    ],
    [
      '{ yearly: { startMonth: 4 } }',
      '.period.yearly.startMonth period-invalid: A year starts in a month, not the number 4; did you mean `april`?',
    ],
    [
      '{ yearly: { startMonth: apr } }',
      '.period.yearly.startMonth period-invalid: A year starts in a month, not "apr"; did you mean `april`?',
    ],
    [
      '{ daily: {} }',
      '.period.daily unknown-key: "daily" is not a key of a period: did you mean `period: daily`?',
    ],
    [
      '{ rolling: 7 }',
      '.period.rolling period-invalid: A rolling period is a number of days, not the number 7; write it as { rolling: 7d }.',
    ],
    [
      '{ rolling: 2 weeks }',
      '.period.rolling period-invalid: A rolling period is a number of days, not "2 weeks"; write it as { rolling: 14d }.',
    ],
    [
      '{ rolling: 10 days }',
      '.period.rolling period-invalid: A rolling period is a number of days, not "10 days"; write it as { rolling: 10d }.',
    ],
    [
      '{ rolling: [7d] }',
      '.period.rolling period-invalid: A rolling period is a number of days, not a list; write it like period: { rolling: 7d }.',
    ],
    [
      '{ rolling: 2d }',
      '.period.rolling period-invalid: A rolling period is at least 3d, not "2d": it takes that long until figures settle, and until then nobody can say that a breach is over.',
    ],
    [
      '{ rolling: 24h }',
      '.period.rolling period-invalid: A rolling period is a number of days, not "24h"; write it like period: { rolling: 7d }.',
    ],
    [
      '{ rolling: 1d }',
      '.period.rolling period-invalid: A rolling period is at least 3d, not "1d": it takes that long until figures settle, and until then nobody can say that a breach is over. For one day, write period: daily.',
    ],
    [
      '{ rolling: 396d }',
      '.period.rolling period-too-long: A period of 396 days is too long: figures are kept for 430 days, and a period is looked at for 35 days after its end, since OpenAI still revises it. Use at most 395 days.',
    ],
    [
      '{ rolling: 7d, monthly: { startDay: 2 } }',
      '.period period-invalid: The period has both rolling and monthly: it is one of daily, weekly, monthly, quarterly, yearly, { monthly: { startDay: 15 } }, { rolling: 7d } and { from: 2026-11-01, to: 2026-12-01 }.',
    ],
    [
      '{}',
      '.period period-invalid: The period is empty: it is one of daily, weekly, monthly, quarterly, yearly, { monthly: { startDay: 15 } }, { rolling: 7d } and { from: 2026-11-01, to: 2026-12-01 }.',
    ],
    [
      '{ from: 2026-11-01 }',
      '.period.to missing-key: A period from a day to a day needs both; `to` is missing: write it like period: { from: 2026-11-01, to: 2026-12-01 }.',
    ],
    [
      '{ from: 2026-11-01, until: 2026-12-01 }',
      '.period.until unknown-key: "until" is not a key of a period: did you mean `to`?',
    ],
    [
      '{ from: 2026-02-30, to: 2026-12-01 }',
      '.period.from period-invalid: `from` is a day of the calendar like 2026-11-01, not "2026-02-30".',
    ],
    [
      '{ from: [2026-11-01], to: 2026-12-01 }',
      '.period.from period-invalid: `from` is a day of the calendar like 2026-11-01, not a list.',
    ],
    [
      '{ from: 2026-11-01, to: 2026-11-01 }',
      '.period.to period-invalid: The period ends at the beginning of `to`, so that must be after 2026-11-01: for that one day, write to: 2026-11-02.',
    ],
    [
      '{ from: 2026-01-01, to: 2027-02-01 }',
      '.period.to period-too-long: A period of 396 days is too long: figures are kept for 430 days, and a period is looked at for 35 days after its end, since OpenAI still revises it. Use at most 395 days.',
    ],
  ])('%s is answered', (yaml, answer) => {
    expect(answers(`period: ${yaml}`)).toEqual([answer]);
  });
});

it('a period with a key that is like none has none', () => {
  expect(answers('period: { monthly: { since: 4 } }')).toEqual([
    '.period.monthly.since unknown-key: "since" is not a key of `monthly`: the only key is startDay.',
    '.period.monthly.startDay missing-key: The key startDay is missing: write it like period: { monthly: { startDay: 15 } }, or just period: monthly.',
  ]);
});

describe('a timezone', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['UTC', 'UTC'],
    ['Etc/UTC', 'UTC'],
    ['GMT', 'UTC'],
  ])('may be %s', (name, zone) => {
    expect(budgetWith('period: monthly', `timezone: ${name}`).period).toEqual({
      kind: 'monthly',
      startDay: 1,
      zone,
    });
  });

  it.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['Europe/Berln', 'Europe/Berlin'],
    ['Berlin', 'Europe/Berlin'],
    ['New York', 'America/New_York'],
    ['new-york', 'America/New_York'],
    ['" berlin "', 'Europe/Berlin'],
    ['PST', 'America/Los_Angeles'],
    ['CET', 'Europe/Berlin'],
  ])('%s is answered with %s', (name, meant) => {
    expect(answers(`timezone: ${name}`)).toEqual([
      `.timezone timezone-unknown: There is no timezone "${name.replaceAll('"', '')}": did you mean \`${meant}\`?`,
    ]);
  });

  it('that is nothing like one is answered with what one is', () => {
    const advice = 'write an IANA name like Europe/Berlin, or leave it out for UTC.';
    expect(answers('timezone: "+01:00"')).toEqual([
      `.timezone timezone-unknown: There is no timezone "+01:00": ${advice}`,
    ]);
    expect(answers('timezone: Mars/Olympus Mons')).toEqual([
      `.timezone timezone-unknown: There is no timezone "Mars/Olympus Mons": ${advice}`,
    ]);
    expect(answers('timezone: 1')).toEqual([
      '.timezone wrong-type: A timezone is text, not the number 1; quote it: "1".',
    ]);
    expect(answers('timezone: ~')).toEqual([
      '.timezone wrong-type: A timezone is text, not nothing; write it like timezone: Europe/Berlin.',
    ]);
    expect(answers('tz: Europe/Berlin')).toEqual([
      '.tz unknown-key: "tz" is not a key of a budget: did you mean `timezone`?',
    ]);
  });
});

describe('planned amounts', () => {
  it.each([
    ['daily', '2026-12-24'],
    ['weekly', '2026-W49'],
    ['weekly', '2026-W53'],
    ['{ weekly: { startDay: sunday } }', '2026-11-22'],
    ['monthly', '2026-12'],
    ['{ monthly: { startDay: 31 } }', '2027-02'],
    ['quarterly', '2026-Q4'],
    ['yearly', '2026'],
    ['{ yearly: { startMonth: april } }', '2026'],
  ])('of a %s budget may be for %s', (period, key) => {
    const { limit, planned } = budgetWith(`period: ${period}`, `limit: { default: 5000, ${key}: 8000.50 }`);
    expect(formatAmount(limit)).toBe('5000');
    expect([...planned].map(([name, amount]) => [name, formatAmount(amount)])).toEqual([[key, '8000.5']]);
  });

  it.each([
    ['monthly', '2026-13', 'write it like 2026-12.'],
    ['monthly', '2026-12-01', 'did you mean `2026-12`?'],
    ['monthly', '2026-3', 'did you mean `2026-03`?'],
    ['monthly', '12/2026', 'write it like 2026-12.'],
    ['quarterly', '2026q4', 'did you mean `2026-Q4`?'],
    ['quarterly', '2026-12', 'did you mean `2026-Q4`?'],
    ['quarterly', '2026', 'did you mean `2026-Q1`?'],
    ['yearly', ' 2026/ ', 'did you mean `2026`?'],
    ['weekly', '2026w3', 'did you mean `2026-W03`?'],
    ['monthly', '2026/12', 'did you mean `2026-12`?'],
    ['yearly', '2026-12', 'did you mean `2026`?'],
    ['weekly', '2025-W53', 'write it like 2026-W49.'],
    ['weekly', '2026-11-24', 'did you mean `2026-W48`?'],
    ['{ weekly: { startDay: sunday } }', '2026-11-24', 'did you mean `2026-11-22`?'],
    [
      '{ weekly: { startDay: sunday } }',
      '2026-W48',
      'write it like 2026-11-29, the day on which the week starts.',
    ],
    ['daily', '2026-02-30', 'write it like 2026-12-24.'],
    [
      '{ monthly: { startDay: 15 } }',
      '2026-13',
      'write it like 2026-12, the month in which the period starts.',
    ],
    ['quarterly', '2026-Q5', 'write it like 2026-Q4.'],
    [
      '{ quarterly: { startMonth: april } }',
      '2026-Q5',
      'write it like 2026-Q4, by the year in which the fiscal year starts.',
    ],
    ['yearly', '26/27', 'write it like 2026.'],
    [
      '{ yearly: { startMonth: april } }',
      '26/27',
      'write it like 2026, the year in which the fiscal year starts.',
    ],
  ])('of a %s budget for %s are answered', (period, key, advice) => {
    expect(answers(`period: ${period}`, `limit: { default: 5, "${key}": 8 }`)).toEqual([
      `.limit["${key}"] planned-unknown: "${key}" is no period of this budget: ${advice}`,
    ]);
  });

  it.each(['{ rolling: 7d }', '{ from: 2026-11-01, to: 2026-12-01 }'])('are not for %s', (period) => {
    expect(answers(`period: ${period}`, 'limit: { default: 5, 2026-12: 8 }')).toEqual([
      '.limit["2026-12"] planned-unknown: "2026-12" cannot have an amount of its own: only daily, weekly, monthly, ' +
        'quarterly and yearly budgets have periods with names. Write the limit as one number.',
    ]);
  });

  it('are at most 800, the one for all other periods among them', () => {
    const days = (count: number): string => {
      const first = Date.UTC(2026, 0, 1);
      return Array.from({ length: count }, (_, day) => {
        return `${new Date(first + day * 86_400_000).toISOString().slice(0, 10)}: 8`;
      }).join(', ');
    };
    expect(answers('period: daily', `limit: { default: 5, ${days(799)} }`)).toEqual([]);
    expect(answers('period: daily', `limit: { default: 5, ${days(800)} }`)).toEqual([
      '.limit planned-too-many: There are 801 planned amounts: use at most 800.',
    ]);
  });

  it('need one for every other period', () => {
    expect(answers('limit: { 2026-12: 8 }')).toEqual([
      '.limit.default missing-key: A limit with planned amounts needs one for all other periods: write it like limit: { default: 5000, 2026-12: 8000 }.',
    ]);
  });

  it('are amounts like any other, whatever the period', () => {
    expect(answers('limit: { default: 5k, 2026-12: -1, 2026-12: 2 }', 'period: month')).toEqual([
      '.limit["2026-12"] duplicate-key: "2026-12" is given twice, on lines 4 and 4: keep one.',
      '.limit.default limit-invalid: A limit cannot be "5k": write 5000, in full digits.',
      '.limit["2026-12"] limit-invalid: A limit cannot be the number -1: it cannot be negative.',
      '.period period-unknown: A period cannot be "month": did you mean `monthly`?',
    ]);
  });
});
