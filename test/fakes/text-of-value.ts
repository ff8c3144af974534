// A value that OpenAI sent, as a decimal text.
import { formatAmount } from '../../lib/money/format-amount.ts';
import type { SourceValue } from '../../lib/spend/usage-source.ts';

export function textOfValue(value: SourceValue): string {
  return typeof value === 'number' ? String(value) : formatAmount(value);
}
