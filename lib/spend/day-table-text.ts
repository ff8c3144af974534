// The canonical text of a day's table: what is hashed, compressed and stored.
import { createHash } from 'node:crypto';
import { columnValues, type ReadColumn, readAmountColumn } from '../money/amount-column-text.ts';
import { type DayTable, EMPTY_DAY } from './day-table.ts';
import { readDimensionColumn } from './dimension-column.ts';

const FORMAT = 1;

/** `{"v":1,"n":2,"d":{"project_id":[["proj_a",null],[0,1]]},"m":{"amount":[0.5,"0.1000…"]}}` */
export function dayTableText(table: DayTable): string {
  return JSON.stringify({
    v: FORMAT,
    n: table.rowCount,
    d: Object.fromEntries(
      [...table.dimensions].map(([name, { values, index }]) => [name, [values, [...index]]]),
    ),
    m: Object.fromEntries([...table.measures].map(([name, column]) => [name, columnValues(column)])),
  });
}

export function hashOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

const HEAD = /^\{"v":1,"n":(\d{1,9}),"d":\{/;
const LONGEST_HEAD = 40;
const BETWEEN = ',"m":{';
const END = '}';

/**
 * Columns are read from the bytes as they stand, in a fifth of the time that a parser of JSON and of numbers took.
 * @param bytes `dayTableText` in UTF-8
 * @returns `null`: not what `dayTableText` wrote
 */
export function parseDayTable(bytes: Buffer): DayTable | null {
  const [head = '', count = ''] = HEAD.exec(bytes.toString('latin1', 0, LONGEST_HEAD)) ?? [];
  const rowCount = Number(count);
  // A row takes at least a byte: no number of rows asks for more memory than what was stored.
  if (head === '' || rowCount > bytes.length) return null;
  const dimensions = readColumns(bytes, head.length, (at) => readDimensionColumn(bytes, at, rowCount));
  if (dimensions === null || !stands(BETWEEN, bytes, dimensions.end)) return null;
  const measures = readColumns(bytes, dimensions.end + BETWEEN.length, (at) =>
    readAmountColumn(bytes, at, rowCount),
  );
  if (measures === null || bytes.toString('latin1', measures.end) !== END) return null;
  return rowCount === 0
    ? EMPTY_DAY
    : { rowCount, dimensions: dimensions.columns, measures: measures.columns };
}

const CLOSE = '}';
/** What stands before a column. */
const NAME = /^(,?)"(\w{1,64})":/;
const LONGEST_NAME = 68;

/** `"project_id":…,"model":…}` */
function readColumns<Column>(
  bytes: Buffer,
  start: number,
  readColumn: (at: number) => ReadColumn<Column> | null,
): { readonly columns: Map<string, Column>; readonly end: number } | null {
  const columns = new Map<string, Column>();
  let at = start;
  while (!stands(CLOSE, bytes, at)) {
    const [before, comma = '', name = ''] = NAME.exec(bytes.toString('latin1', at, at + LONGEST_NAME)) ?? [];
    if (before === undefined || (comma === '') !== (columns.size === 0)) return null;
    const read = readColumn(at + before.length);
    if (read === null) return null;
    columns.set(name, read.column);
    at = read.end;
  }
  return { columns, end: at + CLOSE.length };
}

function stands(text: string, bytes: Buffer, at: number): boolean {
  return bytes.toString('latin1', at, at + text.length) === text;
}
