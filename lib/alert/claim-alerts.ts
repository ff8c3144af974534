// How a latch changes when a run claims alerts and when it records what became of them. Nothing else changes a latch.
import { formatAmount } from '../money/format-amount.ts';
import { DAY_MS, type Instant } from '../time/instant.ts';
import type { Alert } from './alert.ts';
import { announcementKey } from './alert-key.ts';
import type { Announcement, Announcements, Claim, ClaimedAlert, Latch } from './latch.ts';
import type { Suppression } from './suppress.ts';

/** Refused for this long, and this often, an alert is given up and reported as dead. */
const DEAD_AFTER_MS = 3 * DAY_MS;
const DEAD_AFTER_ATTEMPTS = 12;

/** What became of an alert on one route. `unheard`: nobody listens there, so it was not even tried. */
export type AlertOutcome =
  | { readonly outcome: 'accepted' | 'unknown'; readonly messageId: string }
  | { readonly outcome: 'refused' | 'unheard' };

/** Alert id → route → outcome. What is absent was not tried, and counts as refused. */
export type AlertOutcomes = ReadonlyMap<string, ReadonlyMap<string, AlertOutcome>>;

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
        ...newAlerts.map((alert) => ({ alert, open: alert.routes, attempts: 1, firstClaimedAt: tick })),
      ],
    },
  };
}

/** Records what was held back and why, in a write of its own: nobody is told, so nothing is claimed. */
export function withSuppressions(latch: Latch, suppressions: readonly Suppression[], tick: Instant): Latch {
  const announced = copyOf(latch.announced);
  for (const { intent, silence } of suppressions) {
    const { observation, threshold, supersedes, reason } = intent;
    const said = entryOf(announced, observation.member);
    const spent = formatAmount(observation.spent);
    for (const { amount } of [threshold, ...supersedes]) {
      const key = announcementKey(observation.budget.limit, amount);
      said.set(key, { state: 'suppressed', at: tick, spent, reason, messageId: '', note: silence.reason });
    }
  }
  return { ...latch, version: latch.version + 1, announced };
}

export interface Recorded {
  readonly latch: Latch;
  /** Given up in this record; `open` are the routes that never accepted it. */
  readonly dead: readonly ClaimedAlert[];
}

/**
 * Alerts that every route has accepted are announced, together with the lower thresholds they spoke for. What a route
 * refused stays claimed for that route with the lease ended, so that the next run sends it; where it is unknown the lease
 * runs out first, since it may have arrived. While nobody listens on any of the open routes, no try is counted.
 */
export function withOutcomes(claimed: Latch, outcomes: AlertOutcomes, tick: Instant, now: Instant): Recorded {
  const version = claimed.version + 1;
  if (claimed.claim === null) return { latch: { ...claimed, version }, dead: [] };
  const announced = copyOf(claimed.announced);
  const open: ClaimedAlert[] = [];
  const dead: ClaimedAlert[] = [];
  let anyUnknown = false;
  for (const entry of claimed.claim.alerts) {
    const results = entry.open.map((route) => {
      return { route, result: outcomes.get(entry.alert.id)?.get(route) ?? { outcome: 'refused' as const } };
    });
    const rest = results.filter(({ result }) => result.outcome !== 'accepted');
    if (rest.length === 0) {
      const state = entry.alert.reason === 'correction' ? 'corrected' : 'announced';
      announce(announced, entry.alert, { state, at: tick, messageId: messageIdOf(results), note: '' });
      continue;
    }
    const remaining = { ...entry, open: rest.map(({ route }) => route) };
    if (rest.every(({ result }) => result.outcome === 'unheard')) {
      open.push({ ...remaining, attempts: 0, firstClaimedAt: tick });
    } else if (isHopeless(entry, tick)) {
      const note = `not heard on ${remaining.open.join(', ')}`;
      announce(announced, entry.alert, { state: 'dead', at: tick, messageId: messageIdOf(results), note });
      dead.push(remaining);
    } else {
      open.push(remaining);
      anyUnknown ||= rest.some(({ result }) => result.outcome === 'unknown');
    }
  }
  const leaseUntil = anyUnknown ? claimed.claim.leaseUntil : now;
  const claim = open.length === 0 ? null : { ...claimed.claim, leaseUntil, alerts: open };
  return { latch: { ...claimed, version, announced, claim }, dead };
}

function isHopeless({ attempts, firstClaimedAt }: ClaimedAlert, tick: Instant): boolean {
  return attempts >= DEAD_AFTER_ATTEMPTS && tick - firstClaimedAt >= DEAD_AFTER_MS;
}

/** Of several messages the first that was accepted in this run. */
function messageIdOf(results: readonly { readonly result: AlertOutcome }[]): string {
  for (const { result } of results) if (result.outcome === 'accepted') return result.messageId;
  return '';
}

type OpenAnnouncements = Map<string, Map<string, Announcement>>;

function announce(
  announced: OpenAnnouncements,
  alert: Alert,
  { state, ...recorded }: Pick<Announcement, 'state' | 'at' | 'messageId' | 'note'>,
): void {
  const said = entryOf(announced, alert.member);
  const common = { ...recorded, spent: alert.spent, reason: alert.reason };
  for (const lower of alert.supersedes) {
    // What was given up, or taken back, was so with all that it spoke for: only what was said can be superseded by it.
    const lowerState = state === 'announced' ? 'superseded' : state;
    said.set(`${alert.limit}:${lower.amount}`, { state: lowerState, ...common });
  }
  said.set(`${alert.limit}:${alert.thresholdAmount}`, { state, ...common });
}

function copyOf(announced: Announcements): OpenAnnouncements {
  return new Map([...announced].map(([member, said]) => [member, new Map(said)]));
}

function entryOf(announced: OpenAnnouncements, member: string): Map<string, Announcement> {
  const said = announced.get(member) ?? new Map<string, Announcement>();
  announced.set(member, said);
  return said;
}
