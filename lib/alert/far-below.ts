// When an amount is far enough below a threshold that it no longer counts as reached: the one hysteresis there is.
import type { Amount } from '../money/amount.ts';

/** By more than 1 % of the limit; of a limit of 0, nothing at all may be left. */
export function isFarBelow(spent: Amount, threshold: Amount, limit: Amount): boolean {
  return limit === 0n ? spent <= 0n : (threshold - spent) * 100n > limit;
}
