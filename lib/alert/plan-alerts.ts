// Decides what has to be said: observations against what was said before, each intent with its reason.
import type { Threshold } from '../budget/budget.ts';
import { formatAmount } from '../money/format-amount.ts';
import type { AlertReason } from './alert.ts';
import { announcementKey, shapeOf, shardOf } from './alert-key.ts';
import type { Observation } from './evaluate.ts';
import { type Latch, type LatchKey, latchEndOf } from './latch.ts';
import { indexSpoken, type Spoken } from './spoken.ts';

export interface Intent {
  readonly observation: Observation;
  readonly latchKey: LatchKey;
  readonly threshold: Threshold;
  /** Lower thresholds, unsaid so far, that this one speaks for; ascending. */
  readonly supersedes: readonly Threshold[];
  readonly reason: AlertReason;
  /** All of it is recorded as suppressed already: while the silence lasts there is nothing to write. */
  readonly suppressedBefore: boolean;
}

/** Same inputs, same intents; none once the ledger has recorded them. At most one intent per budget, period and member. */
export function planAlerts(observations: readonly Observation[], latches: readonly Latch[]): Intent[] {
  const spokenOf = indexSpoken(latches);
  return observations.flatMap((observation): Intent[] => {
    const { budget, period, member, memberCount } = observation;
    if (observation.reached.length === 0) return [];
    const key = { periodEnd: latchEndOf(period), budgetId: budget.id, shape: shapeOf(budget) };
    const spoken = spokenOf(key, member);
    const unsaid = observation.reached.filter(
      ({ amount }) => !spoken.said.has(announcementKey(budget.limit, amount)),
    );
    const threshold = unsaid.at(-1);
    if (threshold === undefined) return [];
    return [
      {
        observation,
        latchKey: { ...key, shard: shardOf(member, memberCount, budget.thresholds.length) },
        threshold,
        supersedes: unsaid.slice(0, -1),
        reason: reasonFor(observation, threshold, unsaid, spoken),
        suppressedBefore: unsaid.every(({ amount }) => {
          return spoken.suppressed.has(announcementKey(budget.limit, amount));
        }),
      },
    ];
  });
}

function reasonFor(
  { budget, limitJustLowered }: Observation,
  threshold: Threshold,
  unsaid: readonly Threshold[],
  { said, suppressed }: Spoken,
): AlertReason {
  const keyOf = ({ amount }: Threshold) => announcementKey(budget.limit, amount);
  if (unsaid.some((lower) => suppressed.has(keyOf(lower)))) return 'silence-expired';
  if (said.size === 0) return limitJustLowered ? 'limit-changed' : 'first-breach';
  const limit = `${formatAmount(budget.limit)}:`;
  if (![...said].some((key) => key.startsWith(limit))) return 'limit-changed';
  const lowerWasSaid = budget.thresholds.some(
    (lower) => lower.amount < threshold.amount && said.has(keyOf(lower)),
  );
  return lowerWasSaid ? 'higher-threshold' : 'first-breach';
}
