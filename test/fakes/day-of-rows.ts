// Days of cost or token rows in tests, written as short lists.
import { datasetOf, rowDimensions, rowMeasures } from '../../lib/spend/dataset.ts';
import { type DayTable, dayTableOf } from '../../lib/spend/day-table.ts';
import type { SourceRow } from '../../lib/spend/usage-source.ts';
import { amountOf } from './amount-of.ts';

/** `[project, line item, amount, currency = usd]` */
export type CostRow = readonly [string | null, string | null, string | null, string?];

export function costRow([project, lineItem, amount, currency = 'usd']: CostRow): SourceRow {
  return { dimensions: [project, lineItem, currency], values: [amount === null ? null : amountOf(amount)] };
}

export function costDay(rows: readonly CostRow[]): DayTable {
  const dataset = datasetOf('costs');
  return dayTableOf(rowDimensions(dataset), rowMeasures(dataset), rows.map(costRow));
}

/** `[project, model, { field: tokens }]`; fields that are not named were not sent. */
export type UsageRow = readonly [string | null, string | null, Readonly<Record<string, number>>];

export function usageRow([project, model, fields]: UsageRow): SourceRow {
  const measures = rowMeasures(datasetOf('completions'));
  return {
    dimensions: [project, model],
    values: measures.map((name) => {
      const value = fields[name];
      return value === undefined ? null : amountOf(String(value));
    }),
  };
}

export function usageDay(rows: readonly UsageRow[]): DayTable {
  const dataset = datasetOf('completions');
  return dayTableOf(rowDimensions(dataset), rowMeasures(dataset), rows.map(usageRow));
}
