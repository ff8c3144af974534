// What the days of a period come to: sums and levels, days that were read for some projects only, and days before any.

import { describe, expect, it } from 'vitest';
import { knowsBudget, spendByPeriod } from '../../lib/alert/period-spend.ts';
import type { Budget } from '../../lib/budget/budget.ts';
import { seriesOf } from '../../lib/budget/budget-series.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';
import type { MeasureTotals } from '../../lib/spend/daily-totals.ts';
import type { DayTotals } from '../../lib/spend/day-totals.ts';
import type { ProjectFilter } from '../../lib/spend/project-filter.ts';
import { type Period, periodAt, periodOf } from '../../lib/time/period.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { type BudgetCase, budgetOf } from '../fakes/budgets-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';
import { projectTotals } from '../fakes/totals-of.ts';

const TICK = instantOf('2026-11-03T10:00:00Z');
const NOVEMBER = periodAt('monthly', TICK);

type Spent = Readonly<Record<string, string>>;

/** `null` as a project is what has none. */
const dayWith = (spent: Spent, projects: ProjectFilter = null): DayTotals => ({
  ...projectTotals(
    Object.entries(spent).map(([project, amount]) => [project === 'null' ? null : project, amountOf(amount)]),
  ),
  projects,
});
const totalsOf = (days: Readonly<Record<string, DayTotals>>): MeasureTotals =>
  new Map(Object.entries(days).map(([day, totals]) => [dayOf(day), totals]));

const spendOf = (budget: Budget, totals: MeasureTotals, period: Period = NOVEMBER, tick = TICK) => {
  const { byMember, missingDays, known } = spendByPeriod(new Map([[seriesOf(budget).key, totals]]), tick)(
    budget,
    period,
  );
  return {
    spent: byMember.map(([member, amount]) => `${member} ${formatAmount(amount)}`),
    missingDays,
    known,
  };
};

describe('a level', () => {
  const level = (given: BudgetCase = {}) => budgetOf({ measure: 'vector_stores.usage_bytes', ...given });
  const days = totalsOf({
    '2026-10-31': dayWith({ proj_a: '900' }),
    '2026-11-01': dayWith({ proj_b: '20', proj_a: '10', proj_c: '0' }),
    '2026-11-02': dayWith({ proj_b: '5', proj_a: '40', proj_c: '0' }),
    '2026-11-03': dayWith({ proj_a: '30', new_x: '1' }),
  });

  it.each<[string, BudgetCase, string[]]>([
    ['of everything is the largest sum of a day', {}, ['- 45']],
    ['of a project is its largest day', { projects: ['proj_b'] }, ['- 20']],
    ['of a project without a row is 0', { projects: ['proj_z'] }, ['- 0']],
    [
      'for each project is the largest day of each, sorted',
      { each: true },
      ['new_x 1', 'proj_a 40', 'proj_b 20', 'proj_c 0'],
    ],
    [
      'for each project has only those that count',
      { each: true, except: ['proj_a'] },
      ['new_x 1', 'proj_b 20', 'proj_c 0'],
    ],
  ])('%s', (_, given, expected) => {
    expect(spendOf(level(given), days)).toEqual({ spent: expected, missingDays: [], known: true });
  });

  it('that nobody has read is 0 of unknown days, and nobody has it', () => {
    const missingDays = ['2026-11-01', '2026-11-02', '2026-11-03'];
    expect(spendOf(level(), new Map())).toEqual({ spent: ['- 0'], missingDays, known: false });
    expect(spendOf(level({ each: true }), new Map())).toEqual({ spent: [], missingDays, known: false });
  });
});

describe('a day that was read for some projects only', () => {
  const days = totalsOf({
    '2026-11-01': dayWith({ proj_a: '1', proj_b: '2', null: '4' }),
    '2026-11-02': dayWith({ proj_a: '8' }, ['proj_a', 'proj_c']),
    '2026-11-03': dayWith({ proj_b: '16' }, ['proj_b']),
  });
  const BOTH = ['2026-11-02', '2026-11-03'];

  it.each<[string, BudgetCase, string[], string[]]>([
    ['one of these', { projects: ['proj_a'] }, ['- 9'], ['2026-11-03']],
    ['some of these', { projects: ['proj_a', 'proj_c'] }, ['- 9'], ['2026-11-03']],
    ['one of these and another', { projects: ['proj_a', 'proj_b'] }, ['- 3'], BOTH],
    ['a pattern', { projects: ['proj_*'] }, ['- 3'], BOTH],
    ['what has no project', { projects: ['unattributed'] }, ['- 4'], BOTH],
    ['everything', {}, ['- 7'], BOTH],
    ['each project', { each: true }, ['proj_a 1', 'proj_b 2', 'unattributed 4'], BOTH],
  ])('counts in a budget of %s only if it was read for all of it', (_, given, spent, missingDays) => {
    expect(spendOf(budgetOf(given), days)).toEqual({ spent, missingDays, known: true });
  });

  it('leaves a budget unknown that it was not read for', () => {
    const only = totalsOf({ '2026-11-02': dayWith({ proj_a: '8' }, ['proj_a']) });
    const missingDays = ['2026-11-01', '2026-11-02', '2026-11-03'];
    expect(spendOf(budgetOf(), only)).toEqual({ spent: ['- 0'], missingDays, known: false });
  });

  it('is told apart by its projects', () => {
    const knows = (projects: ProjectFilter) =>
      knowsBudget(dayWith({}, projects), budgetOf({ projects: ['proj_a'] }));
    expect([knows(null), knows(['proj_a']), knows(['proj_b']), knows([])]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('a period', () => {
  it('of which no day has begun is known to have cost nothing', () => {
    // Where it is November already, the first day that OpenAI counts in it has not begun.
    const tick = instantOf('2026-10-31T20:00:00Z');
    const rule = { kind: 'monthly', startDay: 1, zone: 'Asia/Tokyo' } as const;
    const period = periodOf(rule, tick);
    expect(period.key).toBe('2026-11');
    const budget = budgetOf({ period: rule });
    const before = totalsOf({ '2026-10-31': dayWith({ proj_a: '5' }) });
    expect(spendOf(budget, before, period, tick)).toEqual({ spent: ['- 0'], missingDays: [], known: true });
  });

  it('of what was never summed is unknown', () => {
    const { byMember, missingDays, known } = spendByPeriod(new Map(), TICK)(budgetOf(), NOVEMBER);
    expect({ byMember, missingDays, known }).toEqual({
      byMember: [['-', 0n]],
      missingDays: ['2026-11-01', '2026-11-02', '2026-11-03'],
      known: false,
    });
  });

  it('is told apart by where it begins and ends, and by what is summed', () => {
    const cost = totalsOf({ '2026-11-01': dayWith({ proj_a: '1' }), '2026-11-03': dayWith({ proj_a: '2' }) });
    const tokens = totalsOf({ '2026-11-03': dayWith({ proj_a: '50' }) });
    const read = spendByPeriod(
      new Map([
        ['cost', cost],
        ['completions.total_tokens', tokens],
      ]),
      TICK,
    );
    const sumOf = (given: BudgetCase, period: Period) =>
      read(budgetOf(given), period).byMember.map(([, amount]) => formatAmount(amount));
    expect(sumOf({}, NOVEMBER)).toEqual(['3']);
    expect(sumOf({}, periodAt('daily', TICK))).toEqual(['2']);
    expect(sumOf({}, periodAt('weekly', TICK))).toEqual(['2']);
    expect(sumOf({ measure: 'completions.total_tokens' }, NOVEMBER)).toEqual(['50']);
  });

  it('is summed once, however many budgets are on it', () => {
    let sums = 0;
    let filters = 0;
    const { groups, ...day } = dayWith({ proj_a: '1', proj_b: '2' });
    const counted: DayTotals = {
      ...day,
      get groups() {
        sums += 1;
        return groups;
      },
      get projects() {
        filters += 1;
        return null;
      },
    };
    const read = spendByPeriod(new Map([['cost', totalsOf({ '2026-11-01': counted })]]), TICK);
    const seen = [{}, { projects: ['proj_a'] }, { each: true }].map(
      (given) => read(budgetOf(given), NOVEMBER).byMember.length,
    );
    expect({ seen, sums, filters }).toEqual({ seen: [1, 1, 2], sums: 1, filters: 1 });
  });
});
