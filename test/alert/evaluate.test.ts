// Comparing budgets with what was spent: who is counted, which days, and when a threshold is reached.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../lib/alert/evaluate.ts';
import { isReached } from '../../lib/alert/reached.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';
import type { MeasureTotals } from '../../lib/spend/daily-totals.ts';
import type { DayTotals } from '../../lib/spend/day-totals.ts';
import type { UtcDay } from '../../lib/time/utc-day.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { type BudgetCase, storedBudgetOf } from '../fakes/budgets-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';
import { projectTotals } from '../fakes/totals-of.ts';

const TICK = instantOf('2026-11-03T10:00:00Z');

type Days = Readonly<Record<string, Readonly<Record<string, string>>>>;

const totalsOf = (days: Days): ReadonlyMap<string, MeasureTotals> => {
  const ofDay = (projects: Readonly<Record<string, string>>): DayTotals =>
    projectTotals(
      Object.entries(projects).map(([id, amount]) => [id === 'null' ? null : id, amountOf(amount)]),
    );
  const entries = Object.entries(days).map(([day, projects]): [UtcDay, DayTotals] => [
    dayOf(day),
    ofDay(projects),
  ]);
  return new Map([['cost', new Map(entries)]]);
};

const NOTHING_SAID = { latches: [], lastCheckAt: null };

const SPENT: Days = {
  '2026-10-31': { proj_a: '1000' },
  '2026-11-01': { proj_a: '10.5', proj_b: '20', null: '1' },
  '2026-11-02': {},
  '2026-11-03': { proj_a: '0.000000000000000000000000000000000000001', proj_c: '4' },
};

const observe = (given: BudgetCase, days: Days = SPENT) =>
  evaluate([storedBudgetOf(given)], totalsOf(days), NOTHING_SAID, TICK)
    .filter(({ open }) => open)
    .map(({ member, spent, reached, atLimit, missingDays, known }) => ({
      member,
      spent: formatAmount(spent),
      reached: reached.map(({ label }) => label),
      atLimit,
      missingDays,
      known,
    }));

describe('a budget', () => {
  it('of the whole organization counts every project and what has none, in this period only', () => {
    expect(observe({ limit: '40' })).toEqual([
      {
        member: '-',
        spent: '35.500000000000000000000000000000000000001',
        reached: ['80%'],
        atLimit: false,
        missingDays: [],
        known: true,
      },
    ]);
  });

  it.each([
    [['proj_a'], '10.500000000000000000000000000000000000001'],
    [['proj_a', 'proj_c'], '14.500000000000000000000000000000000000001'],
    [['unattributed'], '1'],
    [['proj_nobody'], '0'],
  ])('of %j counts %s', (projects, spent) => {
    expect(observe({ projects }).map((seen) => seen.spent)).toEqual([spent]);
  });

  it('for each project has one observation per project with a row, what has none among them', () => {
    const seen = observe({ each: true, except: ['proj_c'], limit: '20' });
    expect(seen.map(({ member, reached }) => [member, reached])).toEqual([
      ['proj_a', []],
      ['proj_b', ['80%', '100%']],
      ['unattributed', []],
    ]);
  });

  it('says which days were never read, and knows nothing if none was', () => {
    const { '2026-11-02': _, ...gap } = SPENT;
    expect(observe({}, gap)).toMatchObject([{ missingDays: ['2026-11-02'], known: true }]);
    expect(observe({}, {})).toMatchObject([{ spent: '0', known: false, missingDays: { length: 3 } }]);
  });

  it('is looked at in closed periods for 35 days, if it decided then as it does now', () => {
    const periods = (given: BudgetCase) =>
      evaluate([storedBudgetOf(given)], totalsOf(SPENT), NOTHING_SAID, TICK).map(({ period, open }) => [
        period.key,
        open,
      ]);
    expect(periods({ decidedAt: '2026-10-31T23:59:59Z' })).toEqual([
      ['2026-10', false],
      ['2026-11', true],
    ]);
    expect(periods({ decidedAt: '2026-11-01T00:00:00Z' })).toEqual([['2026-11', true]]);
    expect(periods({ period: 'daily', decidedAt: '2026-11-02T12:00:00Z' })).toEqual([
      ['2026-11-02', false],
      ['2026-11-03', true],
    ]);
  });
});

describe('a threshold', () => {
  it.each([
    ['80', '80', true, 'reaching it exactly counts'],
    ['79.999999999999999999999999999999', '80', false, 'ever so little less does not'],
    ['81', '80', true, 'more does'],
    ['0', '0', false, 'a limit of 0 is not reached by nothing'],
    ['0.0000000000000000000000000000000000000001', '0', true, 'and is by anything'],
    ['-5', '0', false, 'a credit reaches nothing'],
  ])('with %s spent of %s is reached: %s (%s)', (spent, threshold, expected) => {
    expect(isReached(amountOf(spent), amountOf(threshold))).toBe(expected);
  });

  it('never has fewer breaches when more is spent', () => {
    const cents = fc.integer({ min: -100, max: 20_000 }).map((value) => (value / 100).toFixed(2));
    fc.assert(
      fc.property(cents, cents, fc.constantFrom('0', '0.01', '50', '100'), (a, b, limit) => {
        const [less, more] = Number(a) <= Number(b) ? [a, b] : [b, a];
        const thresholds = limit === '0' ? ['100%'] : ['50%', '100%', '150%'];
        const reachedAt = (amount: string) =>
          observe({ limit, thresholds }, { '2026-11-01': { proj_a: amount } })[0]?.reached.length ?? 0;
        expect(reachedAt(less)).toBeLessThanOrEqual(reachedAt(more));
      }),
    );
  });
});
