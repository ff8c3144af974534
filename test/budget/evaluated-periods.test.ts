// Which periods of a budget are looked at, the days that they need, and the datasets that hold these.
import { describe, expect, it } from 'vitest';
import type { StoredBudget } from '../../lib/budget/budget-store.ts';
import { datasetsToRead } from '../../lib/budget/datasets-to-read.ts';
import { evaluatedPeriodsAt, neededDays } from '../../lib/budget/evaluated-periods.ts';
import { neededDatasets } from '../../lib/budget/needed-datasets.ts';
import { remembered } from '../../lib/budget/remembered.ts';
import { PAST_WINDOWS, pastWindows } from '../../lib/budget/rolling-windows.ts';
import { formatInstant } from '../../lib/time/instant.ts';
import type { PeriodRule } from '../../lib/time/period-rule.ts';
import { type BudgetCase, storedBudgetOf } from '../fakes/budgets-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const TICK = instantOf('2026-11-20T10:00:00Z');
const ROLLING: PeriodRule = { kind: 'rolling', days: 7, zone: 'UTC' };
const NEXT_YEAR: PeriodRule = {
  kind: 'fixed',
  from: dayOf('2027-01-01'),
  to: dayOf('2027-02-01'),
  zone: 'UTC',
};
const TOKENS = 'completions.total_tokens';

describe('the periods that are looked at', () => {
  const keysOf = (given: BudgetCase, tick = TICK) =>
    evaluatedPeriodsAt(tick)(storedBudgetOf(given)).map(({ key }) => key);

  it.each<[string, BudgetCase, string, readonly string[]]>([
    ['the open one and what has ended within 35 days', {}, '2026-11-20T10:00Z', ['2026-10', '2026-11']],
    // October is over on 1 November, and 35 days later on 6 December.
    ['a month until it is settled', {}, '2026-12-05T23:59:59Z', ['2026-10', '2026-11', '2026-12']],
    ['a month no longer than that', {}, '2026-12-06T00:00Z', ['2026-11', '2026-12']],
    ['none in which it did not decide', { decidedAt: '2026-11-01' }, '2026-11-20T10:00Z', ['2026-11']],
    [
      'one in whose last second it did',
      { decidedAt: '2026-10-31T23:59:59Z' },
      '2026-11-20T10:00Z',
      ['2026-10', '2026-11'],
    ],
    // Who declares it has a clock of their own.
    [
      'the open one of a budget declared after it',
      { decidedAt: '2026-12-01' },
      '2026-11-30T23:59Z',
      ['2026-11'],
    ],
    ['the open one from its first instant', { decidedAt: '2026-12-01' }, '2026-12-01', ['2026-12']],
    ['none of a span that has not begun', { period: NEXT_YEAR }, '2026-11-20T10:00Z', []],
    ['a span that is over', { period: NEXT_YEAR }, '2027-02-01', ['2027-01-01..2027-02-01']],
    [
      'none of a span that was over when it was declared',
      { period: NEXT_YEAR, decidedAt: '2027-02-01' },
      '2027-02-01',
      [],
    ],
  ])('are %s', (_, given, tick, keys) => {
    expect(keysOf(given, instantOf(tick))).toEqual(keys);
  });
});

describe('the days that are needed', () => {
  const daysOf = (budgets: readonly StoredBudget[], tick = TICK) =>
    [...neededDays(budgets, tick)]
      .map(([day, since]) => `${day} ${formatInstant(since).slice(0, 10)}`)
      .sort();

  it('are those of the period until today, since the budget decides', () => {
    const stored = storedBudgetOf({ period: 'weekly', decidedAt: '2026-11-18' });
    // The week began on Monday the 16th.
    expect(daysOf([stored])).toEqual([16, 17, 18, 19, 20].map((day) => `2026-11-${day} 2026-11-18`));
  });

  it('are asked for since the first budget that asks, whatever the order', () => {
    const late = storedBudgetOf({ id: 'late', period: 'daily', decidedAt: '2026-11-20' });
    const early = storedBudgetOf({ id: 'early', period: 'daily', decidedAt: '2026-11-19T12:00Z' });
    const week = storedBudgetOf({ id: 'week', period: 'weekly', decidedAt: '2026-11-20T01:00Z' });
    const expected = ['16 2026-11-20', '17 2026-11-20', '18 2026-11-20', '19 2026-11-19', '20 2026-11-19'];
    expect(daysOf([late, early, week])).toEqual(expected.map((day) => `2026-11-${day}`));
    expect(daysOf([week, early, late])).toEqual(expected.map((day) => `2026-11-${day}`));
  });

  it('are those of the windows that a rolling budget has left behind, too', () => {
    const days = daysOf([storedBudgetOf({ period: ROLLING, decidedAt: '2026-11-20' })]);
    // The oldest window ended with the 10th, and began with the 4th.
    expect([days[0], days.at(-1), days.length]).toEqual([
      '2026-11-04 2026-11-20',
      '2026-11-20 2026-11-20',
      17,
    ]);
  });

  it('are no later ones where the period is over, and none where it has not begun', () => {
    const span = storedBudgetOf({ period: { ...NEXT_YEAR, from: dayOf('2027-01-30') } as PeriodRule });
    expect(daysOf([span], instantOf('2027-02-01')).map((day) => day.slice(0, 10))).toEqual([
      '2027-01-30',
      '2027-01-31',
    ]);
    expect(daysOf([span], instantOf('2027-02-10')).length).toBe(2);
    expect(daysOf([span])).toEqual([]);
    expect(daysOf([])).toEqual([]);
  });

  it('of another zone hold the UTC day of now as well', () => {
    const period: PeriodRule = { kind: 'daily', zone: 'Europe/Berlin' };
    const stored = storedBudgetOf({ period, decidedAt: '2026-11-20T23:10:00Z' });
    // In Berlin it is half past midnight on the 21st, a day in which no UTC day has begun yet.
    expect(daysOf([stored], instantOf('2026-11-20T23:30:00Z'))).toEqual(['2026-11-20 2026-11-20']);
  });
});

describe('the datasets to read', () => {
  const cost = storedBudgetOf({ id: 'cost' });
  const tokens = storedBudgetOf({ id: 'tokens', measure: TOKENS });
  const later = storedBudgetOf({ id: 'later', measure: 'images.images', period: NEXT_YEAR });

  it('go by the order of the kinds, and leave out what nobody looks at now', () => {
    const read = datasetsToRead([later, tokens, cost], ['images', 'costs', 'completions'], TICK);
    expect(read.map(({ dataset, budgets, days }) => [dataset.kind, budgets, days])).toEqual([
      ['costs', [cost], neededDays([cost], TICK)],
      ['completions', [tokens], neededDays([tokens], TICK)],
    ]);
  });

  it('of a kind are sorted by their ids, each with its own budgets', () => {
    const perKey = { ...tokens, budget: { ...tokens.budget, each: 'api_key' as const } };
    for (const stored of [
      [tokens, cost, perKey],
      [perKey, cost, tokens],
    ]) {
      expect(neededDatasets(stored, 'completions').map(({ id, budgets }) => [id, budgets])).toEqual([
        ['completions.1d#api_key_id', [perKey]],
        ['completions.1d#project_id,model', [tokens]],
      ]);
    }
  });

  it('are filtered by up to 20 projects, all of them plain ids', () => {
    const filterOf = (projects: readonly string[]) =>
      neededDatasets([storedBudgetOf({ measure: TOKENS, projects })], 'completions')[0]?.projects;
    const many = Array.from({ length: 20 }, (_, index) => `proj_${10 + index}`);
    expect(filterOf([...many].reverse())).toEqual(many);
    expect(filterOf(['proj_a', 'a b'])).toBeNull();
  });
});

describe('the windows that a rolling budget has left behind', () => {
  it('end with the last ten days before today, the newest first', () => {
    const windows = pastWindows(ROLLING, TICK).map(({ start, end }) => [start, end].map(formatInstant));
    expect(windows).toHaveLength(PAST_WINDOWS);
    expect(windows[0]).toEqual(['2026-11-13T00:00:00Z', '2026-11-20T00:00:00Z']);
    expect(windows[1]).toEqual(['2026-11-12T00:00:00Z', '2026-11-19T00:00:00Z']);
    expect(windows.at(-1)).toEqual(['2026-11-04T00:00:00Z', '2026-11-11T00:00:00Z']);
  });

  it('are none of a calendar’s periods', () => {
    expect(pastWindows({ kind: 'daily', zone: 'UTC' }, TICK)).toEqual([]);
  });
});

describe('what is remembered', () => {
  it('is asked once for each key', () => {
    const asked: number[] = [];
    const half = remembered(
      (number: number) => String(number % 10),
      (number) => {
        asked.push(number);
        return number === 3 ? undefined : number / 2;
      },
    );
    expect([2, 12, 4, 3, 13, 2].map(half)).toEqual([1, 1, 2, undefined, undefined, 1]);
    expect(asked).toEqual([2, 4, 3]);
  });
});
