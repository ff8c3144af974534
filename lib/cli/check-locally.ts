// A whole run on this machine: apply the file, collect what its budgets need, check, deliver.
import type { Budget } from '../budget/budget.ts';
import type { Problem } from '../budget/problem.ts';
import type { LocalState } from '../local/local-state.ts';
import type { Notifier } from '../notify/notifier.ts';
import { applyBudgets } from '../run/apply-budgets.ts';
import { type CheckReport, check } from '../run/check.ts';
import { collect } from '../run/collect.ts';
import { SPEND_KINDS } from '../spend/catalogue.ts';
import type { UsageSource } from '../spend/usage-source.ts';
import { type Instant, MINUTE_MS, plusMs } from '../time/instant.ts';

export const LOCAL_ORGANIZATION = 'default';

/** Catching up on a year of token usage is a dozen requests; what is left then waits for the next run. */
const COLLECT_WITHIN_MS = 10 * MINUTE_MS;
/** Leases last a minute beyond this. */
const CHECK_WITHIN_MS = MINUTE_MS;

interface LocalRun {
  readonly budgets: readonly Budget[];
  /** The file has errors: stored budgets that it does not name may be among what could not be read, so they stay. */
  readonly keepUnnamed: boolean;
  readonly tick: Instant;
}

export interface LocalReport {
  readonly report: CheckReport;
  readonly problems: readonly Problem[];
}

export async function checkLocally(
  { budgets, keepUnnamed, tick }: LocalRun,
  state: LocalState,
  source: UsageSource,
  notifier: Notifier = state.outbox,
): Promise<LocalReport> {
  const organization = LOCAL_ORGANIZATION;
  const apply = { organization, declared: budgets, tick, by: 'budget-alerts check', prune: !keepUnnamed };
  const applied = await applyBudgets(apply, state.budgets);

  const problems: Problem[] = [...applied.problems];
  for (const kind of SPEND_KINDS) {
    const deadline = plusMs(state.clock.now(), COLLECT_WITHIN_MS);
    const collected = await collect({ organization, kind, tick, deadline }, { ...state, source });
    problems.push(...collected.problems);
  }

  const deadline = plusMs(state.clock.now(), CHECK_WITHIN_MS);
  const report = await check({ organization, tick, deadline, alone: true }, { ...state, notifier });
  return { report, problems };
}
