// What a planned amount changes about a budget, and when a change of the plan is one that counts.
import { describe, expect, it } from 'vitest';
import { budgetInPeriod, limitAt } from '../../lib/budget/budget-in-period.ts';
import { decidesAlike } from '../../lib/budget/decides-alike.ts';
import { planApply } from '../../lib/budget/plan-apply.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';
import { periodAt } from '../../lib/time/period.ts';
import { type BudgetCase, budgetOf, storedBudgetOf } from '../fakes/budgets-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const DECEMBER = periodAt('monthly', instantOf('2026-12-10'));
const TICK = instantOf('2026-12-10T10:00:00Z');

/** `8000: 80%=6400 100%=8000` */
function inDecember(given: BudgetCase): string {
  const { limit, thresholds } = budgetInPeriod(budgetOf(given), DECEMBER);
  const listed = thresholds.map(({ label, amount }) => `${label}=${formatAmount(amount)}`);
  return `${formatAmount(limit)}: ${listed.join(' ')}`;
}

describe('a budget in a period', () => {
  const planned = { '2026-12': '8000' };
  it.each<[string, BudgetCase, string]>([
    ['without a plan is itself', { limit: '5000' }, '5000: 80%=4000 100%=5000'],
    [
      'planned elsewhere is itself',
      { limit: '5000', planned: { '2027-01': '1' } },
      '5000: 80%=4000 100%=5000',
    ],
    ['has its own limit', { limit: '5000', planned }, '8000: 80%=6400 100%=8000'],
    [
      'keeps amounts and lets percentages follow',
      { limit: '5000', planned, thresholds: ['50%', '4500', '100%'] },
      '8000: 50%=4000 4500=4500 100%=8000',
    ],
    [
      'sorts them anew where they change places',
      { limit: '5000', planned: { '2026-12': '1000' }, thresholds: ['80%', '4500'] },
      '1000: 80%=800 4500=4500',
    ],
    [
      'keeps the percentage where an amount comes to the same',
      { limit: '5000', planned, thresholds: ['4500', '100%', '8000'] },
      '8000: 4500=4500 100%=8000',
    ],
    ['may be nothing', { limit: '5000', planned: { '2026-12': '0' } }, '0: 100%=0'],
    [
      'has the defaults after all, where nothing is its usual limit',
      { limit: '0', planned, thresholds: ['100%'] },
      '8000: 80%=6400 100%=8000',
    ],
  ])('%s', (_, given, expected) => {
    expect(inDecember(given)).toBe(expected);
  });

  it('keeps what a threshold says differently', () => {
    const budget = budgetOf({ limit: '5000', planned, thresholds: ['100%'] });
    const [whole] = budget.thresholds;
    const loud = { ...budget, thresholds: whole ? [{ ...whole, severity: 'info' as const }] : [] };
    expect(budgetInPeriod(loud, DECEMBER).thresholds).toMatchObject([{ label: '100%', severity: 'info' }]);
  });

  it('has the limit of the period that an instant falls into', () => {
    const budget = budgetOf({ limit: '5000', planned });
    const limits = ['2026-11-30', '2026-12-01', '2027-01-01'].map((at) => limitAt(budget, instantOf(at)));
    expect(limits.map(formatAmount)).toEqual(['5000', '8000', '5000']);
  });
});

describe('a change of the plan', () => {
  const before: BudgetCase = { limit: '100', planned: { '2026-12': '200' } };
  it.each<[string, BudgetCase, boolean]>([
    ['for a later month', { ...before, planned: { '2026-12': '200', '2027-01': '1' } }, true],
    ['for a month long settled', { ...before, planned: { '2026-12': '200', '2026-10': '1' } }, true],
    ['that says what holds anyhow', { ...before, planned: { '2026-12': '200', '2026-11': '100' } }, true],
    ['for this month', { ...before, planned: { '2026-12': '201' } }, false],
    ['for a month that settles', { ...before, planned: { '2026-12': '200', '2026-11': '1' } }, false],
    ['that drops it', { ...before, planned: {} }, false],
    // November settles under the usual limit.
    ['of the usual limit', { ...before, limit: '101' }, false],
  ])('%s decides alike: %s', (_, after, alike) => {
    expect(decidesAlike(budgetOf(before), budgetOf(after), TICK)).toBe(alike);
    expect(decidesAlike(budgetOf(after), budgetOf(before), TICK)).toBe(alike);
  });

  it('is a lowered limit only where this period’s is lower', () => {
    const loweredBy = (after: BudgetCase) => {
      const [change] = planApply([budgetOf(after)], [storedBudgetOf(before)], TICK);
      return change?.next?.limitLoweredAt ?? null;
    };
    expect(loweredBy({ ...before, planned: { '2026-12': '150' } })).toBe(TICK);
    expect(loweredBy({ ...before, limit: '50' })).toBeNull();
    expect(loweredBy({ ...before, planned: { '2026-12': '200', '2027-01': '1' } })).toBeNull();
    expect(loweredBy({ ...before, planned: {} })).toBe(TICK);
  });

  it('of a span that has not begun changes nothing yet', () => {
    const span = { kind: 'fixed', from: dayOf('2027-01-01'), to: dayOf('2027-02-01'), zone: 'UTC' } as const;
    expect(
      decidesAlike(budgetOf({ period: span, limit: '1' }), budgetOf({ period: span, limit: '2' }), TICK),
    ).toBe(true);
  });
});
