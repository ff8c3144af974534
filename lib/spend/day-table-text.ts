// The canonical text of a day's table: what is hashed, compressed and stored.
import { createHash } from 'node:crypto';
import type { Amount } from '../money/amount.ts';
import { formatAmount, readFormattedAmount } from '../money/format-amount.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { type DayTable, type DimensionColumn, EMPTY_DAY } from './day-table.ts';

const FORMAT = 1;

/**
 * `{"v":1,"n":2,"d":{"project_id":[["proj_a",null],[0,1]]},"m":{"amount":[0.5,"0.1000…"]}}`. A value is a JSON number
 * where the shortest text of that double is the exact decimal, else a string: nothing is lost either way.
 */
export function dayTableText(table: DayTable): string {
  return JSON.stringify({
    v: FORMAT,
    n: table.rowCount,
    d: Object.fromEntries([...table.dimensions].map(([name, { values, index }]) => [name, [values, index]])),
    m: Object.fromEntries([...table.measures].map(([name, values]) => [name, values.map(compact)])),
  });
}

export function hashOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** `null`: not a text that `dayTableText` wrote. */
export function parseDayTableText(text: string): DayTable | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(parsed) || parsed.v !== FORMAT || !isRecord(parsed.d) || !isRecord(parsed.m)) return null;
  const rowCount = parsed.n;
  if (typeof rowCount !== 'number' || !Number.isInteger(rowCount) || rowCount < 0) return null;

  const dimensions = new Map<string, DimensionColumn>();
  for (const [name, column] of Object.entries(parsed.d)) {
    const dimension = parseDimension(column, rowCount);
    if (dimension === null) return null;
    dimensions.set(name, dimension);
  }
  const measures = new Map<string, (Amount | null)[]>();
  for (const [name, column] of Object.entries(parsed.m)) {
    const values = parseMeasure(column, rowCount);
    if (values === null) return null;
    measures.set(name, values);
  }
  return rowCount === 0 ? EMPTY_DAY : { rowCount, dimensions, measures };
}

function compact(value: Amount | null): number | string | null {
  if (value === null) return null;
  const text = formatAmount(value);
  return String(Number(text)) === text ? Number(text) : text;
}

function parseDimension(column: unknown, rowCount: number): DimensionColumn | null {
  if (!Array.isArray(column) || column.length !== 2) return null;
  const [values, index]: unknown[] = column;
  if (!isListOf(values, (value) => value === null || typeof value === 'string')) return null;
  if (
    !isListOf(index, (at) => Number.isInteger(at) && (at as number) >= 0 && (at as number) < values.length)
  ) {
    return null;
  }
  if (index.length !== rowCount) return null;
  return { values: values as (string | null)[], index: index as number[] };
}

function parseMeasure(column: unknown, rowCount: number): (Amount | null)[] | null {
  if (!Array.isArray(column) || column.length !== rowCount) return null;
  const values: (Amount | null)[] = [];
  for (const value of column as unknown[]) {
    if (value === null) {
      values.push(null);
      continue;
    }
    const amount = parseCompact(value);
    if (amount === null) return null;
    values.push(amount);
  }
  return values;
}

/** The way back from `compact`. A sum of rows may be larger than any amount that OpenAI may send. */
function parseCompact(value: unknown): Amount | null {
  if (typeof value === 'string') return readFormattedAmount(value);
  if (typeof value !== 'number') return null;
  const parsed = parseAmount(value);
  return parsed.ok ? parsed.amount : readFormattedAmount(String(value));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, holds: (item: unknown) => boolean): value is unknown[] {
  return Array.isArray(value) && value.every(holds);
}
