// A column of exact amounts as whole numbers that a double adds exactly.
//
// Why: a month of a large organization has millions of amounts, and a bigint for each, made only to be added, was two
// thirds of the time of reading and summing them. An amount is cut into limbs of eight decimal digits, and each limb of
// a column is a typed array: adding is then plain addition, and only sums become bigints (lib/money/group-sums.ts).
import { elementAt } from '../lists/element-at.ts';
import { AMOUNT_DECIMALS, type Amount, amountOfUnits } from './amount.ts';

export interface AmountColumn {
  readonly length: number;
  /** `limbs[k][row]` counts 10^8k units of 10^-40; absent: 0 in every row. All limbs of an amount have its sign. */
  readonly limbs: readonly (Int32Array | undefined)[];
  /** Rows of which nothing is known, which is not 0. Their limbs are 0. */
  readonly unknown: ReadonlySet<number>;
}

/** 90 million of these can be added before a double is no longer exact: more rows than a table can have. */
export const LIMB_DIGITS = 8;
/** The limb of ones. Those below it are decimals. */
export const ONES_LIMB = AMOUNT_DECIMALS / LIMB_DIGITS;
const LIMB_BASE = 10 ** LIMB_DIGITS;
const BASE = BigInt(LIMB_BASE);

/** While it is filled. */
export interface OpenColumn {
  readonly length: number;
  readonly limbs: (Int32Array | undefined)[];
  readonly unknown: Set<number>;
}

export function openColumn(length: number): OpenColumn {
  return { length, limbs: [], unknown: new Set() };
}

export function setLimb({ length, limbs }: OpenColumn, limb: number, row: number, value: number): void {
  if (value === 0) return;
  let ofLimb = limbs[limb];
  if (ofLimb === undefined) {
    ofLimb = new Int32Array(length);
    while (limbs.length < limb) limbs.push(undefined);
    limbs[limb] = ofLimb;
  }
  ofLimb[row] = value;
}

/** Of a row that has not been set yet. */
export function setAmount(column: OpenColumn, row: number, amount: Amount): void {
  let rest: bigint = amount;
  for (let limb = 0; rest !== 0n; limb += 1) {
    setLimb(column, limb, row, Number(rest % BASE));
    rest /= BASE;
  }
}

/** As `setAmount` does, of a whole number that a double holds exactly. */
export function setWhole(column: OpenColumn, row: number, whole: number): void {
  const high = Math.trunc(whole / LIMB_BASE);
  setLimb(column, ONES_LIMB, row, whole - high * LIMB_BASE);
  setLimb(column, ONES_LIMB + 1, row, high);
}

/** Whole numbers below 10^15 as they are, or amounts; `null`: unknown. */
export function amountColumn(values: readonly (Amount | number | null)[]): AmountColumn {
  const column = openColumn(values.length);
  for (const [row, value] of values.entries()) {
    if (value === null) column.unknown.add(row);
    else if (typeof value === 'number') setWhole(column, row, value);
    else setAmount(column, row, value);
  }
  return column;
}

/** `null`: unknown. */
export function amountAt({ limbs, unknown }: AmountColumn, row: number): Amount | null {
  return unknown.has(row) ? null : amountOfLimbs(limbs.map((ofLimb) => ofLimb?.[row] ?? 0));
}

const UNITS_OF_LIMB = Array.from({ length: 32 }, (_, limb) => BASE ** BigInt(limb));

/** Of whole numbers below 2^53, the least significant first. */
export function amountOfLimbs(limbs: readonly number[]): Amount {
  let units = 0n;
  for (let limb = 0; limb < limbs.length; limb += 1) {
    const value = elementAt(limbs, limb);
    if (value !== 0) units += BigInt(value) * elementAt(UNITS_OF_LIMB, limb);
  }
  return amountOfUnits(units);
}

/** The rows at these positions, in their order. */
export function rowsOfColumn({ limbs, unknown }: AmountColumn, rows: readonly number[]): AmountColumn {
  return {
    length: rows.length,
    limbs: limbs.map((ofLimb) => ofLimb && Int32Array.from(rows, (row) => ofLimb[row] ?? 0)),
    unknown: new Set(rows.flatMap((row, position) => (unknown.has(row) ? [position] : []))),
  };
}
