// Breaks a period's spend down by project and by line item or model, for the few lines that say where it went.
import { type Amount, addAmounts, ZERO_AMOUNT } from '../money/amount.ts';
import type { UtcDay } from '../time/utc-day.ts';
import { BUDGET_CURRENCY, type Measure } from './measure.ts';
import type { SpendSnapshot } from './spend-store.ts';

export interface Item {
  readonly projectId: string | null;
  /** The line item of costs, the model of usage. */
  readonly item: string | null;
  readonly amount: Amount;
}

/** A second pass over the rows, made only when there is something to say. Other currencies are left out, as in sums. */
export function itemisedTotals(
  snapshot: SpendSnapshot,
  days: Iterable<UtcDay>,
  measure: Measure,
): readonly Item[] {
  const itemDimension = measure.kind === 'costs' ? 'line_item' : 'model';
  const items = new Map<string, Item>();
  for (const day of days) {
    for (const table of snapshot.tablesOf(day) ?? []) {
      const valueAt = (name: string, row: number): string | null => {
        const column = table.dimensions.get(name);
        return column?.values[column.index[row] ?? 0] ?? null;
      };
      for (let row = 0; row < table.rowCount; row += 1) {
        if (measure.kind === 'costs' && valueAt('currency', row) !== BUDGET_CURRENCY) continue;
        const projectId = valueAt('project_id', row);
        const item = valueAt(itemDimension, row);
        const key = JSON.stringify([projectId, item]);
        let amount = items.get(key)?.amount ?? ZERO_AMOUNT;
        for (const field of measure.fields) {
          const value = table.measures.get(field)?.[row];
          if (value != null) amount = addAmounts(amount, value);
        }
        items.set(key, { projectId, item, amount });
      }
    }
  }
  return [...items.values()];
}
