// The alerts that a run has taken upon itself to send, by the latch that says so.
import type { ClaimedAlert, Latch } from '../alert/latch.ts';

/** Empty where nobody has a claim. */
export function claimedAlerts({ claim }: Latch): readonly ClaimedAlert[] {
  return claim?.alerts ?? [];
}
