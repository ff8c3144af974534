// Breaks a period's spend down by all that its dataset is grouped by, for the few lines that say where it went.
import type { Amount } from '../money/amount.ts';
import type { CalendarDate } from '../time/calendar-date.ts';
import type { Instant } from '../time/instant.ts';
import type { Dataset } from './dataset.ts';
import { addToGroup, dayTotals, type Group } from './day-totals.ts';
import { type DimensionWord, wordOfField } from './dimension-word.ts';
import type { Measure } from './measure.ts';
import type { SpendSnapshot } from './spend-store.ts';
import { tablesOfDate } from './tables-of-date.ts';

export interface Item {
  /** Dimension → member, in the order of the dataset's grouping; `null`: not attributed, or not itemised. */
  readonly members: ReadonlyMap<DimensionWord, string | null>;
  readonly amount: Amount;
}

/** What is broken down, and by whose days. */
export interface Itemised {
  readonly snapshot: SpendSnapshot;
  readonly measure: Measure;
  readonly dataset: Dataset;
  /** IANA. */
  readonly dayZone: string;
  readonly tick: Instant;
}

/** A second pass over the rows, made only when there is something to say. Other currencies are left out, as in sums. */
export function itemisedTotals(
  { snapshot, measure, dataset: { grouping }, dayZone, tick }: Itemised,
  days: Iterable<CalendarDate>,
): readonly Item[] {
  const items = new Map<string, Group>();
  for (const day of days) {
    const { groups } = dayTotals(tablesOfDate(snapshot, day, dayZone, tick) ?? [], measure, grouping);
    for (const { members, amount } of groups.values()) addToGroup(items, members, amount);
  }
  const words = grouping.map(wordOfField);
  return [...items.values()].map(({ members, amount }) => ({
    members: new Map(words.map((word, position) => [word, members[position] ?? null])),
    amount,
  }));
}
