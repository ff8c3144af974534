// Whether an edit of a budget is cosmetic, or changes what it alerts on.
import type { Budget } from './budget.ts';

/**
 * True if both make the same alerts from the same spend: names, labels and the way a threshold is written (`80%` or the
 * amount it comes to) do not matter, nor does the order of members.
 */
export function decidesAlike(a: Budget, b: Budget): boolean {
  return decisivePart(a) === decisivePart(b);
}

function decisivePart({
  scope,
  each,
  except,
  overrides,
  measure,
  limit,
  period,
  thresholds,
}: Budget): string {
  const dimensions = Object.entries(scope).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    measure.name,
    dimensions.map(([dimension, members]) => [dimension, [...members].sort()]),
    each,
    [...except].sort(),
    period,
    String(limit),
    thresholds.map(({ amount }) => String(amount)),
    [...overrides]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([member, own]) => [
        member,
        String(own.limit),
        own.thresholds.map(({ amount }) => String(amount)),
      ]),
  ]);
}
