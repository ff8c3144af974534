// Fixes an intent as an alert: the facts as they are now, which is how they will be sent whenever they are sent.

import { type ScopeDimension, UNATTRIBUTED } from '../budget/budget.ts';
import { isPattern, matcherOf } from '../budget/scope-match.ts';
import { ascending } from '../lists/ascending.ts';
import { elementAt } from '../lists/element-at.ts';
import { sumAmounts } from '../money/amount.ts';
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
  /** Id → name, of whatever dimension. */
  readonly names: ReadonlyMap<string, string>;
}

export function alertOfIntent(intent: Intent, facts: AlertFacts): Alert {
  const { observation, threshold } = intent;
  const { budget, period, member } = observation;
  const isCorrection = intent.reason === 'correction';
  const id = alertId(budget, period, member, threshold.amount);
  return {
    id: isCorrection ? correctionId(id) : id,
    budgetId: budget.id,
    budgetName: budget.name,
    member,
    scope: scopeOf(observation),
    names: Object.fromEntries(
      [...membersInScope(observation).values()].flat().flatMap((id) => {
        const name = facts.names.get(id);
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
    // A correction's too: whoever chose by it to hear the alert is to hear that it no longer holds.
    severity: threshold.severity ?? severityOf(threshold.amount, budget.limit),
    late: !observation.open,
    labels: budget.labels,
    asOf: facts.tick,
    completeThrough: facts.completeThrough,
    contributors: contributorsOf(observation, facts),
    pace: observation.open && facts.pace !== null ? paceTexts(facts.pace) : null,
    routes: heardOn(budget, [threshold, ...intent.supersedes], facts.knowsRoute),
  };
}

function paceTexts({ perDay, byEnd }: Pace) {
  return { perDay: formatAmount(perDay), byEnd: formatAmount(byEnd) };
}

/** The scope as people see it: a single value as text, the one member of an `each` budget among them. */
export function scopeOf(observation: Observation): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    [...membersInScope(observation)].map(([dimension, values]) => {
      return [dimension, values.length === 1 ? elementAt(values, 0) : values];
    }),
  );
}

/** The budget's scope, and the one member of an `each` budget; empty: the whole organization. */
function membersInScope({ budget, member }: Observation): Map<ScopeDimension, readonly string[]> {
  const scope = new Map(Object.entries(budget.scope) as [ScopeDimension, readonly string[]][]);
  if (budget.each !== null) scope.set(budget.each, [member]);
  return scope;
}

/** A level is no sum of parts: nobody would know of which day they were. */
function contributorsOf(observation: Observation, facts: AlertFacts): Contributor[] {
  const { items, previousItems, names } = facts;
  if (observation.budget.measure.isLevel) return [];
  const scope = [...membersInScope(observation)].map(([dimension, values]) => {
    return { dimension, matches: matcherOf(values) };
  });
  const previousOf = ({ members }: Item): string | null => {
    if (previousItems === null) return null;
    const same = previousItems.filter((other) => isSameItem(other, members));
    return formatAmount(sumAmounts(same.map(({ amount }) => amount)));
  };
  return items
    .filter(({ members, amount }) => {
      const inScope = scope.every(({ dimension, matches }) => matches(members.get(dimension) ?? null));
      return inScope && amount > 0n;
    })
    .sort((a, b) => ascending(b.amount, a.amount))
    .slice(0, TOP_CONTRIBUTORS)
    .flatMap((item): Contributor[] => {
      const open = [...item.members].filter(([dimension]) => !isSingle(observation, dimension));
      const label = open.map(([dimension, member]) => memberText(dimension, member, names)).join(': ');
      if (label === '') return [];
      return [{ label, amount: formatAmount(item.amount), previous: previousOf(item) }];
    });
}

function isSameItem(item: Item, members: Item['members']): boolean {
  return [...members].every(([dimension, member]) => item.members.get(dimension) === member);
}

/** All of an alert's spend has one and the same member of the dimension, which its scope names already. */
function isSingle(observation: Observation, dimension: ScopeDimension): boolean {
  const values = membersInScope(observation).get(dimension) ?? [];
  return values.length === 1 && !isPattern(elementAt(values, 0));
}

function memberText(
  dimension: ScopeDimension,
  member: string | null,
  names: ReadonlyMap<string, string>,
): string {
  if (member !== null) return names.get(member) ?? member;
  return dimension === 'line_item' || dimension === 'model' ? 'not itemised' : UNATTRIBUTED;
}
