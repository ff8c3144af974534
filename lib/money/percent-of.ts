// How much of a limit a spent amount is, in percent.
import type { Amount } from './amount.ts';

/**
 * `spent` as a percentage of `limit`, cut (never rounded up) to three decimals, without trailing zeros: 99.9999 is
 * "99.999", so that nothing reads as reached before it is. `null` when the limit is 0.
 */
export function percentOf(spent: Amount, limit: Amount): string | null {
  if (limit === 0n) return null;
  const thousandths = (spent * 100_000n) / limit;
  const negative = thousandths < 0n;
  const digits = (negative ? -thousandths : thousandths).toString().padStart(4, '0');
  const fraction = digits.slice(-3).replace(/0+$/, '');
  return `${negative ? '-' : ''}${digits.slice(0, -3)}${fraction === '' ? '' : `.${fraction}`}`;
}
