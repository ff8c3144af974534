// The heartbeat use case, daily: finds what no other run can, and tells operations, once each.
import type { Watched } from '../alert/notice.ts';
import type { Problem } from '../budget/problem.ts';
import { DEFAULT_ROUTE } from '../budget/route.ts';
import { BudgetAlertsError } from '../errors.ts';
import {
  audienceCondition,
  audienceSubject,
  checkCondition,
  deliveryConditions,
  fewerSubscribersCondition,
  rejectedCondition,
} from '../notify/heartbeat-conditions.ts';
import { heartbeatMessage } from '../notify/heartbeat-message.ts';
import { keyExpiryCondition } from '../notify/key-expiry-condition.ts';
import type { Audience } from '../notify/notifier.ts';
import { unknownRouteCondition } from '../notify/unknown-route-condition.ts';
import { DAY_MS, type Instant, plusMs } from '../time/instant.ts';
import { utcDayOf } from '../time/utc-day.ts';
import { announceNotices } from './announce-notices.ts';
import { watchNearTimeouts, watchSlowRead } from './near-timeout.ts';
import { lastCheckOf } from './remember-run.ts';
import type { RunState } from './run-state.ts';
import { sayOnce } from './say-once.ts';

const SIGN_OF_LIFE_MEMO = 'sign-of-life';
const SUBSCRIBERS_MEMO = 'confirmed-subscribers';
/** The whole ledger: nothing in it is older. */
export const LEDGER_MS = 500 * DAY_MS;

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
  /** Of the default route. */
  readonly audience: Audience | null;
  readonly problems: readonly Problem[];
}

export async function heartbeat(input: HeartbeatInput, state: RunState): Promise<HeartbeatReport> {
  const { organization, tick } = input;
  const names = state.routes.names ?? [DEFAULT_ROUTE];
  const [declared, ledger, audiences, expiry, slowRead] = await Promise.all([
    state.budgets.active(organization),
    state.ledger.read(organization, plusMs(tick, -LEDGER_MS)),
    Promise.all(
      names.map(async (route) => ({ route, audience: await state.routes.notifierOf(route).audience() })),
    ),
    state.names.keyExpiry(organization),
    state.slowReads.lastSlowRead(organization),
  ]);
  const listeners = audiences.map((heard) => ({
    ...heard,
    before: subscribersBefore(ledger.memos, heard.route),
  }));
  const [overdue = null, dead = null] = deliveryConditions(ledger.latches, state.clock.now());
  const watched: Watched[] = [
    ...listeners.flatMap(({ route, audience, before }): Watched[] => [
      { subject: audienceSubject(route), condition: audienceCondition(audience, route) },
      {
        subject: ofRoute('subscribers', route),
        condition: fewerSubscribersCondition(audience, before, route),
      },
    ]),
    { subject: 'routes', condition: unknownRouteCondition(declared.budgets, state.routes) },
    { subject: 'deliveries', condition: overdue },
    { subject: 'dead-deliveries', condition: dead },
    { subject: 'budgets', condition: rejectedCondition(declared.rejected) },
    { subject: 'check', condition: checkCondition(lastCheckOf(ledger.memos), tick) },
    { subject: 'admin-key', condition: keyExpiryCondition(expiry, tick) },
    ...watchNearTimeouts(ledger.memos, tick),
    ...watchSlowRead(slowRead, tick),
  ];
  const run = state.newRunId();
  const untold = await announceNotices(watched, ledger.notices, { ...input, run }, state);
  for (const { route, audience, before } of listeners) {
    // The most there were: as long as some are missing, it is not over, however many days have passed.
    if (audience === null || (before !== null && audience.confirmed < before)) continue;
    await state.ledger.remember(organization, ofRoute(SUBSCRIBERS_MEMO, route), String(audience.confirmed));
  }

  const problems = [...untold];
  if (new Date(tick).getUTCDay() === input.signOfLifeOn) {
    const message = heartbeatMessage(declared.budgets.length, watched, tick, { organization, run });
    const once = { organization, memo: SIGN_OF_LIFE_MEMO, day: utcDayOf(tick), run };
    try {
      const outcome = await sayOnce(once, ledger.memos, state.ledger, () =>
        state.routes.notifierOf(DEFAULT_ROUTE).deliver(message),
      );
      if (outcome === 'refused' || outcome === 'unknown') problems.push(noSignOfLife(outcome));
    } catch (error) {
      if (!(error instanceof BudgetAlertsError)) throw error;
      problems.push(noSignOfLife(error.code));
    }
  }
  const audience = listeners.find(({ route }) => route === DEFAULT_ROUTE)?.audience ?? null;
  return { watched, audience, problems };
}

/** `null`: no heartbeat has counted them yet. */
function subscribersBefore(memos: ReadonlyMap<string, string>, route: string): number | null {
  const before = Number.parseInt(memos.get(ofRoute(SUBSCRIBERS_MEMO, route)) ?? '', 10);
  return Number.isNaN(before) ? null : before;
}

function ofRoute(name: string, route: string): string {
  return route === DEFAULT_ROUTE ? name : `${name}.${route}`;
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
