// Whether an edit of a budget is cosmetic, or changes what it alerts on.
import { ascending } from '../lists/ascending.ts';
import { type Instant, plusMs } from '../time/instant.ts';
import { periodsSince } from '../time/period.ts';
import { ruleText } from '../time/period-rule.ts';
import type { Budget } from './budget.ts';
import { budgetInPeriod } from './budget-in-period.ts';
import { SETTLING_MS } from './evaluated-periods.ts';

/**
 * True if both make the same alerts from the same spend in the periods that a check looks at: what is planned for
 * later ones, or was for ones long settled, does not matter, nor do names, labels, the way a threshold is written
 * (`80%` or the amount it comes to) and the order of members.
 */
export function decidesAlike(a: Budget, b: Budget, tick: Instant): boolean {
  return decisivePart(a, tick) === decisivePart(b, tick);
}

function decisivePart(budget: Budget, tick: Instant): string {
  const { scope, each, except, overrides, measure, period } = budget;
  const dimensions = Object.entries(scope).sort(([a], [b]) => ascending(a, b));
  return JSON.stringify([
    measure.name,
    dimensions.map(([dimension, members]) => [dimension, [...members].sort()]),
    each,
    [...except].sort(),
    ruleText(period),
    periodsSince(period, tick, plusMs(tick, -SETTLING_MS)).map((looked) => {
      const { limit, thresholds } = budgetInPeriod(budget, looked);
      return [String(limit), thresholds.map(({ amount }) => String(amount))];
    }),
    [...overrides]
      .sort(([a], [b]) => ascending(a, b))
      .map(([member, own]) => [
        member,
        String(own.limit),
        own.thresholds.map(({ amount }) => String(amount)),
      ]),
  ]);
}
