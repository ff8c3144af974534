// Reads a decimal as OpenAI writes it - JSON number or string - into an exact Amount, or says why it cannot.
import { AMOUNT_DECIMALS, type Amount, ZERO_AMOUNT } from './amount.ts';

export type ParsedAmount = { ok: true; amount: Amount } | { ok: false; why: string };

const MAX_CHARACTERS = 200;
const MAX_INTEGER_DIGITS = 15;
const DECIMAL = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

const POWERS_OF_TEN: readonly bigint[] = Array.from(
  { length: AMOUNT_DECIMALS + MAX_INTEGER_DIGITS + 1 },
  (_, exponent) => 10n ** BigInt(exponent),
);

/**
 * Accepts what JSON's number grammar accepts, and nothing else: no `+1`, `01`, `.5`, `1f`, `0x1`, blanks, NaN or
 * Infinity. Digits finer than 10^-40 are rounded half to even; zero with any exponent (`0E-6176`, decimal128's own) is
 * zero; a value of 10^15 or more is refused, so that `1e309` cannot ask for 309 digits.
 */
export function parseAmount(value: string | number): ParsedAmount {
  const plain = typeof value === 'number' ? amountOfPlainNumber(value) : null;
  if (plain !== null) return { ok: true, amount: plain };
  const text = typeof value === 'number' ? String(value) : value;
  if (text.length > MAX_CHARACTERS) return refused(`longer than ${MAX_CHARACTERS} characters`);
  const match = DECIMAL.exec(text);
  if (match === null) return refused(`not a decimal number: ${JSON.stringify(text.slice(0, 40))}`);
  const [, sign = '', integer = '', fraction = '', exponentText = '0'] = match;

  const digits = (integer + fraction).replace(/^0+/, '');
  if (digits === '') return { ok: true, amount: ZERO_AMOUNT };
  // Infinity for an absurd exponent is fine: both bounds below then decide it without any arithmetic on digits.
  const pointFromRight = fraction.length - Number(exponentText);
  const integerDigits = digits.length - pointFromRight;
  if (integerDigits > MAX_INTEGER_DIGITS) return refused('10^15 or more');

  const magnitude = scaledTo40(digits, pointFromRight);
  return { ok: true, amount: (sign === '-' ? -magnitude : magnitude) as Amount };
}

/**
 * Nearly every amount is a JSON number whose shortest text has no exponent: its digits are a whole number already, and
 * need none of the work below (a third of the time). `null`: it is not one of them.
 */
function amountOfPlainNumber(value: number): Amount | null {
  if (!(Math.abs(value) < 10 ** MAX_INTEGER_DIGITS)) return null;
  const text = String(value);
  const point = text.indexOf('.');
  if (text.includes('e')) return null;
  const digits = point === -1 ? text : text.slice(0, point) + text.slice(point + 1);
  const whole = Number(digits);
  const decimals = point === -1 ? 0 : text.length - point - 1;
  const scaled =
    BigInt(Number.isSafeInteger(whole) ? whole : digits) * powerOfTen(AMOUNT_DECIMALS - decimals);
  return scaled as Amount;
}

function refused(why: string): ParsedAmount {
  return { ok: false, why };
}

/** `digits` × 10^-`decimals`, in units of 10^-40, half to even. */
function scaledTo40(digits: string, decimals: number): bigint {
  const surplus = decimals - AMOUNT_DECIMALS;
  if (surplus <= 0) return BigInt(digits) * powerOfTen(-surplus);
  if (surplus > digits.length) return 0n;
  const kept = BigInt(digits.slice(0, digits.length - surplus) || '0');
  const dropped = digits.slice(digits.length - surplus);
  const half = `5${'0'.repeat(surplus - 1)}`;
  const roundUp = dropped > half || (dropped === half && kept % 2n === 1n);
  return roundUp ? kept + 1n : kept;
}

function powerOfTen(exponent: number): bigint {
  return POWERS_OF_TEN[exponent] ?? 10n ** BigInt(exponent);
}
