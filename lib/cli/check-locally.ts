// A whole run on this machine: apply the file, collect what its budgets need, check, deliver.
import type { Budget } from '../budget/budget.ts';
import type { Problem } from '../budget/problem.ts';
import { applyChanges, applySettings, planBudgets } from '../run/apply-budgets.ts';
import { type CheckReport, check } from '../run/check.ts';
import { collect } from '../run/collect.ts';
import { SPEND_KINDS } from '../spend/catalogue.ts';
import type { Settings } from '../spend/settings.ts';
import type { UsageSource } from '../spend/usage-source.ts';
import { type Instant, MINUTE_MS, plusMs } from '../time/instant.ts';
import type { Target } from './open-target.ts';

const WRITER = 'budget-alerts check';

/** Catching up on a year of token usage is a dozen requests; what is left then waits for the next run. */
const COLLECT_WITHIN_MS = 10 * MINUTE_MS;
/** Leases last a minute beyond this. */
const CHECK_WITHIN_MS = MINUTE_MS;

interface LocalRun {
  readonly budgets: readonly Budget[];
  readonly settings: Settings;
  /** The file has errors: stored budgets that it does not name may be among what could not be read, so they stay. */
  readonly keepUnnamed: boolean;
  readonly tick: Instant;
}

interface LocalReport {
  readonly report: CheckReport;
  readonly problems: readonly Problem[];
}

export async function checkLocally(
  { budgets, settings, keepUnnamed, tick }: LocalRun,
  { organization, state, alone }: Pick<Target, 'organization' | 'state' | 'alone'>,
  source: UsageSource,
): Promise<LocalReport> {
  const plan = await planBudgets(organization, budgets, tick, state.budgets);
  const changes = plan.changes.filter(({ action }) => action !== 'remove' || !keepUnnamed);
  await applySettings(organization, plan.settings, settings, state.budgets);
  const problems = [...(await applyChanges(organization, changes, WRITER, state.budgets))];
  const collectBy = plusMs(state.clock.now(), COLLECT_WITHIN_MS);
  const wanted = { organization, kinds: SPEND_KINDS, tick, deadline: collectBy };
  const collected = await collect(wanted, { ...state, source });
  problems.push(...collected.problems);
  const deadline = plusMs(state.clock.now(), CHECK_WITHIN_MS);
  return { report: await check({ organization, tick, deadline, alone }, state), problems };
}
