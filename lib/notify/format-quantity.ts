// Writes amounts for people: dollars with cents, counts with thousands separators. Exact figures travel beside them.
import { AMOUNT_DECIMALS, type Amount } from '../money/amount.ts';
import { readFormattedAmount } from '../money/format-amount.ts';
import type { Unit } from '../spend/catalogue.ts';
import { groupedDigits } from './grouped-digits.ts';

const CENT = 10n ** BigInt(AMOUNT_DECIMALS - 2);
const ONE = 10n ** BigInt(AMOUNT_DECIMALS);

/** `$1,234.56`, `2,000,000 tokens`, `1 token`; rounded half to even. Something that is not nothing never reads as nothing. */
export function formatQuantity(amount: Amount, unit: Unit): string {
  const sign = amount < 0n ? '-' : '';
  const magnitude = amount < 0n ? -amount : amount;
  if (unit !== 'usd') {
    const count = rounded(magnitude, ONE);
    return `${sign}${groupedDigits(`${count}`)} ${count === 1n ? unit.replace(/s$/, '') : unit}`;
  }
  if (magnitude > 0n && magnitude < CENT) return `${sign}<$0.01`;
  const cents = rounded(magnitude, CENT);
  return `${sign}$${groupedDigits(`${cents / 100n}`)}.${String(cents % 100n).padStart(2, '0')}`;
}

/** As above, from an alert's exact decimal text. */
export function formatQuantityText(text: string, unit: Unit): string {
  return formatQuantity(amountOfText(text), unit);
}

/** A limit as people set it: whole dollars without cents. */
export function formatLimitText(text: string, unit: Unit): string {
  return formatQuantityText(text, unit).replace(/^(\$[\d,]+)\.00$/, '$1');
}

/** Alerts hold amounts that this program wrote, so anything else is a defect. */
export function amountOfText(text: string): Amount {
  const amount = readFormattedAmount(text);
  if (amount === null) throw new TypeError(`an alert holds ${JSON.stringify(text)} where an amount belongs`);
  return amount;
}

function rounded(magnitude: bigint, unit: bigint): bigint {
  const whole = magnitude / unit;
  const twice = (magnitude % unit) * 2n;
  return twice > unit || (twice === unit && whole % 2n === 1n) ? whole + 1n : whole;
}
