// The one exact decimal text of an Amount - no exponent, no trailing zeros, never "-0" - and the way back from it.
import { AMOUNT_DECIMALS, type Amount } from './amount.ts';

export function formatAmount(amount: Amount): string {
  const negative = amount < 0n;
  const digits = (negative ? -amount : amount).toString().padStart(AMOUNT_DECIMALS + 1, '0');
  const integer = digits.slice(0, -AMOUNT_DECIMALS);
  const fraction = digits.slice(-AMOUNT_DECIMALS).replace(/0+$/, '');
  return `${negative ? '-' : ''}${integer}${fraction === '' ? '' : `.${fraction}`}`;
}

const FORMATTED = /^(-?)(\d{1,200})(?:\.(\d{1,40}))?$/;

/**
 * Reads what `formatAmount` wrote; `null` for anything else. Unlike what OpenAI sends, which is bounded when it is
 * parsed, this may be a sum, so whatever could be written can be read.
 */
export function readFormattedAmount(text: string): Amount | null {
  const match = FORMATTED.exec(text);
  if (match === null) return null;
  const [, sign, integer = '', fraction = ''] = match;
  const magnitude = BigInt(integer + fraction.padEnd(AMOUNT_DECIMALS, '0'));
  return (sign === '-' ? -magnitude : magnitude) as Amount;
}
