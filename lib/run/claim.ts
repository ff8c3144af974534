// The claim stage: one conditional write per latch, after which these alerts are this run's to send.
import type { Alert } from '../alert/alert.ts';
import type { AlertLedger } from '../alert/alert-ledger.ts';
import { isLeased, withClaim } from '../alert/claim-alerts.ts';
import { fitClaim } from '../alert/fit-claim.ts';
import { emptyLatch, type Latch, latchId } from '../alert/latch.ts';
import type { Watched } from '../alert/notice.ts';
import type { Problem } from '../budget/problem.ts';
import { AUDIENCE, audienceCondition } from '../notify/heartbeat-conditions.ts';
import { isHeard, type Notifier } from '../notify/notifier.ts';
import { type Instant, plusMs, SECOND_MS } from '../time/instant.ts';
import type { Clock } from './clock.ts';
import { mapInFlight } from './in-flight.ts';
import { ledgerProblem } from './ledger-problem.ts';
import type { PlannedAlert } from './snapshot-alerts.ts';

/** A run cannot outlive its deadline, so nobody publishes on a lease that has ended; 60 s forgive differing clocks. */
export const LEASE_BEYOND_DEADLINE_MS = 60 * SECOND_MS;
/** Nothing is claimed that could not be sent and recorded in time. */
const LEAST_TIME_TO_CLAIM_MS = 20 * SECOND_MS;
const WRITES_IN_FLIGHT = 8;

interface ClaimRequest {
  readonly alerts: readonly PlannedAlert[];
  readonly latches: readonly Latch[];
  readonly run: string;
  readonly input: { readonly organization: string; readonly tick: Instant; readonly deadline: Instant };
  readonly voidLeases: boolean;
}

export interface Claimed {
  readonly latches: readonly Latch[];
  readonly alerts: readonly Alert[];
  /** Alerts that did not fit into their claims, and that the next run sends. */
  readonly waiting: number;
  readonly leaseUntil: Instant;
  readonly problems: readonly Problem[];
  /** Whether anybody listens, if that was asked: operations hear at once that nobody does. */
  readonly watched: readonly Watched[];
}

/** Alerts whose latch another run holds, or wins, drop out: that run sends them, or a later one plans them again. */
export async function claimAlerts(
  request: ClaimRequest,
  ports: { readonly ledger: AlertLedger; readonly notifier: Notifier; readonly clock: Clock },
): Promise<Claimed> {
  const { run, input, voidLeases } = request;
  const now = ports.clock.now();
  const leaseUntil = plusMs(input.deadline, LEASE_BEYOND_DEADLINE_MS);
  const wanted = latchesToClaim(request).filter(({ latch }) => voidLeases || !isLeased(latch.claim, now));
  const nothing = (problems: readonly Problem[], watched: readonly Watched[] = []): Claimed => ({
    latches: [],
    alerts: [],
    waiting: 0,
    leaseUntil,
    problems,
    watched,
  });
  if (wanted.length === 0) return nothing([]);
  if (now > input.deadline - LEAST_TIME_TO_CLAIM_MS) return nothing([noTimeLeft(wanted.length)]);
  const audience = await ports.notifier.audience();
  const watched = [{ subject: AUDIENCE, condition: audienceCondition(audience) }];
  if (!isHeard(audience)) return nothing([nobodySubscribed(wanted.length)], watched);

  const fitted = wanted.map(({ latch, alerts }) => {
    const leftBehind = latch.claim?.alerts.map(({ alert }) => alert) ?? [];
    return { latch, ...fitClaim(leftBehind, alerts) };
  });
  const attempts = await mapInFlight(WRITES_IN_FLIGHT, fitted, async ({ latch, taken }) => {
    const claimed = withClaim(latch, run, leaseUntil, taken, input.tick);
    return tryClaim(claimed, run, input.organization, ports.ledger);
  });
  const waiting = fitted.reduce((sum, latch) => sum + latch.waiting.length, 0);
  const won = attempts.flatMap(({ latch }) => (latch === null ? [] : [latch]));
  return {
    latches: won,
    alerts: won.flatMap(({ claim }) => claim?.alerts.map(({ alert }) => alert) ?? []),
    waiting,
    leaseUntil,
    problems: attempts.flatMap(({ problems }) => problems),
    watched,
  };
}

/** A claim that could not be written keeps no other from being sent; if it was written after all, its lease runs out. */
async function tryClaim(
  claimed: Latch,
  run: string,
  organization: string,
  ledger: AlertLedger,
): Promise<{ readonly latch: Latch | null; readonly problems: readonly Problem[] }> {
  try {
    return { latch: (await ledger.write(organization, claimed, run)) ? claimed : null, problems: [] };
  } catch (error) {
    return { latch: null, problems: [ledgerProblem('claim-failed', claimed, error)] };
  }
}

/** Latches with something new, and latches whose alerts an earlier run left behind. */
function latchesToClaim({ alerts, latches }: ClaimRequest): { latch: Latch; alerts: readonly Alert[] }[] {
  const known = new Map(latches.map((latch) => [latchId(latch.key), latch]));
  const wanted = new Map<string, { latch: Latch; alerts: Alert[] }>();
  for (const [id, latch] of known) if (latch.claim !== null) wanted.set(id, { latch, alerts: [] });
  for (const { alert, latchKey } of alerts) {
    const id = latchId(latchKey);
    const entry = wanted.get(id) ?? { latch: known.get(id) ?? emptyLatch(latchKey), alerts: [] };
    wanted.set(id, entry);
    entry.alerts.push(alert);
  }
  return [...wanted.values()];
}

function noTimeLeft(budgets: number): Problem {
  return {
    code: 'no-time-to-claim',
    path: '',
    line: null,
    message: `Too little time was left to send the alerts of ${budgets} budgets; the next run sends them.`,
    severity: 'error',
  };
}

/** An alert that SNS accepts for a topic without subscribers reaches nobody, and would be silent for the whole period. */
function nobodySubscribed(budgets: number): Problem {
  return {
    code: 'nobody-subscribed',
    path: '',
    line: null,
    message:
      `${budgets} budgets have something to say and nobody has confirmed a subscription to the alerts topic. ` +
      'Confirm the e-mail, or subscribe somebody; everything is announced then.',
    severity: 'error',
  };
}
