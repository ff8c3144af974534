// The apply use case: makes the stored budgets those that were declared, one conditional write each.
import type { Budget } from '../budget/budget.ts';
import type { BudgetStore } from '../budget/budget-store.ts';
import { type Change, planApply } from '../budget/plan-apply.ts';
import type { Problem } from '../budget/problem.ts';
import type { Instant } from '../time/instant.ts';

interface ApplyInput {
  readonly organization: string;
  readonly declared: readonly Budget[];
  readonly tick: Instant;
  /** Who is recorded as the writer. */
  readonly by: string;
  /** Also remove stored budgets that are not declared. */
  readonly prune: boolean;
}

export interface Applied {
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
}

export async function applyBudgets(input: ApplyInput, budgets: BudgetStore): Promise<Applied> {
  const { organization, declared, tick, by, prune } = input;
  const stored = await budgets.active(organization);
  const changes = planApply(declared, stored.budgets, tick).filter(
    ({ action }) => prune || action !== 'remove',
  );
  const problems: Problem[] = [];
  for (const change of changes) {
    if (!(await written(change, organization, by, budgets))) problems.push(changedMeanwhile(change.budgetId));
  }
  return { changes, problems };
}

function written(change: Change, organization: string, by: string, budgets: BudgetStore): Promise<boolean> {
  switch (change.action) {
    case 'unchanged':
      return Promise.resolve(true);
    case 'remove':
      return budgets.remove(organization, change.budgetId, change.seenVersion);
    case 'create':
    case 'update':
      return budgets.put(organization, change.next, change.seenVersion, by);
  }
}

function changedMeanwhile(budgetId: string): Problem {
  return {
    code: 'budget-changed-meanwhile',
    path: '',
    line: null,
    message: `Budget ${budgetId} was changed by somebody else meanwhile and was left as it is. Apply again.`,
    severity: 'error',
  };
}
