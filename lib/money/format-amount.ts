// Writes an Amount as its one exact decimal text: no exponent, no trailing zeros, "-0" never.
import { AMOUNT_DECIMALS, type Amount } from './amount.ts';

export function formatAmount(amount: Amount): string {
  const negative = amount < 0n;
  const digits = (negative ? -amount : amount).toString().padStart(AMOUNT_DECIMALS + 1, '0');
  const integer = digits.slice(0, -AMOUNT_DECIMALS);
  const fraction = digits.slice(-AMOUNT_DECIMALS).replace(/0+$/, '');
  return `${negative ? '-' : ''}${integer}${fraction === '' ? '' : `.${fraction}`}`;
}
