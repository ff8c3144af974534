// Sums the rows of one day by whatever dimensions are asked for: column by column, since a month may have millions of rows.
import { elementAt } from '../lists/element-at.ts';
import { type Amount, addAmounts } from '../money/amount.ts';
import type { AmountColumn } from '../money/amount-column.ts';
import { addColumn, type GroupSums, NO_GROUP, newGroupSums, sumOfGroup } from '../money/group-sums.ts';
import type { GroupDimension } from './catalogue.ts';
import type { DayTable } from './day-table.ts';
import type { DimensionColumn } from './dimension-column.ts';
import { BUDGET_CURRENCY, type Measure } from './measure.ts';
import type { ProjectFilter } from './project-filter.ts';

/** What one combination of members comes to. */
export interface Group {
  /** In the order of the series' dimensions; `null`: not attributed. */
  readonly members: readonly (string | null)[];
  readonly amount: Amount;
}

/** By `groupKey`. Only combinations with a row are here. */
export type Groups = ReadonlyMap<string, Group>;

export interface DayTotals {
  readonly groups: Groups;
  /** Rows for which OpenAI did not send the measure: the sums are then lower bounds. */
  readonly unknownRows: number;
  /** Rows in another currency, which are not in the sums. */
  readonly otherCurrencyRows: number;
  /** The projects that the day was read for. */
  readonly projects: ProjectFilter;
}

export function groupKey(members: readonly (string | null)[]): string {
  return JSON.stringify(members);
}

export function dayTotals(
  tables: readonly DayTable[],
  measure: Measure,
  dimensions: readonly GroupDimension[],
): Omit<DayTotals, 'projects'> {
  const groups = new Map<string, Group>();
  let unknownRows = 0;
  let otherCurrencyRows = 0;
  for (const table of tables) {
    const rows = groupedRows(table, dimensions);
    const { sums, unknown } = sumsOf(table, measure, rows);
    unknownRows += unknown;
    otherCurrencyRows += rows.otherCurrency;
    for (const [group, members] of rows.membersOf.entries())
      addToGroup(groups, members, sumOfGroup(sums, group));
  }
  return { groups, unknownRows, otherCurrencyRows };
}

export function addToGroup(
  groups: Map<string, Group>,
  members: readonly (string | null)[],
  amount: Amount,
): void {
  const key = groupKey(members);
  const before = groups.get(key);
  groups.set(
    key,
    before === undefined ? { members, amount } : { members, amount: addAmounts(before.amount, amount) },
  );
}

type MaybeColumn = AmountColumn | undefined;

/** A split that OpenAI did not send is unknown, not 0: of such a row counts what is known. */
function sumsOf(
  table: DayTable,
  { fields, otherwise }: Measure,
  { groupOf, membersOf }: GroupedRows,
): { readonly sums: GroupSums; readonly unknown: number } {
  const sums = newGroupSums(membersOf.length);
  const columns = fields.map((field) => table.measures.get(field));
  const unknown = unknownRows(columns, groupOf);
  const parts = otherwise === null ? [] : [otherwise.from, ...otherwise.minus];
  const partColumns = parts.map((field) => table.measures.get(field));
  const rests = otherwise === null ? [] : unknown.filter((row) => isKnown(partColumns, row));

  const [groupOfRests, groupOfFields] = rests.length === 0 ? [null, groupOf] : parted(groupOf, rests);
  for (const column of columns) if (column !== undefined) addColumn(sums, column, groupOfFields);
  for (const [part, column] of partColumns.entries()) {
    if (groupOfRests !== null && column !== undefined)
      addColumn(sums, column, groupOfRests, part === 0 ? 1 : -1);
  }
  return { sums, unknown: unknown.length - rests.length };
}

/** The groups of these rows only, and those of all others. */
function parted(groupOf: Int32Array, rows: readonly number[]): [Int32Array, Int32Array] {
  const ofRows = new Int32Array(groupOf.length).fill(NO_GROUP);
  const ofOthers = groupOf.slice();
  for (const row of rows) {
    ofRows[row] = elementAt(groupOf, row);
    ofOthers[row] = NO_GROUP;
  }
  return [ofRows, ofOthers];
}

/** Rows of a group of which a column is not known. */
function unknownRows(columns: readonly MaybeColumn[], groupOf: Int32Array): number[] {
  if (columns.every((column) => column?.unknown.size === 0)) return [];
  const rows: number[] = [];
  for (const [row, group] of groupOf.entries()) {
    if (group !== NO_GROUP && !isKnown(columns, row)) rows.push(row);
  }
  return rows;
}

function isKnown(columns: readonly MaybeColumn[], row: number): boolean {
  return columns.every((column) => column?.unknown.has(row) === false);
}

interface GroupedRows {
  /** By row; `NO_GROUP` where it is in another currency. */
  readonly groupOf: Int32Array;
  /** By group. */
  readonly membersOf: readonly (readonly (string | null)[])[];
  /** Rows in another currency. */
  readonly otherCurrency: number;
}

/** Numbers the combinations of members that a table has rows of, so that texts are made once for each and not for each row. */
function groupedRows(table: DayTable, dimensions: readonly GroupDimension[]): GroupedRows {
  const columns = dimensions.map((dimension) => table.dimensions.get(dimension));
  const isOther = inOtherCurrency(table);
  const places = placesOf(table.rowCount, columns);
  const groupOf = new Int32Array(table.rowCount);
  const groupAt = new Map<number, number>();
  const membersOf: (string | null)[][] = [];
  let otherCurrency = 0;
  for (let row = 0; row < groupOf.length; row += 1) {
    if (isOther(row)) {
      groupOf[row] = NO_GROUP;
      otherCurrency += 1;
      continue;
    }
    const place = elementAt(places, row);
    let group = groupAt.get(place);
    if (group === undefined) {
      group = membersOf.push(membersAt(columns, row)) - 1;
      groupAt.set(place, group);
    }
    groupOf[row] = group;
  }
  return { groupOf, membersOf, otherCurrency };
}

/** By row, its positions in the dictionaries as digits of one number. */
function placesOf(rowCount: number, columns: readonly (DimensionColumn | undefined)[]): Float64Array {
  const places = new Float64Array(rowCount);
  for (const column of columns) {
    if (column === undefined) continue;
    const { index, values } = column;
    for (let row = 0; row < rowCount; row += 1)
      places[row] = (places[row] ?? Number.NaN) * values.length + (index[row] ?? Number.NaN);
  }
  return places;
}

/** Nobody where the table lacks the dimension. */
function membersAt(columns: readonly (DimensionColumn | undefined)[], row: number): (string | null)[] {
  return columns.map((column) =>
    column === undefined ? null : elementAt(column.values, elementAt(column.index, row)),
  );
}

/** Of tables without currencies no row is. */
function inOtherCurrency(table: DayTable): (row: number) => boolean {
  const currency = table.dimensions.get('currency');
  if (currency === undefined || currency.values.every((value) => value === BUDGET_CURRENCY))
    return () => false;
  return (row) => elementAt(currency.values, elementAt(currency.index, row)) !== BUDGET_CURRENCY;
}
