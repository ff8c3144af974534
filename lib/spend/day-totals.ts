// Sums the rows of one day by whatever dimensions are asked for: column by column, since a month may have millions of rows.
import { elementAt } from '../lists/element-at.ts';
import { type Amount, addAmounts, subtractAmounts, ZERO_AMOUNT } from '../money/amount.ts';
import type { GroupDimension } from './catalogue.ts';
import type { DayTable } from './day-table.ts';
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
    const isOther = inOtherCurrency(table);
    const { values, unknown } = knownValues(table, measure);
    const { places, membersAt } = placesIn(table, dimensions);
    /** By place: texts are made once for each group and not for each row. */
    const sums = new Map<number, Amount>();
    for (let row = 0; row < table.rowCount; row += 1) {
      if (isOther(row)) {
        otherCurrencyRows += 1;
        continue;
      }
      if (unknown.has(row)) unknownRows += 1;
      const place = elementAt(places, row);
      const before = sums.get(place);
      const value = elementAt(values, row);
      sums.set(place, before === undefined ? value : addAmounts(before, value));
    }
    for (const [place, amount] of sums) addToGroup(groups, membersAt(place), amount);
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

/** Of tables without currencies no row is. */
function inOtherCurrency(table: DayTable): (row: number) => boolean {
  const currency = table.dimensions.get('currency');
  if (currency === undefined || currency.values.every((value) => value === BUDGET_CURRENCY))
    return () => false;
  return (row) => elementAt(currency.values, elementAt(currency.index, row)) !== BUDGET_CURRENCY;
}

interface KnownValues {
  /** By row, what is known of it. */
  readonly values: readonly Amount[];
  /** Rows of which a part is not known. */
  readonly unknown: ReadonlySet<number>;
}

/** A split that OpenAI did not send is unknown, not 0. */
function knownValues(table: DayTable, { fields, otherwise }: Measure): KnownValues {
  const columns = fields.map((field) => table.measures.get(field));
  const values: Amount[] = [];
  const unknown = new Set<number>();
  for (let row = 0; row < table.rowCount; row += 1) {
    let value = ZERO_AMOUNT;
    for (const column of columns) {
      const part = column?.[row] ?? null;
      if (part === null) unknown.add(row);
      else value = value === ZERO_AMOUNT ? part : addAmounts(value, part);
    }
    values.push(value);
  }
  if (otherwise === null) return { values, unknown };
  const from = table.measures.get(otherwise.from);
  const minus = otherwise.minus.map((field) => table.measures.get(field));
  for (const row of unknown) {
    let rest = from?.[row] ?? null;
    for (const column of minus) {
      const part = column?.[row] ?? null;
      rest = rest === null || part === null ? null : subtractAmounts(rest, part);
    }
    if (rest === null) continue;
    values[row] = rest;
    unknown.delete(row);
  }
  return { values, unknown };
}

interface Places {
  /** By row. */
  readonly places: Float64Array;
  membersAt(place: number): (string | null)[];
}

/** What a table without the column says of each row. */
const NOT_ATTRIBUTED: readonly (string | null)[] = [null];

/** Numbers the combinations of a table's members: positions in its dictionaries, as digits of one number. */
function placesIn(table: DayTable, dimensions: readonly GroupDimension[]): Places {
  const columns = dimensions.map((dimension) => table.dimensions.get(dimension));
  const places = new Float64Array(table.rowCount);
  for (const column of columns) {
    if (column === undefined) continue;
    const { index, values } = column;
    for (let row = 0; row < places.length; row += 1)
      places[row] = elementAt(places, row) * values.length + elementAt(index, row);
  }
  return {
    places,
    membersAt(place) {
      const members: (string | null)[] = [];
      let rest = place;
      for (const column of columns.toReversed()) {
        const values = column?.values ?? NOT_ATTRIBUTED;
        members.unshift(elementAt(values, rest % values.length));
        rest = Math.floor(rest / values.length);
      }
      return members;
    },
  };
}
