// The days of a sum: they add up to what was evaluated, and say which of them are missing, partial or in doubt.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../lib/alert/evaluate.ts';
import { summedDays } from '../../lib/alert/summed-days.ts';
import { addAmounts, amountOfUnits, ZERO_AMOUNT } from '../../lib/money/amount.ts';
import type { MeasureTotals } from '../../lib/spend/daily-totals.ts';
import { NO_ROOT, type Root } from '../../lib/spend/root.ts';
import { formatInstant } from '../../lib/time/instant.ts';
import { periodAt, periodOf } from '../../lib/time/period.ts';
import { plusDays } from '../../lib/time/utc-day.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { type BudgetCase, budgetOf, storedBudgetOf } from '../fakes/budgets-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';
import { projectTotals } from '../fakes/totals-of.ts';

const TICK = instantOf('2026-11-04T10:00:00Z');
const NOVEMBER = periodAt('monthly', TICK);

const version = (changedAt: string) => {
  return { run: 'run', parts: 1, hash: 'abc', changedAt: instantOf(changedAt), projects: null };
};

describe('the days of a sum', () => {
  const totals: MeasureTotals = new Map([
    [dayOf('2026-10-31'), projectTotals(new Map([['proj_a', amountOf('1000')]]))],
    [
      dayOf('2026-11-01'),
      projectTotals(
        new Map([
          ['proj_a', amountOf('1.5')],
          [null, amountOf('2')],
        ]),
      ),
    ],
    [dayOf('2026-11-02'), projectTotals(new Map())],
    [dayOf('2026-11-04'), projectTotals(new Map([['proj_b', amountOf('4')]]))],
  ]);
  const root: Root = {
    ...NO_ROOT,
    days: new Map([
      [dayOf('2026-11-01'), version('2026-11-02T09:00:00Z')],
      [dayOf('2026-11-02'), version('2026-11-03T09:00:00Z')],
      [dayOf('2026-11-04'), version('2026-11-04T09:00:00Z')],
    ]),
    reads: [{ from: dayOf('2026-11-01'), until: dayOf('2026-11-05'), at: instantOf('2026-11-04T09:30:00Z') }],
    doubted: new Map([[dayOf('2026-11-01'), instantOf('2026-11-04T09:30:00Z')]]),
  };
  const days = (given: BudgetCase, member = '-') =>
    summedDays(
      { budget: budgetOf(given), period: NOVEMBER },
      totals,
      root,
      dayOf('2026-11-03'),
      TICK,
    )(member);

  it.each([
    ['the whole organization', {}, '-', ['3.5', '0', null, '4']],
    ['some projects', { projects: ['proj_b'] }, '-', ['0', '0', null, '4']],
    ['one of the members', { each: true }, 'proj_a', ['1.5', '0', null, '0']],
    ['what has no project', { each: true }, 'unattributed', ['2', '0', null, '0']],
    ['a member that has no row', { each: true }, 'proj_z', ['0', '0', null, '0']],
  ])(
    'of %s, through today, are 0 where nothing was spent and unknown where nothing was read',
    (_, given, member, expected) => {
      const amounts = expected.map((text) => (text === null ? null : amountOf(text)));
      expect(days(given, member).map(({ day, amount }) => [day, amount])).toEqual(
        amounts.map((amount, index) => [plusDays(dayOf('2026-11-01'), index), amount]),
      );
    },
  );

  it('say when their content last changed, when they were read, and what is not certain', () => {
    const text = (instant: Parameters<typeof formatInstant>[0] | null) => instant && formatInstant(instant);
    expect(
      days({}).map(({ day, changedAt, lastReadAt, provisional, doubtedSince }) => {
        return [day, text(changedAt), text(lastReadAt), provisional, text(doubtedSince)];
      }),
    ).toEqual([
      ['2026-11-01', '2026-11-02T09:00:00Z', '2026-11-04T09:30:00Z', false, '2026-11-04T09:30:00Z'],
      ['2026-11-02', '2026-11-03T09:00:00Z', '2026-11-04T09:30:00Z', false, null],
      ['2026-11-03', null, '2026-11-04T09:30:00Z', true, null],
      ['2026-11-04', '2026-11-04T09:00:00Z', '2026-11-04T09:30:00Z', true, null],
    ]);
  });

  it('may still change while one of the UTC days in which they lie may', () => {
    // A day in Tokyo begins nine hours before the UTC day of its date.
    const rule = { kind: 'monthly', startDay: 1, zone: 'Asia/Tokyo' } as const;
    const budget = budgetOf({ measure: 'completions.total_tokens', period: rule });
    const period = periodOf(rule, TICK);
    expect(
      summedDays(
        { budget, period },
        new Map(),
        NO_ROOT,
        dayOf('2026-11-03'),
        TICK,
      )('-').map(({ day, provisional }) => [day, provisional]),
    ).toEqual([
      ['2026-11-01', false],
      ['2026-11-02', false],
      ['2026-11-03', true],
      ['2026-11-04', true],
    ]);
  });

  it('add up to what every budget was evaluated at', () => {
    const project = fc.constantFrom('proj_a', 'proj_b', 'proj_c', 'unattributed', null);
    const amount = fc.bigInt({ min: -(10n ** 41n), max: 10n ** 45n }).map(amountOfUnits);
    const day = fc.option(fc.array(fc.tuple(project, amount)).map((rows) => projectTotals(new Map(rows))));
    const budget = fc.constantFrom<BudgetCase>(
      {},
      { projects: ['proj_a', 'proj_c'] },
      { each: true },
      { each: true, except: ['proj_b'] },
      { period: 'weekly', each: true },
    );
    fc.assert(
      fc.property(fc.array(day, { minLength: 4, maxLength: 10 }), budget, (table, given) => {
        const entries = table.flatMap((totalsOfDay, index) =>
          totalsOfDay === null ? [] : [[plusDays(dayOf('2026-10-28'), index), totalsOfDay] as const],
        );
        const spent: MeasureTotals = new Map(entries);
        const stored = storedBudgetOf(given);
        for (const seen of evaluate(
          [stored],
          new Map([['cost', spent]]),
          { latches: [], lastCheckAt: null },
          TICK,
        )) {
          if (!seen.open) continue;
          const summed = summedDays(seen, spent, NO_ROOT, dayOf('2026-11-03'), TICK)(seen.member);
          expect(
            summed.reduce((sum, { amount }) => addAmounts(sum, amount ?? ZERO_AMOUNT), ZERO_AMOUNT),
          ).toBe(seen.spent);
          expect(summed.filter(({ amount }) => amount === null).map(({ day }) => day)).toEqual(
            seen.missingDays,
          );
        }
      }),
    );
  });
});
