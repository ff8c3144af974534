// Sums a snapshot's rows once: per day and project for each measure, so that no budget has to look at a row.
import { type Amount, addAmounts, ZERO_AMOUNT } from '../money/amount.ts';
import type { UtcDay } from '../time/utc-day.ts';
import type { DayTable } from './day-table.ts';
import { BUDGET_CURRENCY, type Measure } from './measure.ts';
import type { SpendSnapshot } from './spend-store.ts';

export interface DayTotals {
  /** `project_id` (`null`: not attributed to a project) → amount. Only projects with a row are here. */
  readonly byProject: ReadonlyMap<string | null, Amount>;
  /** Rows for which OpenAI did not send the measure: the sums are then lower bounds. */
  readonly unknownRows: number;
  /** Rows in another currency, which are not in the sums. */
  readonly otherCurrencyRows: number;
}

export type MeasureTotals = ReadonlyMap<UtcDay, DayTotals>;

/** One pass over the stored rows of `days`, whatever the number of budgets. Days that the snapshot lacks are absent. */
export function dailyTotals(
  snapshot: SpendSnapshot,
  days: Iterable<UtcDay>,
  measures: readonly Measure[],
): ReadonlyMap<string, MeasureTotals> {
  const totals = new Map(measures.map(({ name }) => [name, new Map<UtcDay, DayTotals>()]));
  for (const day of days) {
    const tables = snapshot.tablesOf(day);
    if (tables === null) continue;
    for (const measure of measures) totals.get(measure.name)?.set(day, dayTotals(tables, measure));
  }
  return totals;
}

/** The sums of one day. */
export function dayTotals(tables: readonly DayTable[], measure: Measure): DayTotals {
  const byProject = new Map<string | null, Amount>();
  let unknownRows = 0;
  let otherCurrencyRows = 0;
  for (const table of tables) {
    const project = table.dimensions.get('project_id');
    const currency = table.dimensions.get('currency');
    const columns = measure.fields.map((field) => table.measures.get(field));
    const sums: Amount[] = [];
    for (let row = 0; row < table.rowCount; row += 1) {
      if (currency !== undefined && currency.values[currency.index[row] ?? 0] !== BUDGET_CURRENCY) {
        otherCurrencyRows += 1;
        continue;
      }
      let value = ZERO_AMOUNT;
      let unknown = false;
      for (const column of columns) {
        const part = column?.[row] ?? null;
        if (part === null) unknown = true;
        else value = addAmounts(value, part);
      }
      if (unknown) unknownRows += 1;
      const at = project?.index[row] ?? 0;
      sums[at] = addAmounts(sums[at] ?? ZERO_AMOUNT, value);
    }
    sums.forEach((sum, at) => {
      const id = project?.values[at] ?? null;
      byProject.set(id, addAmounts(byProject.get(id) ?? ZERO_AMOUNT, sum));
    });
  }
  return { byProject, unknownRows, otherCurrencyRows };
}
