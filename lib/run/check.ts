// The check use case: what must be said now, and who says it? One screen, in the order of the stages.
import type { Alert } from '../alert/alert.ts';
import type { Observation } from '../alert/evaluate.ts';
import type { Problem } from '../budget/problem.ts';
import { groupAlerts } from '../notify/group-alerts.ts';
import type { Message } from '../notify/message.ts';
import type { MeasureTotals } from '../spend/daily-totals.ts';
import type { SourceState } from '../spend/source-state.ts';
import type { Instant } from '../time/instant.ts';
import { announceNotices } from './announce-notices.ts';
import { claimAlerts } from './claim.ts';
import { deliverMessages, type MessageDelivery } from './deliver.ts';
import { watchNearTimeouts } from './near-timeout.ts';
import { observe, planOf } from './observe.ts';
import { recordOutcomes } from './record.ts';
import { recordSuppressions } from './record-suppressions.ts';
import { rememberRun } from './remember-run.ts';
import type { RunState } from './run-state.ts';
import { snapshotAlerts } from './snapshot-alerts.ts';
import { watchSources } from './watch-sources.ts';

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
  /** What they were made from, by series. */
  readonly totals: ReadonlyMap<string, MeasureTotals>;
  readonly sources: readonly SourceState[];
  readonly delivered: readonly { readonly alert: Alert; readonly message: Message }[];
  readonly problems: readonly Problem[];
}

export async function check(input: CheckInput, state: RunState): Promise<CheckReport> {
  const { organization, tick, alone } = input;
  const run = state.newRunId();

  const observed = await observe(input, state);
  const { declared, ledger, spend, observations } = observed;
  const { latches, notices, memos } = ledger;
  const { kept, suppressed } = planOf(observed, tick);
  const alerts = await snapshotAlerts(kept, spend, { organization, tick }, state);

  const claimed = await claimAlerts({ alerts, latches, run, input, voidLeases: alone }, state);
  const grouping = { run, organization, flags: state.flagsOf(organization), waiting: claimed.waiting };
  const messages = groupAlerts(claimed.alerts, grouping);
  const deliveries = await deliverMessages(messages, claimed.leaseUntil, state);
  const when = { organization, run, tick };
  const recorded = await recordOutcomes(claimed, deliveries, suppressed, when, state);
  const heldBack = await recordSuppressions(suppressed, latches, claimed, when, state);
  const watched = [
    ...watchSources(spend.sources, notices, declared.settings, tick),
    ...claimed.watched,
    ...watchNearTimeouts(memos, tick),
  ];
  const untold = await announceNotices(watched, notices, { ...input, run }, state);
  await rememberRun(input, memos, state);

  return {
    asOf: tick,
    observations: observations.filter(({ present }) => present),
    totals: spend.totals,
    sources: spend.sources,
    delivered: deliveredAlerts(deliveries),
    problems: [
      ...declared.rejected,
      ...spend.problems,
      ...claimed.problems,
      ...recorded.problems,
      ...heldBack.problems,
      ...untold,
    ],
  };
}

/** One entry for each alert, however many routes it went on. */
function deliveredAlerts(deliveries: readonly MessageDelivery[]): CheckReport['delivered'] {
  const accepted = deliveries.filter(({ delivery }) => delivery.outcome === 'accepted');
  const byId = new Map<string, { alert: Alert; message: Message }>();
  for (const { message } of accepted) {
    for (const alert of message.alerts) if (!byId.has(alert.id)) byId.set(alert.id, { alert, message });
  }
  return [...byId.values()];
}
