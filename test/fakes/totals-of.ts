// Sums of days in tests: project → amount, as the one pass over a snapshot gives them.
import type { Amount } from '../../lib/money/amount.ts';
import { type DayTotals, groupKey } from '../../lib/spend/day-totals.ts';

/** `null`: what has no project. */
export function projectTotals(amounts: Iterable<readonly [string | null, Amount]>): DayTotals {
  const groups = new Map(
    [...new Map(amounts)].map(([project, amount]) => [groupKey([project]), { members: [project], amount }]),
  );
  return { groups, unknownRows: 0, otherCurrencyRows: 0, projects: null };
}
