// The claim stage: one conditional write per latch, after which these alerts are this run's to send.
import type { Alert } from '../alert/alert.ts';
import type { AlertLedger } from '../alert/alert-ledger.ts';
import { isLeased, withClaim } from '../alert/claim-alerts.ts';
import { fitClaim } from '../alert/fit-claim.ts';
import { emptyLatch, type Latch, latchId } from '../alert/latch.ts';
import type { Watched } from '../alert/notice.ts';
import type { Problem } from '../budget/problem.ts';
import type { AddressedAlert } from '../notify/group-alerts.ts';
import type { Routes } from '../notify/routes.ts';
import { type Instant, plusMs, SECOND_MS } from '../time/instant.ts';
import { claimedAlerts } from './claimed-alerts.ts';
import type { Clock } from './clock.ts';
import { mapInFlight } from './in-flight.ts';
import { ledgerProblem } from './ledger-problem.ts';
import { listen } from './listen.ts';
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
  /** With the routes on which they are to be sent now. */
  readonly alerts: readonly AddressedAlert[];
  /** Route → alerts for it that did not fit into their claims, and that the next run sends. */
  readonly waiting: ReadonlyMap<string, number>;
  /** Routes on which nobody listens; alerts wait for them. */
  readonly unheard: ReadonlySet<string>;
  readonly leaseUntil: Instant;
  readonly problems: readonly Problem[];
  /** Whether anybody listens, where that was asked: operations hear at once that nobody does. */
  readonly watched: readonly Watched[];
}

/**
 * Alerts whose latch another run holds, or wins, drop out: that run sends them, or a later one plans them again. An
 * alert that nobody at all would hear is not claimed, so that it is announced once somebody listens.
 */
export async function claimAlerts(
  request: ClaimRequest,
  ports: { readonly ledger: AlertLedger; readonly routes: Routes; readonly clock: Clock },
): Promise<Claimed> {
  const { run, input, voidLeases } = request;
  const now = ports.clock.now();
  const leaseUntil = plusMs(input.deadline, LEASE_BEYOND_DEADLINE_MS);
  const free = latchesToClaim(request).filter(({ latch }) => voidLeases || !isLeased(latch.claim, now));
  const nothing = {
    latches: [],
    alerts: [],
    waiting: new Map<string, number>(),
    unheard: new Set<string>(),
    leaseUntil,
    watched: [],
  };
  if (free.length === 0) return { ...nothing, problems: [] };
  if (now > input.deadline - LEAST_TIME_TO_CLAIM_MS)
    return { ...nothing, problems: [noTimeLeft(free.length)] };

  const { unheard, watched } = await listen(free.flatMap(routesOf), ports.routes);
  const isHeard = (routes: readonly string[]) => routes.some((route) => !unheard.has(route));
  const wanted = free
    .map(({ latch, alerts }) => ({ latch, alerts: alerts.filter(({ alert }) => isHeard(alert.routes)) }))
    .filter(({ latch, alerts }) => alerts.length > 0 || isHeard(openRoutes(latch)));
  const silent = [...unheard].map((route) => nobodySubscribed(route));

  const fitted = wanted.map(({ latch, alerts }) => {
    const leftBehind = claimedAlerts(latch).map(({ alert }) => alert);
    return {
      latch,
      ...fitClaim(
        leftBehind,
        alerts.map(({ alert }) => alert),
      ),
    };
  });
  const attempts = await mapInFlight(WRITES_IN_FLIGHT, fitted, async ({ latch, taken }) => {
    const claimed = withClaim(latch, run, leaseUntil, taken, input.tick);
    return tryClaim(claimed, run, input.organization, ports.ledger);
  });
  const won = attempts.flatMap(({ latch }) => (latch === null ? [] : [latch]));
  return {
    latches: won,
    alerts: won.flatMap(claimedAlerts).map(({ alert, open }) => {
      return { alert, routes: open.filter((route) => !unheard.has(route)) };
    }),
    waiting: countByRoute(fitted.flatMap(({ waiting }) => waiting)),
    unheard,
    leaseUntil,
    problems: [...silent, ...attempts.flatMap(({ problems }) => problems)],
    watched,
  };
}

function countByRoute(alerts: readonly Alert[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const route of alerts.flatMap(({ routes }) => routes)) counts.set(route, (counts.get(route) ?? 0) + 1);
  return counts;
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
    return { latch: null, problems: [ledgerProblem('claim', claimed, error)] };
  }
}

interface WantedLatch {
  readonly latch: Latch;
  readonly alerts: PlannedAlert[];
}

/** Latches with new alerts, and those in which an earlier run left some behind. */
function latchesToClaim({ alerts, latches }: ClaimRequest): WantedLatch[] {
  const known = new Map(latches.map((latch) => [latchId(latch.key), latch]));
  const wanted = new Map<string, WantedLatch>();
  for (const [id, latch] of known) if (latch.claim !== null) wanted.set(id, { latch, alerts: [] });
  for (const planned of alerts) {
    const id = latchId(planned.latchKey);
    const entry = wanted.get(id) ?? { latch: known.get(id) ?? emptyLatch(planned.latchKey), alerts: [] };
    wanted.set(id, entry);
    entry.alerts.push(planned);
  }
  return [...wanted.values()];
}

function routesOf({ latch, alerts }: WantedLatch): string[] {
  return [...openRoutes(latch), ...alerts.flatMap(({ alert }) => alert.routes)];
}

function openRoutes(latch: Latch): string[] {
  return claimedAlerts(latch).flatMap(({ open }) => open);
}

function noTimeLeft(budgets: number): Problem {
  return {
    code: 'no-time-to-claim',
    path: '',
    line: null,
    message: `Too little time was left to send the alerts of ${budgets === 1 ? 'a budget' : `${budgets} budgets`}; the next run sends them.`,
    severity: 'error',
  };
}

/** An alert that SNS accepts for a topic without subscribers reaches nobody, and would be silent for the whole period. */
function nobodySubscribed(route: string): Problem {
  return {
    code: 'nobody-subscribed',
    path: '',
    line: null,
    message:
      `There is something to say on the route ${route}, and nobody has confirmed a subscription to it. ` +
      'Confirm the e-mail, or subscribe somebody; everything is announced then.',
    severity: 'error',
  };
}
