// The part of a check that only looks: what is declared, what was said, what was spent, and how the two compare.
import type { LedgerSnapshot } from '../alert/alert-ledger.ts';
import { evaluate, type Observation } from '../alert/evaluate.ts';
import { spendByPeriod } from '../alert/period-spend.ts';
import { planAlerts } from '../alert/plan-alerts.ts';
import { planCorrections } from '../alert/plan-corrections.ts';
import { rearmRolling } from '../alert/rearm-rolling.ts';
import { type Suppressed, suppress } from '../alert/suppress.ts';
import type { Budget } from '../budget/budget.ts';
import { datasetOfBudget } from '../budget/budget-series.ts';
import type { StoredBudgets } from '../budget/budget-store.ts';
import { SETTLING_MS } from '../budget/evaluated-periods.ts';
import { valueAt } from '../lists/value-at.ts';
import { datasetId } from '../spend/dataset.ts';
import { type Instant, plusMs } from '../time/instant.ts';
import { readSpend, type SpendRead } from './read-spend.ts';
import { lastCheckOf } from './remember-run.ts';
import type { RunState } from './run-state.ts';

export interface Observed {
  readonly declared: StoredBudgets;
  /** Without what was said about rolling budgets that have been low since. */
  readonly ledger: LedgerSnapshot;
  readonly spend: SpendRead;
  readonly observations: readonly Observation[];
}

/** Nothing is written or sent. */
export async function observe(
  { organization, tick }: { readonly organization: string; readonly tick: Instant },
  state: Pick<RunState, 'budgets' | 'ledger' | 'spend'>,
): Promise<Observed> {
  const declared = await state.budgets.active(organization);
  const [stored, spend] = await Promise.all([
    state.ledger.read(organization, plusMs(tick, -SETTLING_MS)),
    readSpend(organization, declared, tick, state.spend),
  ]);
  // A rolling budget, which this is for, has always a period to be evaluated.
  const rootOf = (budget: Budget) =>
    valueAt(spend.datasets, datasetId(datasetOfBudget(budget))).snapshot.root;
  const known = { spendOf: spendByPeriod(spend.totals, tick), rootOf };
  const ledger = { ...stored, latches: rearmRolling(stored.latches, declared.budgets, known, tick) };
  const remembered = { latches: ledger.latches, lastCheckAt: lastCheckOf(ledger.memos) };
  const observations = evaluate(declared.budgets, spend.totals, remembered, tick);
  return { declared, ledger, spend, observations };
}

/** What has to be said, and what of it is held back. */
export function planOf({ declared, ledger, spend, observations }: Observed, tick: Instant): Suppressed {
  const intents = [
    ...planAlerts(observations, ledger.latches),
    ...planCorrections(observations, ledger.latches, spend.hasStood),
  ];
  return suppress(intents, declared.silences, tick);
}
