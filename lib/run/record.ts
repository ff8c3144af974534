// The recording stage: what became of each claimed alert, written on condition that the claim is still ours.
import type { AlertLedger } from '../alert/alert-ledger.ts';
import { type AlertOutcome, withOutcomes, withSuppressions } from '../alert/claim-alerts.ts';
import { type Latch, latchId } from '../alert/latch.ts';
import type { Suppression } from '../alert/suppress.ts';
import type { Problem } from '../budget/problem.ts';
import type { Instant } from '../time/instant.ts';
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
  claimed: readonly Latch[],
  deliveries: readonly MessageDelivery[],
  suppressed: readonly Suppression[],
  { organization, run, tick }: RecordContext,
  ports: { readonly ledger: AlertLedger; readonly clock: Clock },
): Promise<{ readonly problems: readonly Problem[] }> {
  const outcomes = outcomesByAlert(deliveries);
  const suppressedOf = suppressionsByLatch(suppressed);
  const problems = await mapInFlight(WRITES_IN_FLIGHT, claimed, async (latch) => {
    const recorded = withOutcomes(latch, outcomes, tick, ports.clock.now());
    const { version } = recorded.latch;
    const heldBack = suppressedOf.get(latchId(latch.key)) ?? [];
    const next = { ...withSuppressions(recorded.latch, heldBack, tick), version };
    const dead = recorded.dead.map(({ id }) => {
      return problem(
        'delivery-dead',
        `Alert ${id} was refused for three days and is given up. Check the channel.`,
      );
    });
    try {
      return (await ports.ledger.write(organization, next, run)) ? dead : [lateRecord(latch)];
    } catch (error) {
      return [ledgerProblem('record-failed', latch, error)];
    }
  });
  return { problems: [...problems.flat(), ...deliveries.flatMap(undelivered)] };
}

function outcomesByAlert(deliveries: readonly MessageDelivery[]): Map<string, AlertOutcome> {
  return new Map(
    deliveries.flatMap(({ message, delivery }) =>
      message.alerts.map(({ id }): [string, AlertOutcome] => [
        id,
        delivery.outcome === 'refused'
          ? { outcome: 'refused' }
          : { outcome: delivery.outcome, messageId: message.messageId },
      ]),
    ),
  );
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
