// Observations in tests: what a run would see of one budget in one period, from the few facts that a case is about.
import type { Observation } from '../../lib/alert/evaluate.ts';
import { isReached } from '../../lib/alert/reached.ts';
import { NO_MEMBER } from '../../lib/alert/spent-by-member.ts';
import type { Period } from '../../lib/time/period.ts';
import { amountOf } from './amount-of.ts';
import { type BudgetCase, budgetOf } from './budgets-of.ts';

export interface ObservationCase {
  readonly spent: string;
  readonly period: Period;
  readonly open: boolean;
  readonly budget?: BudgetCase;
  /** Of an `each` budget. */
  readonly member?: string;
}

/** Every day was read, the budget has one member or none. */
export function observationOf(given: ObservationCase): Observation {
  const { spent, period, open, member = NO_MEMBER } = given;
  const budget = budgetOf(given.budget);
  const amount = amountOf(spent);
  return {
    budget,
    period,
    open,
    member,
    present: true,
    memberCount: 1,
    spent: amount,
    reached: budget.thresholds.filter((threshold) => isReached(amount, threshold.amount)),
    atLimit: isReached(amount, budget.limit),
    missingDays: [],
    known: true,
    limitJustLowered: false,
  };
}
