// The ledger as a list: everything that was said, held back, given up or is on its way, one entry for each threshold.
import { formatAmount } from '../money/format-amount.ts';
import type { Instant } from '../time/instant.ts';
import type { Alert, AlertReason } from './alert.ts';
import { announcedAmounts } from './alert-key.ts';
import type { AnnouncedState, ClaimedAlert, Latch, LatchKey } from './latch.ts';

export interface LedgerEntry {
  readonly key: LatchKey;
  /** `-` where the budget has no members. */
  readonly member: string;
  /** Exact decimal texts in the budget's unit, which the ledger does not know. */
  readonly limit: string;
  readonly thresholdAmount: string;
  readonly spent: string;
  /** `claimed`: a run has taken it upon itself to send it, and it is not known to have arrived. */
  readonly state: AnnouncedState | 'claimed';
  /** The tick of the run that recorded it, or that first claimed it. */
  readonly at: Instant;
  readonly reason: AlertReason;
  /** Empty where there was no message, or is none yet. */
  readonly messageId: string;
  /** Why it was suppressed, or on which routes it was given up; empty otherwise. */
  readonly note: string;
  /** How many runs have tried to send it; 0 where that is over. */
  readonly attempts: number;
  /** What is being sent, while it is. */
  readonly alert: Alert | null;
}

/** In no particular order. An alert that speaks for lower thresholds has an entry for each of them. */
export function ledgerEntries(latches: readonly Latch[]): LedgerEntry[] {
  return latches.flatMap((latch) => [
    ...[...latch.announced].flatMap(([member, announcements]) =>
      [...announcements].map(([announcementKey, announcement]): LedgerEntry => {
        const { limit, threshold } = announcedAmounts(announcementKey);
        const said = {
          limit: formatAmount(limit),
          thresholdAmount: formatAmount(threshold),
          ...announcement,
        };
        return { key: latch.key, member, ...said, attempts: 0, alert: null };
      }),
    ),
    ...(latch.claim?.alerts ?? []).flatMap((claimed) => entriesOfClaim(latch.key, claimed)),
  ]);
}

function entriesOfClaim(key: LatchKey, { alert, attempts, firstClaimedAt }: ClaimedAlert): LedgerEntry[] {
  const amounts = [alert.thresholdAmount, ...alert.supersedes.map(({ amount }) => amount)];
  const { member, limit, spent, reason } = alert;
  return amounts.map((thresholdAmount) => ({
    key,
    member,
    limit,
    thresholdAmount,
    spent,
    state: 'claimed',
    at: firstClaimedAt,
    reason,
    messageId: '',
    note: '',
    attempts,
    alert,
  }));
}
