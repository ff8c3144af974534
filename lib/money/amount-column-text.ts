// A column of amounts as JSON, and the way back from its bytes without a number, a text or a bigint for each amount.
import { digitAt } from '../lists/digit-at.ts';
import { elementAt } from '../lists/element-at.ts';
import type { Amount } from './amount.ts';
import {
  type AmountColumn,
  amountAt,
  LIMB_DIGITS,
  ONES_LIMB,
  type OpenColumn,
  openColumn,
  setAmount,
  setLimb,
  setWhole,
} from './amount-column.ts';
import { formatAmount, readFormattedAmount } from './format-amount.ts';

/**
 * `[0.5,"0.1000…",null]`: a JSON number where the shortest text of that double is the exact decimal, else a text; nothing
 * is lost either way.
 */
export function columnValues(column: AmountColumn): (number | string | null)[] {
  return Array.from({ length: column.length }, (_, row) => {
    const amount = amountAt(column, row);
    return amount === null ? null : compact(amount);
  });
}

function compact(value: Amount): number | string {
  const text = formatAmount(value);
  return String(Number(text)) === text ? Number(text) : text;
}

/** A column that was read from bytes. */
export interface ReadColumn<Column> {
  readonly column: Column;
  /** Behind the `]`. */
  readonly end: number;
}

const NULL = [...'null'].map((letter) => letter.charCodeAt(0));
const MINUS = 0x2d;
const POINT = 0x2e;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;

const POWERS_OF_TEN = Array.from({ length: LIMB_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/** So many digits are exact in a double. */
const MAX_ONES_DIGITS = 15;

/**
 * Reads what `JSON.stringify` makes of `columnValues`: in it every value, in quotes or not, is digits with at most a sign
 * and a point, and they are taken as they stand.
 * @returns `null` for anything else, and for more or fewer than `length` values
 */
export function readAmountColumn(
  bytes: Uint8Array,
  start: number,
  length: number,
): ReadColumn<AmountColumn> | null {
  const column = openColumn(length);
  if (bytes[start] !== OPEN) return null;
  let at = start + 1;
  for (let row = 0; row < length; row += 1) {
    if (row > 0) {
      if (bytes[at] !== COMMA) return null;
      at += 1;
    }
    const end = readValue(column, row, bytes, at);
    if (end === null) return null;
    at = end;
  }
  return bytes[at] === CLOSE ? { column, end: at + 1 } : null;
}

/** The position behind the value, which is now in the column. */
function readValue(column: OpenColumn, row: number, bytes: Uint8Array, start: number): number | null {
  if (bytes[start] === NULL[0]) {
    column.unknown.add(row);
    return NULL.every((letter, index) => bytes[start + index] === letter) ? start + NULL.length : null;
  }
  const isQuoted = bytes[start] === QUOTE;
  const text = isQuoted ? start + 1 : start;
  const end = readDecimal(column, row, bytes, text);
  if (end === null || !isQuoted) return end;
  return bytes[end] === QUOTE ? end + 1 : null;
}

function readDecimal(column: OpenColumn, row: number, bytes: Uint8Array, start: number): number | null {
  const sign = bytes[start] === MINUS ? -1 : 1;
  const ones = sign < 0 ? start + 1 : start;
  let at = ones;
  let value = 0;
  for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, at)) {
    value = value * 10 + digit;
    at += 1;
  }
  if (at === ones) return null;
  if (at - ones > MAX_ONES_DIGITS) return readLongDecimal(column, row, bytes, start);
  setWhole(column, row, sign * value);
  return bytes[at] === POINT ? readDecimals(column, row, bytes, at + 1, sign) : at;
}

function readDecimals(
  column: OpenColumn,
  row: number,
  bytes: Uint8Array,
  start: number,
  sign: number,
): number | null {
  let at = start;
  for (let limb = ONES_LIMB - 1; limb >= 0; limb -= 1) {
    const until = at + LIMB_DIGITS;
    let value = 0;
    for (let digit = digitAt(bytes, at); digit >= 0 && at < until; digit = digitAt(bytes, at)) {
      value = value * 10 + digit;
      at += 1;
    }
    setLimb(column, limb, row, sign * value * elementAt(POWERS_OF_TEN, until - at));
    if (at < until) break;
  }
  return at === start ? null : at;
}

/** A sum of many rows. */
function readLongDecimal(column: OpenColumn, row: number, bytes: Uint8Array, start: number): number | null {
  let end = start + 1;
  while (digitAt(bytes, end) >= 0 || bytes[end] === POINT) end += 1;
  const amount = readFormattedAmount(String.fromCharCode(...bytes.subarray(start, end)));
  if (amount === null) return null;
  setAmount(column, row, amount);
  return end;
}
