// The heartbeat use case, daily: finds what no other run can, and tells operations, once each.
import type { Watched } from '../alert/notice.ts';
import type { Problem } from '../budget/problem.ts';
import {
  AUDIENCE,
  audienceCondition,
  checkCondition,
  deliveryConditions,
  fewerSubscribersCondition,
  rejectedCondition,
} from '../notify/heartbeat-conditions.ts';
import { heartbeatMessage } from '../notify/heartbeat-message.ts';
import { keyExpiryCondition } from '../notify/key-expiry-condition.ts';
import type { Audience } from '../notify/notifier.ts';
import { DAY_MS, type Instant, plusMs } from '../time/instant.ts';
import { announceNotices } from './announce-notices.ts';
import { lastCheckOf } from './remember-run.ts';
import type { RunState } from './run-state.ts';

const SUBSCRIBERS_MEMO = 'confirmed-subscribers';
/** The whole ledger: nothing in it is older. */
const LEDGER_MS = 500 * DAY_MS;

export interface HeartbeatInput {
  readonly organization: string;
  readonly tick: Instant;
  readonly deadline: Instant;
  readonly alone: boolean;
  /** Send a sign of life through the alerts topic itself on this day of the week (0 is Sunday); `null`: never. */
  readonly signOfLifeOn: number | null;
}

export interface HeartbeatReport {
  readonly watched: readonly Watched[];
  readonly audience: Audience | null;
  readonly problems: readonly Problem[];
}

export async function heartbeat(input: HeartbeatInput, state: RunState): Promise<HeartbeatReport> {
  const { organization, tick } = input;
  const [declared, ledger, audience, expiry] = await Promise.all([
    state.budgets.active(organization),
    state.ledger.read(organization, plusMs(tick, -LEDGER_MS)),
    state.notifier.audience(),
    state.names.keyExpiry(organization),
  ]);
  const before = Number.parseInt(ledger.memos.get(SUBSCRIBERS_MEMO) ?? '', 10);
  const [overdue = null, dead = null] = deliveryConditions(ledger.latches, state.clock.now());
  const watched: Watched[] = [
    { subject: AUDIENCE, condition: audienceCondition(audience) },
    {
      subject: 'subscribers',
      condition: fewerSubscribersCondition(audience, Number.isNaN(before) ? null : before),
    },
    { subject: 'deliveries', condition: overdue },
    { subject: 'dead-deliveries', condition: dead },
    { subject: 'budgets', condition: rejectedCondition(declared.rejected) },
    {
      subject: 'check',
      condition: checkCondition(lastCheckOf(ledger.memos), tick),
    },
    { subject: 'admin-key', condition: keyExpiryCondition(expiry, tick) },
  ];
  const run = state.newRunId();
  const untold = await announceNotices(watched, ledger.notices, { ...input, run }, state);
  // The most there were: as long as some are missing, it is not over, however many days have passed.
  if (audience !== null && !(audience.confirmed < before)) {
    await state.ledger.remember(organization, SUBSCRIBERS_MEMO, String(audience.confirmed));
  }

  const problems = [...untold];
  if (new Date(tick).getUTCDay() === input.signOfLifeOn) {
    const { outcome } = await state.notifier.deliver(
      heartbeatMessage(declared.budgets.length, watched, tick, run),
    );
    if (outcome !== 'accepted') problems.push(noSignOfLife(outcome));
  }
  return { watched, audience, problems };
}

function noSignOfLife(outcome: string): Problem {
  return {
    code: 'heartbeat-undelivered',
    path: '',
    line: null,
    message: `The weekly sign of life was not delivered (${outcome}): alerts would not be either.`,
    severity: 'error',
  };
}
