// Breaks a period's spend down by all that its dataset is grouped by, for the few lines that say where it went.
import type { Amount } from '../money/amount.ts';
import type { UtcDay } from '../time/utc-day.ts';
import { addToGroup, dayTotals, type Group } from './daily-totals.ts';
import type { Dataset } from './dataset.ts';
import { type DimensionWord, wordOfField } from './dimension-word.ts';
import type { Measure } from './measure.ts';
import type { SpendSnapshot } from './spend-store.ts';

export interface Item {
  /** Dimension → member, in the order of the dataset's grouping; `null`: not attributed, or not itemised. */
  readonly members: ReadonlyMap<DimensionWord, string | null>;
  readonly amount: Amount;
}

/** A second pass over the rows, made only when there is something to say. Other currencies are left out, as in sums. */
export function itemisedTotals(
  snapshot: SpendSnapshot,
  days: Iterable<UtcDay>,
  measure: Measure,
  { grouping }: Dataset,
): readonly Item[] {
  const items = new Map<string, Group>();
  for (const day of days) {
    const { groups } = dayTotals(snapshot.tablesOf(day) ?? [], measure, grouping);
    for (const { members, amount } of groups.values()) addToGroup(items, members, amount);
  }
  const words = grouping.map(wordOfField);
  return [...items.values()].map(({ members, amount }) => ({
    members: new Map(words.map((word, position) => [word, members[position] ?? null])),
    amount,
  }));
}
