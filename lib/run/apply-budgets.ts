// The apply use case: makes the stored budgets those that were declared. Planned first, then one conditional write each.
import type { Budget } from '../budget/budget.ts';
import type { BudgetStore } from '../budget/budget-store.ts';
import { type Change, planApply } from '../budget/plan-apply.ts';
import type { Problem } from '../budget/problem.ts';
import { SETTING_NAMES, type Settings } from '../spend/settings.ts';
import type { Instant } from '../time/instant.ts';

export interface Plan {
  readonly changes: readonly Change[];
  /** As they are stored. */
  readonly settings: Settings;
}

/** What applying `declared` would change; nothing is written. Stored budgets that are not declared are removals. */
export async function planBudgets(
  organization: string,
  declared: readonly Budget[],
  tick: Instant,
  budgets: BudgetStore,
): Promise<Plan> {
  const stored = await budgets.active(organization);
  return { changes: planApply(declared, stored.budgets, tick), settings: stored.settings };
}

export function changedSettings(stored: Settings, wanted: Settings): (keyof Settings)[] {
  return SETTING_NAMES.filter((name) => stored[name] !== wanted[name]);
}

/** Writes nothing if `wanted` is what was stored as the plan was made. */
export async function applySettings(
  organization: string,
  stored: Settings,
  wanted: Settings,
  budgets: BudgetStore,
): Promise<void> {
  if (changedSettings(stored, wanted).length > 0) await budgets.putSettings(organization, wanted);
}

/**
 * Writes `changes`, each on condition that the budget is still as it was planned for.
 * @param by who is recorded as the writer
 * @returns one problem for each change that somebody else was faster than
 */
export async function applyChanges(
  organization: string,
  changes: readonly Change[],
  by: string,
  budgets: BudgetStore,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const change of changes) {
    if (!(await written(change, organization, by, budgets))) problems.push(changedMeanwhile(change.budgetId));
  }
  return problems;
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
