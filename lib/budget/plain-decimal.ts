// Reads an amount as people must write it in a budget: plain digits, a point and decimals; else says how to write it.
import type { Amount } from '../money/amount.ts';
import { parseAmount } from '../money/parse-amount.ts';

/** `why` continues a sentence and ends without a full stop: `write 5000, without a thousands separator`. */
export type PlainDecimal = { ok: true; amount: Amount } | { ok: false; why: string };

/**
 * At most 12 decimals, so that a percentage of it with 4 decimals is exact far within an Amount's 40; below 10^15,
 * which is where amounts end.
 */
const PLAIN = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,12})?$/;
/** Longer text is nobody's amount, and some of the patterns below would take quadratic time over it. */
const MAX_CHARACTERS = 60;
const GENERAL_ADVICE = 'write it in plain digits, like 5000 or 12.50';

export function parsePlainDecimal(text: string): PlainDecimal {
  return PLAIN.test(text) ? parseAmount(text) : { ok: false, why: adviceFor(text) };
}

interface Habit {
  readonly pattern: RegExp;
  /** One step nearer to plain digits, from what the pattern's groups matched. */
  readonly plainer: (...groups: string[]) => string;
  readonly without: string;
}

/** Ways in which people write amounts; the first that fits names the fault. */
const HABITS: readonly Habit[] = [
  { pattern: /^\s+(.+)$/, plainer: (a) => a, without: 'without blanks' },
  { pattern: /^(.+?)\s+$/, plainer: (a) => a, without: 'without blanks' },
  { pattern: /^(?:US)?\$\s*(.+)$/i, plainer: (a: string) => a, without: 'without a currency sign' },
  { pattern: /^USD\s*(.+)$/i, plainer: (a: string) => a, without: 'without a currency' },
  { pattern: /^(.+?)\s*(?:\$|USD)$/i, plainer: (a: string) => a, without: 'without a currency' },
  { pattern: /^\+(.+)$/, plainer: (a: string) => a, without: 'without a sign' },
  {
    pattern: /^(\d{1,3}(?:[,_' ]\d{3})+(?:\.\d+)?)$/,
    plainer: (a: string) => a.replace(/[,_' ]/g, ''),
    without: 'without a thousands separator',
  },
  { pattern: /^(\d+),(\d{1,2})$/, plainer: (a, b) => `${a}.${b}`, without: 'with a decimal point' },
  {
    pattern: /^(\d+(?:\.\d+)?)\s*([kmb])$/i,
    plainer: (a: string, b: string) => shifted(a, 3 + 3 * 'kmb'.indexOf(b.toLowerCase())),
    without: 'in full digits',
  },
  {
    pattern: /^(\d+\.?\d*|\.\d+)e([+-]?\d{1,2})$/i,
    plainer: (a: string, b: string) => shifted(a, Number(b)),
    without: 'without an exponent',
  },
  {
    pattern: /^(0x[0-9a-f]{1,12}|0o[0-7]{1,16})$/i,
    plainer: (a: string) => BigInt(a).toString(),
    without: 'in decimal digits',
  },
  { pattern: /^(\.\d+)$/, plainer: (a: string) => `0${a}`, without: 'with a digit before the point' },
  { pattern: /^(\d+)\.$/, plainer: (a: string) => a, without: 'without a point at the end' },
  { pattern: /^0+(\d.*)$/, plainer: (a: string) => a, without: 'without leading zeros' },
];

function adviceFor(text: string): string {
  if (text.length > MAX_CHARACTERS) return GENERAL_ADVICE;
  if (/^-/.test(text)) return 'it cannot be negative';
  if (/%\s*$/.test(text)) return 'it is an amount, not a percentage';
  if (/^\d+\.\d{13,}$/.test(text)) return 'write at most 12 decimals';
  if (/^[1-9]\d{15,}(\.\d+)?$/.test(text)) return 'it must be below 1000000000000000 (10^15)';
  const habit = habitOf(text);
  if (habit === undefined) return GENERAL_ADVICE;
  const plain = plainReading(nearer(text, habit));
  return plain === null ? GENERAL_ADVICE : `write ${plain}, ${habit.without}`;
}

function habitOf(text: string): Habit | undefined {
  return HABITS.find(({ pattern }) => pattern.test(text));
}

function nearer(text: string, { pattern, plainer }: Habit): string {
  return text.replace(pattern, (_, ...groups: string[]) => plainer(...groups));
}

/**
 * What the text most likely means, in plain digits. Habits combine: `$5k`, ` 1,000.50 USD`; each leaves fewer characters
 * that are no digits, or fewer digits, so that there is an end.
 */
function plainReading(text: string): string | null {
  if (PLAIN.test(text)) return text;
  const habit = habitOf(text);
  return habit === undefined ? null : plainReading(nearer(text, habit));
}

/** `decimal` × 10^`places`, by moving the point. Zeros before it and a point after it are habits of their own. */
function shifted(decimal: string, places: number): string {
  const [integer, fraction] = splitAtPoint(decimal);
  const point = integer.length + places;
  const digits = `${'0'.repeat(Math.max(0, 1 - point))}${integer}${fraction}`;
  const split = Math.max(1, point);
  const rest = digits.slice(split).replace(/0+$/, '');
  return `${digits.slice(0, split).padEnd(split, '0')}.${rest}`;
}

function splitAtPoint(decimal: string): readonly [string, string] {
  const point = `${decimal}.`.indexOf('.');
  return [decimal.slice(0, point), decimal.slice(point + 1)];
}
