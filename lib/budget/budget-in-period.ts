// A budget as it decides in one period: with the amount that is planned for it, if there is one.
import type { Amount } from '../money/amount.ts';
import type { Instant } from '../time/instant.ts';
import { type Period, periodOf } from '../time/period.ts';
import type { Budget } from './budget.ts';
import { thresholdsUnder } from './resolve-thresholds.ts';

/** The budget itself where nothing is planned. Percentages are of the period's own limit, amounts stay what they are. */
export function budgetInPeriod(budget: Budget, { key }: Period): Budget {
  const limit = budget.planned.get(key);
  if (limit === undefined) return budget;
  return { ...budget, limit, thresholds: thresholdsUnder(limit, budget) };
}

/** The limit that counts at `instant`. */
export function limitAt(budget: Budget, instant: Instant): Amount {
  const period = periodOf(budget.period, instant);
  return period === null ? budget.limit : budgetInPeriod(budget, period).limit;
}
