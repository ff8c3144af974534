// The recording stage: what became of each claimed alert, written on condition that the claim is still ours.
import type { AlertLedger } from '../alert/alert-ledger.ts';
import {
  type AlertOutcome,
  type AlertOutcomes,
  withOutcomes,
  withSuppressions,
} from '../alert/claim-alerts.ts';
import { type Latch, latchId } from '../alert/latch.ts';
import type { Suppression } from '../alert/suppress.ts';
import type { Problem } from '../budget/problem.ts';
import type { Instant } from '../time/instant.ts';
import type { Claimed } from './claim.ts';
import { claimedAlerts } from './claimed-alerts.ts';
import type { Clock } from './clock.ts';
import type { MessageDelivery } from './deliver.ts';
import { mapInFlight } from './in-flight.ts';
import { ledgerProblem } from './ledger-problem.ts';
import { suppressionsByLatch } from './record-suppressions.ts';

const WRITES_IN_FLIGHT = 8;

interface RecordContext {
  readonly organization: string;
  readonly run: string;
  readonly tick: Instant;
}

/** `suppressed` of a claimed latch is recorded in the same write: a write of its own would find the claim in its way. */
export async function recordOutcomes(
  claimed: Pick<Claimed, 'latches' | 'unheard'>,
  deliveries: readonly MessageDelivery[],
  suppressed: readonly Suppression[],
  { organization, run, tick }: RecordContext,
  ports: { readonly ledger: AlertLedger; readonly clock: Clock },
): Promise<{ readonly problems: readonly Problem[] }> {
  const outcomes = outcomesByAlert(claimed, deliveries);
  const suppressedOf = suppressionsByLatch(suppressed);
  const problems = await mapInFlight(WRITES_IN_FLIGHT, claimed.latches, async (latch) => {
    const recorded = withOutcomes(latch, outcomes, tick, ports.clock.now());
    const { version } = recorded.latch;
    const heldBack = suppressedOf.get(latchId(latch.key)) ?? [];
    const next = { ...withSuppressions(recorded.latch, heldBack, tick), version };
    const dead = recorded.dead.map(({ alert, open }) => {
      const on = open.join(', ');
      return problem(
        'delivery-dead',
        `Alert ${alert.id} was refused for three days on the route ${on} and is given up. Check the channel.`,
      );
    });
    try {
      return (await ports.ledger.write(organization, next, run)) ? dead : [lateRecord(latch)];
    } catch (error) {
      return [ledgerProblem('outcomes', latch, error)];
    }
  });
  return { problems: [...problems.flat(), ...deliveries.flatMap(undelivered)] };
}

function outcomesByAlert(
  { latches, unheard }: Pick<Claimed, 'latches' | 'unheard'>,
  deliveries: readonly MessageDelivery[],
): AlertOutcomes {
  const outcomes = new Map<string, Map<string, AlertOutcome>>();
  const set = (id: string, route: string, outcome: AlertOutcome) => {
    outcomes.set(id, (outcomes.get(id) ?? new Map<string, AlertOutcome>()).set(route, outcome));
  };
  for (const { alert, open } of latches.flatMap(claimedAlerts)) {
    for (const route of open) if (unheard.has(route)) set(alert.id, route, { outcome: 'unheard' });
  }
  for (const { message, delivery } of deliveries) {
    const { outcome } = delivery;
    const { route } = message.attributes;
    const result: AlertOutcome =
      outcome === 'refused' ? { outcome } : { outcome, messageId: message.messageId };
    for (const { id } of message.alerts) set(id, route, result);
  }
  return outcomes;
}

function undelivered({ message, delivery }: MessageDelivery): Problem[] {
  if (delivery.outcome === 'accepted') return [];
  const count = message.alerts.length;
  const what = delivery.outcome === 'refused' ? 'was refused' : 'may or may not have arrived';
  return [
    problem(
      `delivery-${delivery.outcome}`,
      `A message with ${count} alert${count === 1 ? '' : 's'} ${what} (${delivery.why}); the next run sends it again.`,
    ),
  ];
}

/** Our lease had ended and somebody took over: they send the same alerts under the same ids. */
function lateRecord(latch: Latch): Problem {
  return problem(
    'late-record',
    `${latchId(latch.key)}: this run lost its claim before it could record what it sent. A message may arrive twice.`,
  );
}

function problem(code: string, message: string): Problem {
  return { code, path: '', line: null, message, severity: 'error' };
}
