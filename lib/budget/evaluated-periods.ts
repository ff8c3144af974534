// Which periods of a budget a run looks at: the open one, and closed ones whose costs may still arrive or change.

import { DAY_MS, type Instant, plusMs } from '../time/instant.ts';
import { type Period, periodsSince, utcDaysSoFar } from '../time/period.ts';
import { ruleText } from '../time/period-rule.ts';
import { type UtcDay, utcDayOf } from '../time/utc-day.ts';
import { dayZoneOfBudget } from './budget-series.ts';
import type { StoredBudget } from './budget-store.ts';
import { remembered } from './remembered.ts';
import { pastWindows } from './rolling-windows.ts';

/** How long a closed period stays under evaluation. OpenAI publishes no bound for revisions; invoices settle monthly. */
export const SETTLING_MS = 35 * DAY_MS;

/**
 * Oldest first, the open one last; none before a fixed one begins. A closed period counts only if the budget decided in it as it does now: a new or
 * edited budget does not announce months in which it did not exist.
 */
export function evaluatedPeriodsAt(tick: Instant): (stored: StoredBudget) => Period[] {
  // Thousands of budgets share a handful of rules.
  const periodsOf = remembered(ruleText, (rule) => periodsSince(rule, tick, plusMs(tick, -SETTLING_MS)));
  return ({ budget, decidedAt }) =>
    periodsOf(budget.period).filter((period) => tick < period.end || decidedAt < period.end);
}

/**
 * Every UTC day, none after today, that some evaluated period of a budget holds, today while one is open, and the
 * days of windows that a rolling one has left behind; with the instant since when a budget has asked for each. Empty if
 * no budget looks at anything.
 */
export function neededDays(budgets: readonly StoredBudget[], tick: Instant): Map<UtcDay, Instant> {
  const days = new Map<UtcDay, Instant>();
  const periods = new Map<string, { readonly period: Period; readonly dayZone: string; since: Instant }>();
  const evaluatedPeriods = evaluatedPeriodsAt(tick);
  const windowsOf = remembered(ruleText, (rule) => pastWindows(rule, tick));
  for (const stored of budgets) {
    const dayZone = dayZoneOfBudget(stored.budget);
    for (const period of [...evaluatedPeriods(stored), ...windowsOf(stored.budget.period)]) {
      const span = `${dayZone} ${period.start} ${period.end}`;
      const known = periods.get(span);
      if (known === undefined) periods.set(span, { period, dayZone, since: stored.decidedAt });
      else if (stored.decidedAt < known.since) known.since = stored.decidedAt;
    }
  }
  for (const { period, dayZone, since } of periods.values()) {
    const today = tick < period.end ? [utcDayOf(tick)] : [];
    for (const day of [...utcDaysSoFar(period, tick, dayZone), ...today]) {
      const before = days.get(day);
      if (before === undefined || since < before) days.set(day, since);
    }
  }
  return days;
}
