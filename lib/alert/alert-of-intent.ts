// Fixes an intent as an alert: the facts as they are now, which is how they will be sent whenever they are sent.
import { UNATTRIBUTED } from '../budget/budget.ts';
import { compareAmounts, ZERO_AMOUNT } from '../money/amount.ts';
import { formatAmount } from '../money/format-amount.ts';
import type { Item } from '../spend/itemised-totals.ts';
import type { Instant } from '../time/instant.ts';
import type { UtcDay } from '../time/utc-day.ts';
import type { Alert, Contributor } from './alert.ts';
import { alertId, correctionId } from './alert-key.ts';
import type { Observation } from './evaluate.ts';
import { heardOn, type KnowsRoute } from './heard-on.ts';
import type { Pace } from './pace.ts';
import type { Intent } from './plan-alerts.ts';
import { severityOf } from './severity.ts';
import { NO_MEMBER } from './spent-by-member.ts';

const TOP_CONTRIBUTORS = 3;

export interface AlertFacts {
  readonly tick: Instant;
  readonly completeThrough: UtcDay | null;
  /** The period's spend broken down; only the parts in the alert's scope are named. */
  readonly items: readonly Item[];
  /** The same of the period before, as far into it; `null`: not all of it is known. */
  readonly previousItems: readonly Item[] | null;
  readonly pace: Pace | null;
  readonly knowsRoute: KnowsRoute;
  /** Project id → name. */
  readonly projectNames: ReadonlyMap<string, string>;
}

export function alertOfIntent(intent: Intent, facts: AlertFacts): Alert {
  const { observation, threshold } = intent;
  const { budget, period, member } = observation;
  const projects = projectsOf(observation);
  const isCorrection = intent.reason === 'correction';
  const id = alertId(budget, period, member, threshold.amount);
  return {
    id: isCorrection ? correctionId(id) : id,
    budgetId: budget.id,
    budgetName: budget.name,
    member,
    scope: scopeOf(observation),
    names: Object.fromEntries(
      (projects ?? []).flatMap((id) => {
        const name = facts.projectNames.get(id);
        return name === undefined ? [] : [[id, name]];
      }),
    ),
    measure: budget.measure.name,
    unit: budget.measure.unit,
    period,
    limit: formatAmount(budget.limit),
    spent: formatAmount(observation.spent),
    threshold: threshold.label,
    thresholdAmount: formatAmount(threshold.amount),
    supersedes: intent.supersedes.map(({ label, amount }) => ({
      threshold: label,
      amount: formatAmount(amount),
    })),
    reason: intent.reason,
    severity: isCorrection ? 'info' : (threshold.severity ?? severityOf(threshold.amount, budget.limit)),
    late: !observation.open,
    labels: budget.labels,
    asOf: facts.tick,
    completeThrough: facts.completeThrough,
    contributors: contributorsOf(projects, facts),
    pace: observation.open && facts.pace !== null ? paceTexts(facts.pace) : null,
    routes: heardOn(budget, [threshold, ...intent.supersedes], facts.knowsRoute),
  };
}

function paceTexts({ perDay, byEnd }: Pace) {
  return { perDay: formatAmount(perDay), byEnd: formatAmount(byEnd) };
}

/** The scope as people see it: a single value as text, the one member of an `each` budget. */
export function scopeOf({ budget, member }: Observation): Record<string, string | readonly string[]> {
  if (budget.each !== null && member !== NO_MEMBER) return { [budget.each]: member };
  return Object.fromEntries(
    Object.entries(budget.scope).map(([dimension, values]) => {
      const [only, ...others] = values;
      return [dimension, only !== undefined && others.length === 0 ? only : values];
    }),
  );
}

/** `null`: the whole organization. */
function projectsOf({ budget, member }: Observation): readonly string[] | null {
  return budget.each === null ? (budget.scope.project ?? null) : [member];
}

function contributorsOf(projects: readonly string[] | null, facts: AlertFacts): Contributor[] {
  const severalProjects = projects === null || projects.length > 1;
  const previousOf = (projectId: string | null, item: string | null): string | null => {
    if (facts.previousItems === null) return null;
    const same = facts.previousItems.find((other) => other.projectId === projectId && other.item === item);
    return formatAmount(same?.amount ?? ZERO_AMOUNT);
  };
  return facts.items
    .filter(({ projectId, amount }) => {
      return amount > 0n && (projects === null || projects.includes(projectId ?? UNATTRIBUTED));
    })
    .sort((a, b) => compareAmounts(b.amount, a.amount))
    .slice(0, TOP_CONTRIBUTORS)
    .map(({ projectId, item, amount }) => {
      const project = projectId === null ? UNATTRIBUTED : (facts.projectNames.get(projectId) ?? projectId);
      const label = item ?? 'not itemised';
      return {
        label: severalProjects ? `${project}: ${label}` : label,
        amount: formatAmount(amount),
        previous: previousOf(projectId, item),
      };
    });
}
