// Which edits of a budget change what it alerts on.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Budget, MemberOverride } from '../../lib/budget/budget.ts';
import { decidesAlike } from '../../lib/budget/decides-alike.ts';
import { type BudgetCase, budgetOf } from '../fakes/budgets-of.ts';
import { instantOf } from '../fakes/time-of.ts';
import { arbitraryBudget } from './arbitrary-budget.ts';

const TICK = instantOf('2026-11-20T10:00:00Z');

const BEFORE: BudgetCase = {
  id: 'a',
  name: 'Web',
  projects: ['proj_a', 'proj_b'],
  limit: '5000',
  thresholds: ['80%', '100%'],
  labels: { team: 'web' },
};
const EACH: BudgetCase = { each: true, except: ['proj_a', 'proj_b'] };

describe('an edit', () => {
  it.each<[string, BudgetCase, BudgetCase]>([
    ['of the name', BEFORE, { ...BEFORE, name: 'Website' }],
    ['that drops the name', BEFORE, { ...BEFORE, name: null }],
    ['of the labels', BEFORE, { ...BEFORE, labels: { team: 'app', env: 'prod' } }],
    ['of the order of members', BEFORE, { ...BEFORE, projects: ['proj_b', 'proj_a'] }],
    ['of the order of exceptions', EACH, { ...EACH, except: ['proj_b', 'proj_a'] }],
    ['of how a threshold is written', BEFORE, { ...BEFORE, thresholds: ['4000', '100%'] }],
  ])('%s is cosmetic', (_, before, after) => {
    expect(decidesAlike(budgetOf(before), budgetOf(after), TICK)).toBe(true);
  });

  it.each<[string, BudgetCase, BudgetCase]>([
    ['of the limit', BEFORE, { ...BEFORE, limit: '5000.000000000001' }],
    ['of a threshold', BEFORE, { ...BEFORE, thresholds: ['81%', '100%'] }],
    ['that adds a threshold', BEFORE, { ...BEFORE, thresholds: ['50%', '80%', '100%'] }],
    ['that drops a threshold', BEFORE, { ...BEFORE, thresholds: ['80%'] }],
    [
      'of the limit under the same amounts',
      { limit: '100', thresholds: ['80'] },
      { limit: '200', thresholds: ['80'] },
    ],
    ['of the period', BEFORE, { ...BEFORE, period: 'weekly' }],
    ['of the measure', BEFORE, { ...BEFORE, measure: 'completions.total_tokens' }],
    ['that adds a member', BEFORE, { ...BEFORE, projects: ['proj_a', 'proj_b', 'proj_c'] }],
    ['from a scope to the whole organization', { projects: ['proj_a'] }, {}],
    ['from the whole organization to each project', {}, { each: true }],
    ['that excepts somebody', { each: true }, { each: true, except: ['proj_a'] }],
    ['that joins two members', { projects: ['a,b'] }, { projects: ['a', 'b'] }],
  ])('%s decides differently', (_, before, after) => {
    expect(decidesAlike(budgetOf(before), budgetOf(after), TICK)).toBe(false);
    expect(decidesAlike(budgetOf(after), budgetOf(before), TICK)).toBe(false);
  });

  const own = (limit: string, thresholds: readonly string[]) => {
    const { thresholds: resolved, limit: amount } = budgetOf({ limit, thresholds });
    return { limit: amount, thresholds: resolved };
  };
  const withOwn = (...overrides: [string, MemberOverride][]): Budget => {
    return { ...budgetOf({ each: true }), overrides: new Map(overrides) };
  };
  const A: [string, MemberOverride] = ['a', own('10', ['80%', '100%'])];
  const B: [string, MemberOverride] = ['b', own('20', ['80%', '100%'])];

  it.each<[string, Budget, Budget, boolean]>([
    ['of their order', withOwn(A, B), withOwn(B, A), true],
    ['that drops one', withOwn(A, B), withOwn(A), false],
    ['of whom one is for', withOwn(A), withOwn(['b', A[1]]), false],
    ['of a limit', withOwn(A), withOwn(['a', { ...A[1], limit: B[1].limit }]), false],
    ['of thresholds', withOwn(A), withOwn(['a', own('10', ['50%', '100%'])]), false],
  ])('of overrides, %s', (_, before, after, alike) => {
    expect(decidesAlike(before, after, TICK)).toBe(alike);
    expect(decidesAlike(after, before, TICK)).toBe(alike);
  });

  it('of the order of dimensions is cosmetic', () => {
    const before = { ...budgetOf(), scope: { user: ['u'], project: ['p'], model: ['m'] } };
    const after = { ...budgetOf(), scope: { model: ['m'], project: ['p'], user: ['u'] } };
    expect(decidesAlike(before, after, TICK)).toBe(true);
    expect(decidesAlike(after, before, TICK)).toBe(true);
  });

  it('of name and labels is cosmetic for every budget', () => {
    fc.assert(
      fc.property(arbitraryBudget, arbitraryBudget, (budget, { name, labels }) => {
        expect(decidesAlike(budget, { ...budget, name, labels }, TICK)).toBe(true);
      }),
    );
  });
});
