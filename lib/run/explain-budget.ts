// The explain use case: how a budget's open period came to its sums, what was said of them, and what would be said next.

import type { Observation } from '../alert/evaluate.ts';
import type { SummedDay } from '../alert/summed-days.ts';
import { type Standing, standingsOf } from '../alert/threshold-standing.ts';
import type { Budget } from '../budget/budget.ts';
import { datasetOfBudget } from '../budget/budget-series.ts';
import { findBudget } from '../budget/find-budget.ts';
import { findMember, requireMemberOf } from '../budget/find-member.ts';
import { quoted } from '../budget/quoted.ts';
import { BudgetAlertsError } from '../errors.ts';
import { valueAt } from '../lists/value-at.ts';
import { ruleName } from '../notify/rule-name.ts';
import { datasetId } from '../spend/dataset.ts';
import type { SourceState } from '../spend/source-state.ts';
import type { Instant } from '../time/instant.ts';
import { type Period, periodOf } from '../time/period.ts';
import { daysOfBudget } from './days-of-budget.ts';
import { observe } from './observe.ts';
import { NAMED_DIMENSIONS, readNames } from './read-names.ts';
import type { RunState } from './run-state.ts';

export interface ExplainInput {
  readonly organization: string;
  readonly tick: Instant;
  readonly budgetId: string;
  /** A member's id or its name; `null`: every member. */
  readonly member: string | null;
}

export interface ExplainedMember extends Standing {
  /** Every day of the period up to today. */
  readonly days: readonly SummedDay[];
}

export interface Explanation {
  readonly asOf: Instant;
  readonly budget: Budget;
  /** Since when the budget decides as it does now. */
  readonly decidedAt: Instant;
  /** The open one. */
  readonly period: Period;
  readonly source: SourceState;
  /** Empty: the budget is for each member, and none has spent in the period. */
  readonly members: readonly ExplainedMember[];
  /** Id → name. */
  readonly names: ReadonlyMap<string, string>;
}

/** @throws BudgetAlertsError `budget-unknown`, `member-unknown` or `period-not-open` */
export async function explainBudget(
  { organization, tick, budgetId, member }: ExplainInput,
  state: Pick<RunState, 'budgets' | 'ledger' | 'spend' | 'names'>,
): Promise<Explanation> {
  const [{ declared, ledger, spend, observations }, names] = await Promise.all([
    observe({ organization, tick }, state),
    readNames(organization, NAMED_DIMENSIONS, state.names),
  ]);
  const { budget, decidedAt } = findBudget(budgetId, declared);
  const period = openPeriodOf(budget, tick);
  const { source } = valueAt(spend.datasets, datasetId(datasetOfBudget(budget)));

  const open = observations.filter((observation) => observation.budget.id === budgetId && observation.open);
  const chosen = member === null ? open : [chooseMember(member, budget, open, names)];
  const daysOf = daysOfBudget({ budget, period }, spend, tick);
  const standings = standingsOf(chosen, ledger.latches, declared.silences, tick);
  const members = standings.map((standing) => {
    return { ...standing, days: daysOf(standing.observation.member) };
  });
  return { asOf: tick, budget, decidedAt, period, source, members, names };
}

function openPeriodOf({ id, period: rule }: Budget, tick: Instant): Period {
  const period = periodOf(rule, tick);
  if (period !== null) return period;
  // Only a fixed one can be closed: the others follow one another.
  throw new BudgetAlertsError('period-not-open', `The period of ${id} is not open. It is ${ruleName(rule)}.`);
}

function chooseMember(
  text: string,
  budget: Budget,
  open: readonly Observation[],
  names: ReadonlyMap<string, string>,
): Observation {
  const { member, near } = findMember(text, names);
  requireMemberOf(budget, member);
  const observation = open.find((candidate) => candidate.member === member);
  if (observation !== undefined) return observation;
  const advice = near === null ? '' : ` Did you mean ${quoted(near)}?`;
  const message = `${quoted(member)} has no spend in the open period of ${budget.id}: there is nothing to alert on.`;
  throw new BudgetAlertsError('member-unknown', `${message}${advice}`);
}
