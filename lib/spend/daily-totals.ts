// Sums a snapshot's rows once for each shape: by day and by whatever dimensions budgets look at, so that none looks at a row.
import { type Amount, addAmounts, subtractAmounts, ZERO_AMOUNT } from '../money/amount.ts';
import type { CalendarDate } from '../time/calendar-date.ts';
import { type Instant, plusMs } from '../time/instant.ts';
import { endOfDay, startOfDay, type UtcDay } from '../time/utc-day.ts';
import { dateIn, UTC } from '../time/zone.ts';
import type { GroupDimension } from './catalogue.ts';
import type { DayTable } from './day-table.ts';
import { knownDate } from './known-date.ts';
import { BUDGET_CURRENCY, type Measure } from './measure.ts';
import type { ProjectFilter } from './project-filter.ts';
import type { SpendSnapshot } from './spend-store.ts';
import { tablesOfDate } from './tables-of-date.ts';

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

/** By days of the series' zone. */
export type MeasureTotals = ReadonlyMap<CalendarDate, DayTotals>;

/** A measure summed by some dimensions. */
export interface Series {
  /** Unique: `cost`, `cost by user`. */
  readonly key: string;
  readonly measure: Measure;
  readonly dimensions: readonly GroupDimension[];
  /** IANA. Its days are summed. */
  readonly dayZone: string;
}

export function groupKey(members: readonly (string | null)[]): string {
  return JSON.stringify(members);
}

/**
 * One pass over the stored rows of `days` for each series, whatever the number of budgets; by `key`. Dates that the
 * snapshot lacks, or knows in part only, are absent.
 */
export function dailyTotals(
  snapshot: SpendSnapshot,
  days: readonly UtcDay[],
  series: readonly Series[],
  instant: Instant,
): ReadonlyMap<string, MeasureTotals> {
  const totals = new Map(series.map(({ key }) => [key, new Map<CalendarDate, DayTotals>()]));
  for (const [zone, ofZone] of Map.groupBy(series, ({ dayZone }) => dayZone)) {
    const read = { fromDay: snapshot.fromDay, tablesOf: lastRemembered(snapshot.tablesOf) };
    for (const date of datesOf(zone, days, instant)) {
      const tables = tablesOfDate(read, date, zone, instant);
      if (tables === null) continue;
      const { projects } = knownDate(snapshot.root, date, zone, instant);
      for (const { key, measure, dimensions } of ofZone) {
        totals.get(key)?.set(date, { ...dayTotals(tables, measure, dimensions), projects });
      }
    }
  }
  return totals;
}

/** Two dates in a row have a UTC day in common, which need not be decoded for each of them. */
function lastRemembered(tablesOf: SpendSnapshot['tablesOf']): SpendSnapshot['tablesOf'] {
  let last: { readonly day: UtcDay; readonly tables: ReturnType<typeof tablesOf> } | null = null;
  return (day) => {
    if (last?.day !== day) last = { day, tables: tablesOf(day) };
    return last.tables;
  };
}

/** Those that have a part in any of `days` and have begun. */
function datesOf(zone: string, days: readonly UtcDay[], instant: Instant): Iterable<CalendarDate> {
  if (zone === UTC) return days;
  const dates = days.flatMap((day) => [
    dateIn(zone, startOfDay(day)),
    dateIn(zone, plusMs(endOfDay(day), -1)),
  ]);
  const today = dateIn(zone, instant);
  return new Set(dates.filter((date) => date <= today));
}

/** The sums of one day. */
export function dayTotals(
  tables: readonly DayTable[],
  measure: Measure,
  dimensions: readonly GroupDimension[],
): Omit<DayTotals, 'projects'> {
  const groups = new Map<string, Group>();
  let unknownRows = 0;
  let otherCurrencyRows = 0;
  for (const table of tables) {
    const currency = table.dimensions.get('currency');
    const valueAt = rowValue(table, measure);
    const place = placesIn(table, dimensions);
    /** By place: texts are made once for each group and not for each row. */
    const sums = new Map<number, Amount>();
    for (let row = 0; row < table.rowCount; row += 1) {
      if (currency !== undefined && currency.values[currency.index[row] ?? 0] !== BUDGET_CURRENCY) {
        otherCurrencyRows += 1;
        continue;
      }
      const { value, unknown } = valueAt(row);
      if (unknown) unknownRows += 1;
      const at = place.of(row);
      sums.set(at, addAmounts(sums.get(at) ?? ZERO_AMOUNT, value));
    }
    for (const [at, amount] of sums) addToGroup(groups, place.membersAt(at), amount);
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

interface RowValue {
  /** What is known of it. */
  readonly value: Amount;
  readonly unknown: boolean;
}

/** A split that OpenAI did not send is unknown, not 0. */
function rowValue(table: DayTable, { fields, otherwise }: Measure): (row: number) => RowValue {
  const columns = fields.map((field) => table.measures.get(field));
  const from = otherwise === null ? undefined : table.measures.get(otherwise.from);
  const minus = (otherwise?.minus ?? []).map((field) => table.measures.get(field));
  const difference = (row: number): Amount | null => {
    let rest = from?.[row] ?? null;
    for (const column of minus) {
      const part = column?.[row] ?? null;
      rest = rest === null || part === null ? null : subtractAmounts(rest, part);
    }
    return rest;
  };
  return (row) => {
    let value = ZERO_AMOUNT;
    let unknown = false;
    for (const column of columns) {
      const part = column?.[row] ?? null;
      if (part === null) unknown = true;
      else value = addAmounts(value, part);
    }
    if (!unknown || otherwise === null) return { value, unknown };
    const rest = difference(row);
    return rest === null ? { value, unknown } : { value: rest, unknown: false };
  };
}

interface Places {
  of(row: number): number;
  membersAt(place: number): (string | null)[];
}

/** Numbers the combinations of a table's members: positions in its dictionaries, as digits of one number. */
function placesIn(table: DayTable, dimensions: readonly GroupDimension[]): Places {
  const columns = dimensions.map((dimension) => table.dimensions.get(dimension));
  const sizes = columns.map((column) => column?.values.length ?? 1);
  return {
    of: (row) =>
      columns.reduce((place, column, at) => place * (sizes[at] ?? 1) + (column?.index[row] ?? 0), 0),
    membersAt(place) {
      const members: (string | null)[] = [];
      let rest = place;
      for (let at = columns.length - 1; at >= 0; at -= 1) {
        const size = sizes[at] ?? 1;
        members.unshift(columns[at]?.values[rest % size] ?? null);
        rest = Math.floor(rest / size);
      }
      return members;
    },
  };
}
