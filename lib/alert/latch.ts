// A latch: what was said about one budget in one period, and what is being said right now.
import { formatInstant, type Instant } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import type { Alert, AlertReason } from './alert.ts';

export interface LatchKey {
  /** `null`: of a rolling budget, whose one latch stays open. */
  readonly periodEnd: Instant | null;
  readonly budgetId: string;
  /** Six hex digits over what decides the sum: measure, scope or `each`, period, currency. */
  readonly shape: string;
  /** `-`, or hex digits of the member's hash where a budget has very many members. */
  readonly shard: string;
}

/**
 * `superseded`: a higher threshold spoke for it. `dead`: given up after days of refusals, as was all it spoke for; of a
 * correction, which was never heard either. `suppressed`: not said, because people had silenced it. `corrected`: said, and
 * taken back since.
 */
export type AnnouncedState = 'announced' | 'superseded' | 'dead' | 'suppressed' | 'corrected';

export interface Announcement {
  readonly state: AnnouncedState;
  readonly at: Instant;
  readonly spent: string;
  readonly reason: AlertReason;
  readonly messageId: string;
  /** Why it was suppressed, or on which routes it was given up; empty otherwise. */
  readonly note: string;
}

/** Member (`-` where the budget has none) → `<limit>:<threshold amount>` → what was said. */
export type Announcements = ReadonlyMap<string, ReadonlyMap<string, Announcement>>;

/** An alert on its way: tries are counted for each, since later alerts may join those that a dead run left behind. */
export interface ClaimedAlert {
  readonly alert: Alert;
  /** Routes of the alert that have not accepted it yet; at least one. */
  readonly open: readonly string[];
  /** How many runs have tried to send it, the present one included. */
  readonly attempts: number;
  readonly firstClaimedAt: Instant;
}

/** Alerts that one run has taken upon itself to send. */
export interface Claim {
  readonly run: string;
  /** Real time. Until then nobody else sends these alerts. */
  readonly leaseUntil: Instant;
  readonly alerts: readonly ClaimedAlert[];
}

export interface Latch {
  readonly key: LatchKey;
  /** 0: not stored yet. Every write adds 1 and is conditional on the version before. */
  readonly version: number;
  readonly announced: Announcements;
  readonly claim: Claim | null;
}

/** `periodEnd` of the latches that are about a period. */
export function latchEndOf({ kind, end }: Period): Instant | null {
  return kind === 'rolling' ? null : end;
}

/** What a latch without a period's end begins with: it sorts behind every date. */
export const OPEN_LATCH = 'open';

/** `<period end>#<budget>#<shape>#<shard>`: the latch's sort key, and its name everywhere else. */
export function latchId({ periodEnd, budgetId, shape, shard }: LatchKey): string {
  return `${periodEnd === null ? OPEN_LATCH : formatInstant(periodEnd)}#${budgetId}#${shape}#${shard}`;
}

/** The same for all shards: what the latches of one budget in one period have in common. */
export function latchGroup(key: Omit<LatchKey, 'shard'>): string {
  return latchId({ ...key, shard: '' });
}

/** Of a budget about which nothing was said yet; it is not stored. */
export function emptyLatch(key: LatchKey): Latch {
  return { key, version: 0, announced: new Map(), claim: null };
}
