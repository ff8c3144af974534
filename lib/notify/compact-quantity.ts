// Short figures for people: `1.84M tokens`, `$1,140`. Exact figures travel beside them.
import { AMOUNT_DECIMALS, type Amount, amountOfInteger, amountOfUnits } from '../money/amount.ts';
import type { Unit } from '../spend/catalogue.ts';
import { amountOfText, formatQuantity } from './format-quantity.ts';
import { groupedDigits } from './grouped-digits.ts';

const SUFFIXES: readonly (readonly [suffix: string, zeros: number])[] = [
  ['T', 12],
  ['B', 9],
  ['M', 6],
];
/** Of every smaller count that is shortened at all. */
const THOUSANDS = ['k', 3] as const;
/** Below this a count is as short as it gets. */
const LEAST_COMPACT = amountOfInteger(10_000);
/** From here on, cents are noise. */
const WHOLE_DOLLARS = amountOfInteger(10);
const DOLLAR = 10n ** BigInt(AMOUNT_DECIMALS);

/**
 * Counts with three digits and a suffix, cut and never rounded up, so that nothing reads as reached before it is;
 * money as `formatQuantity` writes it.
 */
export function compactQuantity(amount: Amount, unit: Unit): string {
  const magnitude = amount < 0n ? -amount : amount;
  if (unit === 'usd' || magnitude < LEAST_COMPACT) return formatQuantity(amount, unit);
  return `${amount < 0n ? '-' : ''}${compactCount(magnitude / DOLLAR)} ${unit}`;
}

/** Of a rate or a projection: whole dollars where there are more than ten of them. */
export function roundQuantity(amount: Amount, unit: Unit): string {
  if (unit !== 'usd' || amount < WHOLE_DOLLARS) return compactQuantity(amount, unit);
  return formatQuantity(amountOfUnits(((amount + DOLLAR / 2n) / DOLLAR) * DOLLAR), unit).replace(/\.00$/, '');
}

/** A limit as people set it: `$500`, `2M tokens`; all digits where a suffix would hide some. */
export function compactLimit(text: string, unit: Unit): string {
  const amount = amountOfText(text);
  if (unit === 'usd') return formatQuantity(amount, unit).replace(/\.00$/, '');
  const hidesNone = /^0*$/.test(shortened(amount / DOLLAR).hidden);
  return hidesNone ? compactQuantity(amount, unit) : formatQuantity(amount, unit);
}

function compactCount(count: bigint): string {
  const { integer, fraction, suffix } = shortened(count);
  const grouped = groupedDigits(integer);
  return `${grouped}${fraction === '' ? '' : `.${fraction}`}${suffix}`;
}

interface Shortened {
  readonly integer: string;
  readonly fraction: string;
  readonly suffix: string;
  /** The digits that are behind those three. */
  readonly hidden: string;
}

function shortened(count: bigint): Shortened {
  const [suffix, zeros] = SUFFIXES.find(([, places]) => count >= 10n ** BigInt(places)) ?? THOUSANDS;
  const digits = count.toString();
  const integer = digits.slice(0, -zeros);
  const rest = digits.slice(-zeros);
  const decimals = Math.max(0, 3 - integer.length);
  const fraction = rest.slice(0, decimals).replace(/0+$/, '');
  return { integer, fraction, suffix, hidden: rest.slice(decimals) };
}
