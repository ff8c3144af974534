// Decides when to take something back: a breach that was announced and that OpenAI has since restated away for good.

import type { Threshold } from '../budget/budget.ts';
import { ascending } from '../lists/ascending.ts';
import { elementAt } from '../lists/element-at.ts';
import type { Amount } from '../money/amount.ts';
import { formatAmount, readFormattedAmount } from '../money/format-amount.ts';
import { type Instant, instantOfEpochMs } from '../time/instant.ts';
import { shapeOf } from './alert-key.ts';
import type { Observation } from './evaluate.ts';
import { isFarBelow } from './far-below.ts';
import { type Announcement, type Latch, latchEndOf, latchGroup } from './latch.ts';
import type { Intent } from './plan-alerts.ts';

/** Whether no day of an observation's period has changed for as long as that, as far as anybody has looked since. */
export type HasStood = (observation: Observation, announcedAt: Instant) => boolean;

/**
 * One correction for each member, for all thresholds that no longer hold: they were announced, the amount is now below
 * them by more than 1 % of the limit, and no day of the period has changed for three days. A day that still grows keeps
 * its period from being corrected, so in practice these are days and months that have ended. A rolling window falls
 * below its thresholds by itself, which takes nothing back.
 */
export function planCorrections(
  observations: readonly Observation[],
  latches: readonly Latch[],
  hasStood: HasStood,
): Intent[] {
  const latchesOf = Map.groupBy(latches, ({ key }) => latchGroup(key));
  return observations.flatMap((observation): Intent[] => {
    const { budget, period, member } = observation;
    const periodEnd = latchEndOf(period);
    if (periodEnd === null) return [];
    const shape = shapeOf(budget);
    const own = latchesOf.get(latchGroup({ periodEnd, budgetId: budget.id, shape })) ?? [];
    const said = lastSaid(own, member);
    const gone = restatedAway(said, observation);
    const highest = gone.at(-1);
    if (highest === undefined || own.some(({ claim }) => isClaimed(claim, member))) return [];
    if (!hasStood(observation, newestOf(said.values()))) return [];
    const home = elementAt(
      own.filter(({ announced }) => announced.has(member)),
      0,
    );
    return [
      {
        observation,
        latchKey: home.key,
        threshold: highest,
        supersedes: gone.slice(0, -1),
        reason: 'correction',
        suppressedBefore: false,
      },
    ];
  });
}

/** A member may have moved from one latch to another: of each threshold, what was said of it last counts. */
function lastSaid(latches: readonly Latch[], member: string): ReadonlyMap<string, Announcement> {
  const said = latches.flatMap(({ announced }) => [...(announced.get(member) ?? NOTHING)]);
  return new Map(said.sort(([, a], [, b]) => ascending(a.at, b.at)));
}

const NOTHING: ReadonlyMap<string, Announcement> = new Map();

/** Ascending. */
function restatedAway(
  said: ReadonlyMap<string, Announcement>,
  { budget, spent }: Pick<Observation, 'budget' | 'spent'>,
): Threshold[] {
  const limit = `${formatAmount(budget.limit)}:`;
  return [...said]
    .filter(([key, { state }]) => key.startsWith(limit) && wasSaid(state))
    .flatMap(([key]) => {
      const amount = readFormattedAmount(key.slice(limit.length));
      return amount === null || !isFarBelow(spent, amount, budget.limit) ? [] : [amount];
    })
    .sort((a, b) => ascending(a, b))
    .map((amount) => ({ amount, label: labelOf(amount, budget.thresholds) }));
}

function wasSaid(state: Announcement['state']): boolean {
  return state === 'announced' || state === 'superseded';
}

function newestOf(announcements: Iterable<Announcement>): Instant {
  return instantOfEpochMs(Math.max(...Array.from(announcements, ({ at }) => at)));
}

function isClaimed(claim: Latch['claim'], member: string): boolean {
  return claim?.alerts.some(({ alert }) => alert.member === member) ?? false;
}

/** As it is declared today; a threshold that is declared no more has only its amount. */
function labelOf(amount: Amount, thresholds: readonly Threshold[]): string {
  return thresholds.find((threshold) => threshold.amount === amount)?.label ?? formatAmount(amount);
}
