// The datasets that budgets look at now, with the days of each: the same for whoever reads, sums or examines them.
import type { SpendKind } from '../spend/catalogue.ts';
import type { Instant } from '../time/instant.ts';
import type { UtcDay } from '../time/utc-day.ts';
import type { StoredBudget } from './budget-store.ts';
import { neededDays } from './evaluated-periods.ts';
import { type NeededDataset, neededDatasets } from './needed-datasets.ts';

export interface DatasetToRead extends NeededDataset {
  /** At least one, with the instant since when a budget has asked for it. */
  readonly days: ReadonlyMap<UtcDay, Instant>;
}

/** In the order of `kinds`. A period that has not begun, or is long over, has nothing to be read for. */
export function datasetsToRead(
  budgets: readonly StoredBudget[],
  kinds: readonly SpendKind[],
  tick: Instant,
): DatasetToRead[] {
  return kinds
    .flatMap((kind) => neededDatasets(budgets, kind))
    .map((needed) => ({ ...needed, days: neededDays(needed.budgets, tick) }))
    .filter(({ days }) => days.size > 0);
}
