// The amounts of a column, row by row.
import type { Amount } from '../../lib/money/amount.ts';
import { type AmountColumn, amountAt } from '../../lib/money/amount-column.ts';

/** None of a column that is not there. */
export function amountsOfColumn(column: AmountColumn | undefined): (Amount | null)[] {
  return column === undefined ? [] : Array.from({ length: column.length }, (_, row) => amountAt(column, row));
}
