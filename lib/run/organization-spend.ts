// What a whole organization has spent against its widest budget in dollars, and the projects that spent most of it.

import type { Observation } from '../alert/evaluate.ts';
import { spendByPeriod } from '../alert/period-spend.ts';
import { ascending } from '../lists/ascending.ts';
import type { Amount } from '../money/amount.ts';
import type { MeasureTotals } from '../spend/daily-totals.ts';
import type { Instant } from '../time/instant.ts';

const TOP_PROJECTS = 10;

interface OrganizationSpend {
  readonly budgetId: string;
  /** Key of the budget's period. */
  readonly period: string;
  /** Dollars, as the limit. */
  readonly spent: Amount;
  readonly limit: Amount;
  /** At most ten, the largest first. */
  readonly topProjects: readonly { readonly id: string; readonly spent: Amount }[];
}

/**
 * `null`: no budget counts every dollar of the organization, or none of its days is known yet. Of several the one with the
 * longest open period is meant, then the first by id. `totals` by series.
 */
export function organizationSpend(
  observations: readonly Observation[],
  totals: ReadonlyMap<string, MeasureTotals>,
  tick: Instant,
): OrganizationSpend | null {
  const [widest] = observations
    .filter(({ budget, open, known }) => open && known && budget.measure.name === 'cost' && countsAll(budget))
    .sort((a, b) => lengthOf(b) - lengthOf(a) || ascending(a.budget.id, b.budget.id));
  if (widest === undefined) return null;
  const { budget, period, spent } = widest;
  // The sums of such a budget are kept by project anyway.
  const byProject = spendByPeriod(totals, tick)({ ...budget, each: 'project' }, period).byMember;
  const topProjects = [...byProject]
    .sort(([idA, a], [idB, b]) => ascending(b, a) || ascending(idA, idB))
    .slice(0, TOP_PROJECTS)
    .map(([id, amount]) => ({ id, spent: amount }));
  return { budgetId: budget.id, period: period.key, spent, limit: budget.limit, topProjects };
}

function countsAll({ scope, each }: Observation['budget']): boolean {
  return each === null && Object.keys(scope).length === 0;
}

function lengthOf({ period }: Observation): number {
  return period.end - period.start;
}
