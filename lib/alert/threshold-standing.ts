// Where a member of a budget stands: which thresholds are reached, what was said of each, and which would speak next.
import type { Threshold } from '../budget/budget.ts';
import { type Silence, silencesOver } from '../budget/silence.ts';
import { type Amount, subtractAmounts } from '../money/amount.ts';
import { formatAmount } from '../money/format-amount.ts';
import type { Instant } from '../time/instant.ts';
import { shapeOf } from './alert-key.ts';
import type { Observation } from './evaluate.ts';
import { type Latch, latchEndOf } from './latch.ts';
import { type LedgerEntry, ledgerEntries } from './ledger-entries.ts';
import { planAlerts } from './plan-alerts.ts';

export interface ThresholdStanding {
  readonly threshold: Threshold;
  readonly reached: boolean;
  /** The newest that the ledger holds about it, under the present limit. */
  readonly entry: LedgerEntry | null;
}

export interface Standing {
  readonly observation: Observation;
  /** Ascending. */
  readonly thresholds: readonly ThresholdStanding[];
  /** The longest first; only the first of them decides. */
  readonly silences: readonly Silence[];
  /** Reached and unsaid: the next check says it, or, under a silence, the first check after that. */
  readonly due: Threshold | null;
  /** The lowest threshold that is neither reached nor said, and how much more reaches it; 0: anything more does. */
  readonly next: { readonly threshold: Threshold; readonly missing: Amount } | null;
}

/** By the same plan as a check, so that what is explained is what will happen. */
export function standingsOf(
  observations: readonly Observation[],
  latches: readonly Latch[],
  silences: readonly Silence[],
  tick: Instant,
): Standing[] {
  const due = new Map(
    planAlerts(observations, latches).map(({ observation, threshold }) => [observation, threshold]),
  );
  const entriesOf = Map.groupBy(ledgerEntries(latches), ({ key, member }) =>
    groupOf(key.periodEnd, key.budgetId, key.shape, member),
  );
  return observations.map((observation) => {
    const { budget, period, member, reached, spent } = observation;
    const limit = formatAmount(budget.limit);
    const entries = (
      entriesOf.get(groupOf(latchEndOf(period), budget.id, shapeOf(budget), member)) ?? []
    ).filter((entry) => entry.limit === limit);
    const thresholds = budget.thresholds.map((threshold): ThresholdStanding => {
      const amount = formatAmount(threshold.amount);
      const own = entries.filter(({ thresholdAmount }) => thresholdAmount === amount);
      return { threshold, reached: reached.includes(threshold), entry: newest(own) };
    });
    const next = thresholds.find((standing) => !standing.reached && !isSaid(standing.entry))?.threshold;
    return {
      observation,
      thresholds,
      silences: silencesOver(silences, budget.id, member, tick),
      due: due.get(observation) ?? null,
      next: next === undefined ? null : { threshold: next, missing: subtractAmounts(next.amount, spent) },
    };
  });
}

function isSaid(entry: LedgerEntry | null): boolean {
  return entry !== null && entry.state !== 'suppressed';
}

/** What is on its way is newer than what it will replace. */
function newest(entries: readonly LedgerEntry[]): LedgerEntry | null {
  return entries.reduce<LedgerEntry | null>((latest, entry) => {
    if (latest === null || entry.state === 'claimed') return entry;
    return latest.state !== 'claimed' && entry.at > latest.at ? entry : latest;
  }, null);
}

function groupOf(periodEnd: Instant | null, budgetId: string, shape: string, member: string): string {
  return JSON.stringify([periodEnd, budgetId, shape, member]);
}
