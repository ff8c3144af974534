// Which periods of a budget a run looks at: the open one, and closed ones whose costs may still arrive or change.

import type { SpendKind } from '../spend/catalogue.ts';
import { DAY_MS, type Instant, plusMs } from '../time/instant.ts';
import { daysSoFar, type Period, periodsSince } from '../time/period.ts';
import type { UtcDay } from '../time/utc-day.ts';
import type { StoredBudget } from './budget-store.ts';

/** How long a closed period stays under evaluation. OpenAI publishes no bound for revisions; invoices settle monthly. */
export const SETTLING_MS = 35 * DAY_MS;

/**
 * Oldest first, the open one last. A closed period counts only if the budget decided in it as it does now: a new or
 * edited budget does not announce months in which it did not exist.
 */
export function evaluatedPeriods({ budget, decidedAt }: StoredBudget, tick: Instant): Period[] {
  return periodsSince(budget.period, tick, plusMs(tick, -SETTLING_MS)).filter(
    (period) => tick < period.end || decidedAt < period.end,
  );
}

/**
 * Every day, none after today, that some evaluated period of a budget on `kind` holds, with the instant since when one
 * has asked for it; empty if no budget is on `kind`.
 */
export function neededDays(
  budgets: readonly StoredBudget[],
  kind: SpendKind,
  tick: Instant,
): Map<UtcDay, Instant> {
  const days = new Map<UtcDay, Instant>();
  const periods = new Map<string, { readonly period: Period; since: Instant }>();
  for (const stored of budgets) {
    if (stored.budget.measure.kind !== kind) continue;
    for (const period of evaluatedPeriods(stored, tick)) {
      const known = periods.get(period.key);
      if (known === undefined) periods.set(period.key, { period, since: stored.decidedAt });
      else if (stored.decidedAt < known.since) known.since = stored.decidedAt;
    }
  }
  for (const { period, since } of periods.values()) {
    for (const day of daysSoFar(period, tick)) {
      const before = days.get(day);
      if (before === undefined || since < before) days.set(day, since);
    }
  }
  return days;
}
