// The rows of one UTC day in columns: what is stored, hashed and summed.

import { ascending } from '../lists/ascending.ts';
import { elementAt } from '../lists/element-at.ts';
import { type Amount, addAmounts, amountOfInteger } from '../money/amount.ts';
import { type AmountColumn, amountColumn, rowsOfColumn } from '../money/amount-column.ts';
import { type DimensionColumn, dimensionColumn } from './dimension-column.ts';
import type { SourceRow, SourceValue } from './usage-source.ts';

/** No two rows agree in all dimensions; rows stand in the order of their dimensions. */
export interface DayTable {
  readonly rowCount: number;
  readonly dimensions: ReadonlyMap<string, DimensionColumn>;
  /** What OpenAI did not say is unknown. A column of which nothing is known is absent. */
  readonly measures: ReadonlyMap<string, AmountColumn>;
}

export const EMPTY_DAY: DayTable = { rowCount: 0, dimensions: new Map(), measures: new Map() };

/** Lays rows out as a table; rows that agree in all dimensions are added up, as OpenAI sends such rows at times. */
export function dayTableOf(
  dimensionNames: readonly string[],
  measureNames: readonly string[],
  rows: Iterable<SourceRow>,
): DayTable {
  const distinct = new Map<string, SourceRow>();
  for (const row of rows) {
    const key = JSON.stringify(row.dimensions);
    const before = distinct.get(key);
    distinct.set(key, before === undefined ? row : sumOf(before, row));
  }
  if (distinct.size === 0) return EMPTY_DAY;
  const ordered = [...distinct.entries()].sort(([a], [b]) => ascending(a, b)).map(([, row]) => row);
  return {
    rowCount: ordered.length,
    dimensions: new Map(
      dimensionNames.map((name, position) => [
        name,
        dimensionColumn(ordered.map((row) => row.dimensions[position] ?? null)),
      ]),
    ),
    measures: new Map(
      measureNames
        .map(
          (name, position) =>
            [name, amountColumn(ordered.map((row) => row.values[position] ?? null))] as const,
        )
        .filter(([, { length, unknown }]) => unknown.size < length),
    ),
  };
}

/** The rows at these positions; the dictionaries stay. */
export function tableOfRows(table: DayTable, rows: readonly number[]): DayTable {
  return {
    rowCount: rows.length,
    dimensions: new Map(
      [...table.dimensions].map(([name, { values, index }]) => [
        name,
        { values, index: Int32Array.from(rows, (row) => elementAt(index, row)) },
      ]),
    ),
    measures: new Map([...table.measures].map(([name, column]) => [name, rowsOfColumn(column, rows)])),
  };
}

/** Rows `from` up to but not including `until`, with dictionaries of their own. */
export function sliceOfTable(table: DayTable, from: number, until: number): DayTable {
  const rowCount = Math.min(until, table.rowCount) - from;
  const rows = Array.from({ length: rowCount }, (_, position) => from + position);
  return {
    rowCount,
    dimensions: new Map(
      [...table.dimensions].map(([name, column]) => [
        name,
        dimensionColumn(rows.map((row) => elementAt(column.values, elementAt(column.index, row)))),
      ]),
    ),
    measures: new Map([...table.measures].map(([name, column]) => [name, rowsOfColumn(column, rows)])),
  };
}

/** A known value stays when the other is unknown: the sum is then a lower bound. */
function sumOf(a: SourceRow, b: SourceRow): SourceRow {
  return {
    dimensions: a.dimensions,
    values: a.values.map((value, position) => {
      const other = b.values[position] ?? null;
      if (value === null) return other;
      return other === null ? value : addAmounts(exactly(value), exactly(other));
    }),
  };
}

/** Counts below 10^15 may add up to more than a number holds exactly. */
function exactly(value: SourceValue): Amount {
  return typeof value === 'number' ? amountOfInteger(value) : value;
}
