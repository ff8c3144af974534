// How costs of a day are priced and written: as JSON numbers, or as strings with up to 39 decimals.
import { type Amount, amountOfUnits } from '../../money/amount.ts';
import { formatAmount } from '../../money/format-amount.ts';
import type { UtcDay } from '../../time/utc-day.ts';
import { draw } from './draw.ts';

export type AmountForm = 'number' | 'string';

/** OpenAI sends either form; `mixed` draws one for each day. */
export type AmountForms = AmountForm | 'mixed';

/** Zero as decimal128 writes it, at its smallest exponent. */
const ZERO_TEXT = '0E-6176';

export function amountFormOn(seed: number, forms: AmountForms, day: UtcDay): AmountForm {
  if (forms !== 'mixed') return forms;
  return draw(seed, 'amount form', day) < 0.5 ? 'number' : 'string';
}

/**
 * What one unit costs on a day of that form. A number is billed at the list price, whose ten decimals keep every sum
 * below $100,000 within the 15 digits that a double gives back unchanged. A string is billed a seven-billionth more:
 * a division that does not end, cut to 39 decimals.
 */
export function billedPrice(listPrice: Amount, form: AmountForm): Amount {
  if (form === 'number') return listPrice;
  const endless = listPrice + listPrice / 7_000_000_000n;
  return amountOfUnits(endless - (endless % 10n));
}

export function amountOnWire(amount: Amount, form: AmountForm): number | string {
  if (form === 'number') return Number(formatAmount(amount));
  return amount === 0n ? ZERO_TEXT : formatAmount(amount);
}
