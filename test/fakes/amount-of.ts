// Amounts in tests, written as people write them.
import type { Amount } from '../../lib/money/amount.ts';
import { parseAmount } from '../../lib/money/parse-amount.ts';

export function amountOf(text: string): Amount {
  const parsed = parseAmount(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.why}`);
  return parsed.amount;
}
