// Reads a decimal as OpenAI writes it - JSON number or string - into an exact Amount, or says why it cannot.
import { elementAt } from '../lists/element-at.ts';
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
  const text = String(value);
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

/** One more digit than this has is still exact in a double. */
const MAX_HEAD = 900_719_925_474_098;
const ZERO_CODE = 0x30;
const NINE_CODE = 0x39;
const POINT_CODE = 0x2e;

/**
 * Nearly every amount is a JSON number whose shortest text has no exponent. Its digits are read one by one, as at most two
 * whole numbers, in half the time of what stands above. `null`: it is not such a number.
 */
function amountOfPlainNumber(value: number): Amount | null {
  if (!(Math.abs(value) < 10 ** MAX_INTEGER_DIGITS)) return null;
  const text = String(value);
  let head = 0;
  let tail = 0;
  let tailDigits = 0;
  let decimals = -1;
  for (let at = value < 0 ? 1 : 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === POINT_CODE) {
      decimals = 0;
      continue;
    }
    if (code > NINE_CODE) return null;
    if (decimals >= 0) decimals += 1;
    if (head <= MAX_HEAD) {
      head = head * 10 + (code - ZERO_CODE);
    } else {
      tail = tail * 10 + (code - ZERO_CODE);
      tailDigits += 1;
    }
  }
  const whole = tailDigits === 0 ? BigInt(head) : BigInt(head) * powerOfTen(tailDigits) + BigInt(tail);
  const scaled = whole * powerOfTen(AMOUNT_DECIMALS - Math.max(0, decimals));
  return (value < 0 ? -scaled : scaled) as Amount;
}

function refused(why: string): ParsedAmount {
  return { ok: false, why };
}

/** `digits` × 10^-`decimals`, in units of 10^-40, half to even. */
function scaledTo40(digits: string, decimals: number): bigint {
  const surplus = decimals - AMOUNT_DECIMALS;
  if (surplus <= 0) return BigInt(digits) * powerOfTen(-surplus);
  if (surplus > digits.length) return 0n;
  const kept = BigInt(digits.slice(0, digits.length - surplus));
  const dropped = digits.slice(digits.length - surplus);
  const half = `5${'0'.repeat(surplus - 1)}`;
  const roundUp = dropped > half || (dropped === half && kept % 2n === 1n);
  return roundUp ? kept + 1n : kept;
}

function powerOfTen(exponent: number): bigint {
  return elementAt(POWERS_OF_TEN, exponent);
}
