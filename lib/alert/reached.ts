// When an amount has reached a threshold: the one comparison that every alert rests on.
import type { Amount } from '../money/amount.ts';

/** Reaching it exactly counts. A threshold of 0, which a limit of 0 gives, is reached by anything above 0. */
export function isReached(spent: Amount, threshold: Amount): boolean {
  return threshold === 0n ? spent > 0n : spent >= threshold;
}
