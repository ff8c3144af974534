// What `apply` writes: the fewest changes that turn the stored budgets into the declared ones.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredBudget } from '../../lib/budget/budget-store.ts';
import { type Change, planApply } from '../../lib/budget/plan-apply.ts';
import { type BudgetCase, budgetOf, storedBudgetOf } from '../fakes/budgets-of.ts';
import { instantOf } from '../fakes/time-of.ts';
import { arbitraryBudget } from './arbitrary-budget.ts';

const TICK = instantOf('2026-11-20T10:00:00Z');
const LONG_AGO = instantOf('2020-01-01');

const GIVEN: BudgetCase = { id: 'a', name: 'Web', limit: '5000', projects: ['p'], labels: { team: 'web' } };

describe('a declared budget', () => {
  it('that is not stored is created, and decides from this tick on', () => {
    expect(planApply([budgetOf(GIVEN)], [], TICK)).toEqual([
      {
        action: 'create',
        budgetId: 'a',
        seenVersion: 0,
        next: { budget: budgetOf(GIVEN), version: 1, decidedAt: TICK, limitLoweredAt: null },
      },
    ]);
  });

  it('that is stored as it stands is left alone', () => {
    const stored = { ...storedBudgetOf(GIVEN), version: 7 };
    expect(planApply([budgetOf(GIVEN)], [stored], TICK)).toEqual([
      { action: 'unchanged', budgetId: 'a', seenVersion: 7, next: stored },
    ]);
  });

  it.each<[string, BudgetCase, readonly string[]]>([
    ['a name', { name: 'Website' }, ['name']],
    ['no name', { name: null }, ['name']],
    ['labels', { labels: { team: 'app' } }, ['labels']],
    ['name and labels', { name: null, labels: {} }, ['name', 'labels']],
    ['the amount for the percentage', { thresholds: ['4000', '100%'] }, ['thresholds']],
  ])('with %s changed is updated and keeps deciding as it did', (_, edit, changed) => {
    const after = budgetOf({ ...GIVEN, ...edit });
    expect(planApply([after], [{ ...storedBudgetOf(GIVEN), version: 7 }], TICK)).toEqual([
      {
        action: 'update',
        budgetId: 'a',
        seenVersion: 7,
        changed,
        rearms: false,
        next: { budget: after, version: 8, decidedAt: LONG_AGO, limitLoweredAt: null },
      },
    ]);
  });

  it.each<[string, BudgetCase, readonly string[], StoredBudget['limitLoweredAt']?]>([
    ['limit', { limit: '6000' }, ['limit']],
    ['lower limit', { limit: '4999.99' }, ['limit'], TICK],
    ['limit and thresholds', { limit: '6000', thresholds: ['50%'] }, ['limit', 'thresholds']],
    ['thresholds', { thresholds: ['50%'] }, ['thresholds']],
    ['period', { period: 'daily' }, ['period']],
    ['measure', { measure: 'completions.total_tokens' }, ['measure']],
    ['scope', { projects: ['p', 'q'] }, ['scope']],
    ['name and limit', { name: null, limit: '1' }, ['name', 'limit'], TICK],
  ])('with another %s is updated and decides anew', (_, edit, changed, limitLoweredAt = null) => {
    const after = budgetOf({ ...GIVEN, ...edit });
    expect(planApply([after], [storedBudgetOf(GIVEN)], TICK)).toEqual([
      {
        action: 'update',
        budgetId: 'a',
        seenVersion: 1,
        changed,
        rearms: true,
        next: { budget: after, version: 2, decidedAt: TICK, limitLoweredAt },
      },
    ]);
  });

  it('that changes from a scope to each project names all of it', () => {
    const [change] = planApply(
      [budgetOf({ id: 'a', each: true, except: ['q'] })],
      [storedBudgetOf({ id: 'a', projects: ['p'] })],
      TICK,
    );
    expect(change).toMatchObject({ changed: ['scope', 'each', 'except'], rearms: true });
  });
});

describe('a plan', () => {
  it('removes what is no longer declared, and is sorted by id', () => {
    const changes = planApply(
      [budgetOf({ id: 'd' }), budgetOf({ id: 'b', limit: '7' })],
      [
        storedBudgetOf({ id: 'c' }),
        storedBudgetOf({ id: 'b' }),
        { ...storedBudgetOf({ id: 'a' }), version: 3 },
      ],
      TICK,
    );
    expect(changes.map(({ action, budgetId, seenVersion }) => [action, budgetId, seenVersion])).toEqual([
      ['remove', 'a', 3],
      ['update', 'b', 1],
      ['remove', 'c', 1],
      ['create', 'd', 0],
    ]);
    expect(changes[0]?.next).toBeNull();
  });

  it('carried out leaves nothing to do, and stores exactly what is declared', () => {
    const budgets = fc.uniqueArray(arbitraryBudget, { maxLength: 6, selector: ({ id }) => id });
    // Some budgets are stored already, under the same id but possibly with other contents.
    const histories = fc.tuple(budgets, budgets, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }));
    fc.assert(
      fc.property(histories, ([declared, others, kept]) => {
        const rows = others.map((budget, index): StoredBudget => {
          const same = kept[index] === true ? declared[index] : undefined;
          const id = declared[index]?.id ?? budget.id;
          return {
            budget: same ?? { ...budget, id },
            version: index + 1,
            decidedAt: LONG_AGO,
            limitLoweredAt: null,
          };
        });
        const stored = [...new Map(rows.map((row) => [row.budget.id, row])).values()];
        const after = carriedOut(stored, planApply(declared, stored, TICK));
        expect(after.map(({ budget }) => budget)).toEqual(
          [...declared].sort((a, b) => (a.id < b.id ? -1 : 1)),
        );
        const again = planApply(declared, after, instantOf('2027-01-01'));
        expect(again.every(({ action }) => action === 'unchanged')).toBe(true);
      }),
    );
  });
});

/** As a store would: a change is made only to the version that it saw. */
function carriedOut(stored: readonly StoredBudget[], changes: readonly Change[]): StoredBudget[] {
  const rows = new Map(stored.map((row) => [row.budget.id, row]));
  for (const { budgetId, seenVersion, next } of changes) {
    expect(rows.get(budgetId)?.version ?? 0).toBe(seenVersion);
    if (next === null) rows.delete(budgetId);
    else rows.set(budgetId, next);
  }
  return [...rows.values()].sort((a, b) => (a.budget.id < b.budget.id ? -1 : 1));
}
