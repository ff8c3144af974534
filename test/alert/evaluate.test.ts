// Comparing budgets with what was spent: who is counted, which days, and when a threshold is reached.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../lib/alert/alert-key.ts';
import { evaluate } from '../../lib/alert/evaluate.ts';
import type { Latch, LatchKey } from '../../lib/alert/latch.ts';
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

describe('what the ledger knows of', () => {
  const stored = (given: BudgetCase) => storedBudgetOf({ id: 'b', limit: '20', ...given });
  const NOVEMBER_END = instantOf('2026-12-01');
  const latchOf = (given: BudgetCase, members: readonly string[], change: Partial<LatchKey> = {}): Latch => {
    const key = { periodEnd: NOVEMBER_END, budgetId: 'b', shape: shapeOf(stored(given).budget), shard: '-' };
    return {
      key: { ...key, ...change },
      version: 1,
      announced: new Map(members.map((member) => [member, new Map()])),
      claim: null,
    };
  };
  const membersSeen = (given: BudgetCase, latches: readonly Latch[]) =>
    evaluate([stored(given)], totalsOf(SPENT), { latches, lastCheckAt: null }, TICK)
      .filter(({ open }) => open)
      .map(({ member, present, spent, memberCount }) => {
        return `${member} ${present ? 'has' : 'had'} ${formatAmount(spent)} of ${memberCount}`;
      });
  const HAVE = [
    'proj_a has 10.500000000000000000000000000000000000001 of 4',
    'proj_b has 20 of 4',
    'proj_c has 4 of 4',
    'unattributed has 1 of 4',
  ];
  const EACH = { each: true };

  it.each<[string, readonly Latch[], readonly string[]]>([
    ['nobody', [], HAVE],
    ['a member that has a row', [latchOf(EACH, ['proj_b'])], HAVE],
    ['a member whose rows are gone', [latchOf(EACH, ['proj_z'])], [...HAVE, 'proj_z had 0 of 4']],
    [
      'several, in several latches',
      [latchOf(EACH, ['proj_z', 'proj_a'], { shard: '0' }), latchOf(EACH, ['proj_y'], { shard: 'f' })],
      [...HAVE, 'proj_z had 0 of 4', 'proj_y had 0 of 4'],
    ],
    ['a member in another period', [latchOf(EACH, ['proj_z'], { periodEnd: instantOf('2026-11-01') })], HAVE],
    ['a member in a rolling budget', [latchOf(EACH, ['proj_z'], { periodEnd: null })], HAVE],
    ['a member of another budget', [latchOf(EACH, ['proj_z'], { budgetId: 'other' })], HAVE],
    ['a member under another shape', [latchOf({}, ['proj_z'])], HAVE],
  ])('of members is looked at, too: %s', (_, latches, expected) => {
    expect(membersSeen(EACH, latches)).toEqual(expected);
  });

  it('is not looked at where the budget excepts it by now', () => {
    const given = { each: true, except: ['proj_z', 'proj_*', 'unattributed'] };
    expect(membersSeen(given, [latchOf(given, ['proj_z', 'unattributed', 'other'])])).toEqual([
      'other had 0 of 0',
    ]);
  });

  it('is nobody else where the budget has no members', () => {
    expect(membersSeen({}, [latchOf({}, ['-', 'proj_z'])])).toEqual([
      '- has 35.500000000000000000000000000000000000001 of 1',
    ]);
  });

  it.each<[string, string | null, string | null, boolean]>([
    ['never', null, null, false],
    ['in the period, and no check is known', '2026-11-02', null, true],
    ['in the period, after the last check', '2026-11-02', '2026-11-01T23:59:59Z', true],
    ['in the period, at the last check', '2026-11-02', '2026-11-02', false],
    ['in the period, before the last check', '2026-11-02', '2026-11-02T00:00:01Z', false],
    ['with the first moment of the period', '2026-11-01', null, true],
    ['in the period before', '2026-10-31T23:59:59Z', null, false],
    ['in the period before, after the last check', '2026-10-31T23:59:59Z', '2026-10-31', false],
  ])('of limits: one that was lowered %s', (_, loweredAt, checkedAt, expected) => {
    const at = (text: string | null) => (text === null ? null : instantOf(text));
    const lowered = { ...storedBudgetOf({ decidedAt: '2026-11-01' }), limitLoweredAt: at(loweredAt) };
    const remembered = { latches: [], lastCheckAt: at(checkedAt) };
    const seen = evaluate([lowered], totalsOf(SPENT), remembered, TICK);
    expect(seen.map(({ limitJustLowered }) => limitJustLowered)).toEqual([expected]);
  });
});

describe('budgets', () => {
  it('are evaluated by id, each period by period, oldest first', () => {
    const budgets = ['b', 'a', 'B', 'c'].map((id) => storedBudgetOf({ id, decidedAt: '2026-10-31' }));
    const seen = evaluate(budgets, totalsOf(SPENT), NOTHING_SAID, TICK);
    expect(seen.map(({ budget, period }) => `${budget.id} ${period.key}`)).toEqual([
      'B 2026-10',
      'B 2026-11',
      'a 2026-10',
      'a 2026-11',
      'b 2026-10',
      'b 2026-11',
      'c 2026-10',
      'c 2026-11',
    ]);
  });

  it('have ended with the moment at which their period ends', () => {
    const openAt = (iso: string) =>
      evaluate([storedBudgetOf()], totalsOf(SPENT), NOTHING_SAID, instantOf(iso))
        .filter(({ period }) => period.key === '2026-11')
        .map(({ open }) => open);
    expect([openAt('2026-11-30T23:59:59Z'), openAt('2026-12-01')]).toEqual([[true], [false]]);
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
