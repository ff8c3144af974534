// The check use case: what must be said now, and who says it? One screen, in the order of the stages.

import type { Alert } from '../alert/alert.ts';
import { evaluate, type Observation } from '../alert/evaluate.ts';
import { planAlerts } from '../alert/plan-alerts.ts';
import { SETTLING_MS } from '../budget/evaluated-periods.ts';
import type { Problem } from '../budget/problem.ts';
import { groupAlerts } from '../notify/group-alerts.ts';
import type { Message } from '../notify/message.ts';
import type { SourceState } from '../spend/source-state.ts';
import { type Instant, plusMs } from '../time/instant.ts';
import { claimAlerts } from './claim.ts';
import { deliverMessages } from './deliver.ts';
import { readSpend } from './read-spend.ts';
import { recordOutcomes } from './record.ts';
import type { RunState } from './run-state.ts';
import { snapshotAlerts } from './snapshot-alerts.ts';

export interface CheckInput {
  readonly organization: string;
  /** Which periods are open and what is due; not the time of day it happens to be. */
  readonly tick: Instant;
  /** Real time by which the run will have ended, one way or another. Leases outlast it. */
  readonly deadline: Instant;
  /** The caller knows that no other run lives (it holds a lock), so leases of others are void. */
  readonly alone: boolean;
}

export interface CheckReport {
  readonly asOf: Instant;
  readonly observations: readonly Observation[];
  readonly sources: readonly SourceState[];
  readonly delivered: readonly { readonly alert: Alert; readonly message: Message }[];
  readonly problems: readonly Problem[];
}

export async function check(input: CheckInput, ports: RunState): Promise<CheckReport> {
  const { organization, tick, alone } = input;
  const run = ports.newRunId();

  const stored = await ports.budgets.active(organization);
  const [latches, spend] = await Promise.all([
    ports.ledger.latches(organization, plusMs(tick, -SETTLING_MS)),
    readSpend(organization, stored.budgets, tick, ports.spend),
  ]);

  const observations = evaluate(stored.budgets, spend.totals, tick);
  const intents = planAlerts(observations, latches);
  const alerts = await snapshotAlerts(intents, spend, { organization, tick }, ports.names);

  const claimed = await claimAlerts({ alerts, latches, run, input, voidLeases: alone }, ports);
  const messages = groupAlerts(claimed.alerts, run);
  const deliveries = await deliverMessages(messages, claimed.leaseUntil, ports);
  const recorded = await recordOutcomes(claimed.latches, deliveries, { organization, run, tick }, ports);

  return {
    asOf: tick,
    observations,
    sources: spend.sources,
    delivered: deliveries
      .filter(({ delivery }) => delivery.outcome === 'accepted')
      .flatMap(({ message }) => message.alerts.map((alert) => ({ alert, message }))),
    problems: [...stored.rejected, ...spend.problems, ...claimed.problems, ...recorded.problems],
  };
}
