// `budget-alerts apply FILE`: shows what would change in the declared budgets, then changes it, all or nothing wrong.

import { resolve } from 'node:path';
import colors from 'picocolors';
import { hasError } from '../budget/budget-problem.ts';
import { exceedsRetention } from '../budget/exceeds-retention.ts';
import type { Change } from '../budget/plan-apply.ts';
import { BudgetAlertsError } from '../errors.ts';
import { applyChanges, applySettings, changedSettings, planBudgets } from '../run/apply-budgets.ts';
import { routeProblems } from '../run/route-problems.ts';
import type { Settings } from '../spend/settings.ts';
import type { Instant } from '../time/instant.ts';
import { openTarget } from './open-target.ts';
import { problemLines } from './print-problems.ts';
import { readBudgetsFile } from './read-budgets-file.ts';
import type { TargetOptions } from './target-options.ts';
import type { Terminal } from './terminal.ts';

export interface ApplyOptions extends TargetOptions {
  readonly file: string;
  readonly tick: Instant;
  readonly dryRun: boolean;
  /** Also remove stored budgets that the file does not name. */
  readonly prune: boolean;
}

/** 0 applied (or, in a dry run, could be); 1 not: a mistake in the file applies nothing. */
export async function applyCommand(options: ApplyOptions, terminal: Terminal): Promise<number> {
  const { budgets, settings, problems } = await readBudgetsFile(resolve(terminal.directory, options.file));
  for (const line of problemLines(problems, options.file)) terminal.out(line);
  if (budgets === null || hasError(problems)) {
    terminal.out('Nothing was applied.');
    return 1;
  }
  try {
    await using target = await openTarget(options, options.tick, terminal);
    const { organization, state } = target;
    const found = [
      ...budgets.flatMap((budget) => exceedsRetention(budget, target.retentionDays) ?? []),
      ...(await routeProblems(budgets, state.routes)),
    ];
    for (const line of problemLines(found, null)) terminal.out(line);
    if (hasError(found)) {
      terminal.out('Nothing was applied.');
      return 1;
    }
    const plan = await planBudgets(organization, budgets, options.tick, state.budgets);
    for (const line of planLines(plan.changes, options.prune)) terminal.out(line);
    for (const line of settingLines(plan.settings, settings)) terminal.out(line);
    if (options.dryRun) {
      terminal.out('Dry run: nothing was applied.');
      return 0;
    }
    const wanted = plan.changes.filter(({ action }) => action !== 'remove' || options.prune);
    await applySettings(organization, plan.settings, settings, state.budgets);
    const failed = await applyChanges(organization, wanted, 'budget-alerts apply', state.budgets);
    for (const line of problemLines(failed, null)) terminal.out(line);
    terminal.out(failed.length === 0 ? 'Applied.' : 'Applied in part.');
    return failed.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof BudgetAlertsError)) throw error;
    terminal.error(error.message);
    return 1;
  }
}

function settingLines(stored: Settings, wanted: Settings): string[] {
  return changedSettings(stored, wanted).map((name) =>
    colors.yellow(`~ settings: ${name} ${stored[name]} → ${wanted[name]}`),
  );
}

function planLines(changes: readonly Change[], prune: boolean): string[] {
  const count = (action: Change['action']) => changes.filter((change) => change.action === action).length;
  const removed = count('remove');
  const rest = prune ? `${removed} to remove` : `${removed} not in the file and kept (--prune removes)`;
  return [
    ...changes.map((change) => lineOf(change, prune)),
    `Plan: ${count('create')} to create, ${count('update')} to change, ${count('unchanged')} unchanged, ${rest}.`,
  ];
}

function lineOf(change: Change, prune: boolean): string {
  switch (change.action) {
    case 'create':
      return colors.green(`+ ${change.budgetId}`);
    case 'update': {
      const effect = change.rearms ? 'decides anew' : 'cosmetic, announces nothing again';
      return colors.yellow(`~ ${change.budgetId}: ${change.changed.join(', ')} (${effect})`);
    }
    case 'unchanged':
      return colors.dim(`= ${change.budgetId}`);
    case 'remove':
      return prune ? colors.red(`- ${change.budgetId}`) : colors.dim(`? ${change.budgetId}`);
  }
}
