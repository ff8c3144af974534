// How a latch changes when a run claims alerts and when it records what became of them. Nothing else changes a latch.
import { DAY_MS, type Instant } from '../time/instant.ts';
import type { Alert } from './alert.ts';
import type { AnnouncedState, Announcement, Claim, ClaimedAlert, Latch } from './latch.ts';

/** Refused for this long, and this often, an alert is given up and reported as dead. */
const DEAD_AFTER_MS = 3 * DAY_MS;
const DEAD_AFTER_ATTEMPTS = 12;

export type AlertOutcome =
  | { readonly outcome: 'accepted' | 'unknown'; readonly messageId: string }
  | { readonly outcome: 'refused' };

/** While the lease runs, another run may be sending these alerts. `now` is real time. */
export function isLeased(claim: Claim | null, now: Instant): boolean {
  return claim !== null && now < claim.leaseUntil;
}

/** Alerts that an earlier run left behind come first, as they were claimed; new ones join them. */
export function withClaim(
  latch: Latch,
  run: string,
  leaseUntil: Instant,
  newAlerts: readonly Alert[],
  tick: Instant,
): Latch {
  const leftBehind = latch.claim?.alerts ?? [];
  return {
    ...latch,
    version: latch.version + 1,
    claim: {
      run,
      leaseUntil,
      alerts: [
        ...leftBehind.map((claimed) => ({ ...claimed, attempts: claimed.attempts + 1 })),
        ...newAlerts.map((alert) => ({ alert, attempts: 1, firstClaimedAt: tick })),
      ],
    },
  };
}

export interface Recorded {
  readonly latch: Latch;
  /** Alerts given up in this record. */
  readonly dead: readonly Alert[];
}

/**
 * Accepted alerts are announced, together with the lower thresholds they spoke for. Refused ones stay claimed with the
 * lease ended, so that the next run sends them; for unknown ones the lease runs out first, since they may have arrived.
 */
export function withOutcomes(
  claimed: Latch,
  outcomes: ReadonlyMap<string, AlertOutcome>,
  tick: Instant,
  now: Instant,
): Recorded {
  const announced = new Map([...claimed.announced].map(([member, said]) => [member, new Map(said)]));
  const open: ClaimedAlert[] = [];
  const dead: Alert[] = [];
  let anyUnknown = false;
  for (const entry of claimed.claim?.alerts ?? []) {
    const result = outcomes.get(entry.alert.id) ?? { outcome: 'refused' };
    if (result.outcome === 'accepted') {
      announce(announced, entry.alert, 'announced', tick, result.messageId);
    } else if (isHopeless(entry, tick)) {
      announce(announced, entry.alert, 'dead', tick, '');
      dead.push(entry.alert);
    } else {
      open.push(entry);
      anyUnknown ||= result.outcome === 'unknown';
    }
  }
  const claim = claimed.claim === null || open.length === 0 ? null : { ...claimed.claim, alerts: open };
  return {
    latch: {
      ...claimed,
      version: claimed.version + 1,
      announced,
      claim: claim === null || anyUnknown ? claim : { ...claim, leaseUntil: now },
    },
    dead,
  };
}

function isHopeless({ attempts, firstClaimedAt }: ClaimedAlert, tick: Instant): boolean {
  return attempts >= DEAD_AFTER_ATTEMPTS && tick - firstClaimedAt >= DEAD_AFTER_MS;
}

function announce(
  announced: Map<string, Map<string, Announcement>>,
  alert: Alert,
  state: AnnouncedState,
  at: Instant,
  messageId: string,
): void {
  const said = announced.get(alert.member) ?? new Map<string, Announcement>();
  announced.set(alert.member, said);
  const common = { at, spent: alert.spent, reason: alert.reason, messageId };
  for (const lower of alert.supersedes) {
    said.set(`${alert.limit}:${lower.amount}`, { state: 'superseded', ...common });
  }
  said.set(`${alert.limit}:${alert.thresholdAmount}`, { state, ...common });
}
