// The rows of one UTC day in columns: what is stored, hashed and summed.

import { ascending } from '../lists/ascending.ts';
import { elementAt } from '../lists/element-at.ts';
import { type Amount, addAmounts } from '../money/amount.ts';
import type { SourceRow } from './usage-source.ts';

/** Row `r` has the value `values[index[r]]`. */
export interface DimensionColumn {
  readonly values: readonly (string | null)[];
  readonly index: readonly number[];
}

/** No two rows agree in all dimensions; rows stand in the order of their dimensions. */
export interface DayTable {
  readonly rowCount: number;
  readonly dimensions: ReadonlyMap<string, DimensionColumn>;
  /** A value is `null` where OpenAI did not say: unknown, which is not 0. A column of nothing but null is absent. */
  readonly measures: ReadonlyMap<string, readonly (Amount | null)[]>;
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
        columnOf(ordered.map((row) => row.dimensions[position] ?? null)),
      ]),
    ),
    measures: new Map(
      measureNames
        .map((name, position) => [name, ordered.map((row) => row.values[position] ?? null)] as const)
        .filter(([, values]) => values.some((value) => value !== null)),
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
        { values, index: rows.map((row) => elementAt(index, row)) },
      ]),
    ),
    measures: new Map(
      [...table.measures].map(([name, values]) => [name, rows.map((row) => elementAt(values, row))]),
    ),
  };
}

/** Rows `from` up to but not including `until`, with dictionaries of their own. */
export function sliceOfTable(table: DayTable, from: number, until: number): DayTable {
  return {
    rowCount: Math.min(until, table.rowCount) - from,
    dimensions: new Map(
      [...table.dimensions].map(([name, column]) => [
        name,
        columnOf(column.index.slice(from, until).map((at) => elementAt(column.values, at))),
      ]),
    ),
    measures: new Map([...table.measures].map(([name, values]) => [name, values.slice(from, until)])),
  };
}

/** A known value stays when the other is unknown: the sum is then a lower bound. */
function sumOf(a: SourceRow, b: SourceRow): SourceRow {
  return {
    dimensions: a.dimensions,
    values: a.values.map((value, position) => {
      const other = b.values[position] ?? null;
      if (value === null) return other;
      return other === null ? value : addAmounts(value, other);
    }),
  };
}

function columnOf(values: readonly (string | null)[]): DimensionColumn {
  const positions = new Map<string | null, number>();
  const index = values.map((value) => {
    const known = positions.get(value);
    if (known !== undefined) return known;
    positions.set(value, positions.size);
    return positions.size - 1;
  });
  return { values: [...positions.keys()], index };
}
