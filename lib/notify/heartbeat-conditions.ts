// What the daily heartbeat looks for: that nobody would hear, that something was not delivered, that nothing runs.

import type { Announcement, Latch } from '../alert/latch.ts';
import type { Condition } from '../alert/notice.ts';
import type { Problem } from '../budget/problem.ts';
import { DEFAULT_ROUTE } from '../budget/route.ts';
import { HOUR_MS, type Instant } from '../time/instant.ts';
import type { Audience } from './notifier.ts';
import { shortInstant } from './period-name.ts';
import { upperFirst } from './upper-first.ts';

/** Four runs should have tried it again by then. */
const OVERDUE_AFTER_MS = HOUR_MS;
/** A check runs every 15 minutes and says so every hour. */
const CHECK_SILENT_AFTER_MS = 3 * HOUR_MS;

/** The subject under which operations hear whether anybody would hear an alert on a route. */
export function audienceSubject(route: string): string {
  return route === DEFAULT_ROUTE ? 'audience' : `audience.${route}`;
}

function topicOf(route: string): string {
  return route === DEFAULT_ROUTE ? 'the alerts topic' : `the topic of the route ${route}`;
}

/** `null` where the subscriptions cannot be read: somebody else's topic. */
export function audienceCondition(audience: Audience | null, route: string): Condition | null {
  if (audience === null || audience.confirmed > 0) return null;
  const subscribe = 'Subscribe somebody (`aws sns subscribe`, as the runbook shows), who then confirms.';
  const confirm =
    'Confirm the e-mail that AWS sent (look in the spam folder). After 48 hours AWS forgets it: then subscribe again.';
  const [pending, whatToDo] =
    audience.pending === 0
      ? [`Nobody is subscribed to ${topicOf(route)}.`, subscribe]
      : audience.pending === 1
        ? [`A subscription to ${topicOf(route)} waits for its confirmation.`, confirm]
        : [`${audience.pending} subscriptions to ${topicOf(route)} wait for their confirmation.`, confirm];
  return {
    code: 'NoConfirmedSubscriber',
    state: 'nobody',
    title: `Nobody would hear an alert${route === DEFAULT_ROUTE ? '' : ` on the route ${route}`}`,
    text: `${pending} Nothing is announced there until somebody has confirmed; then everything is. ${whatToDo}`,
  };
}

/** `before`: the confirmed subscriptions of the last heartbeat, `null` at first. */
export function fewerSubscribersCondition(
  audience: Audience | null,
  before: number | null,
  route: string,
): Condition | null {
  if (audience === null || before === null || audience.confirmed === 0 || audience.confirmed >= before)
    return null;
  return {
    code: 'SubscribersFell',
    state: `${before} to ${audience.confirmed}`,
    title: `${upperFirst(topicOf(route))} has lost subscribers: ${before} before, ${audience.confirmed} now`,
    text:
      'Every alert by e-mail carries a link that unsubscribes whoever follows it. ' +
      'Compare its subscriptions in the SNS console with the addresses of the deployment, and subscribe again who should ' +
      'hear (`aws sns subscribe`): a deployment does not bring anybody back.',
  };
}

function isDead({ state }: Announcement): boolean {
  return state === 'dead';
}

/** Thresholds that one alert spoke for were given up together. */
function isFirstOfAlert(
  { at, reason, spent }: Announcement,
  position: number,
  dead: Announcement[],
): boolean {
  return (
    position ===
    dead.findIndex((other) => other.at === at && other.reason === reason && other.spent === spent)
  );
}

/** Anywhere in the ledger: a claim that no run has taken up, or an alert that was given up. */
export function deliveryConditions(latches: readonly Latch[], now: Instant): (Condition | null)[] {
  const waiting = latches.flatMap(({ claim }) =>
    claim !== null && now - claim.leaseUntil > OVERDUE_AFTER_MS ? claim.alerts : [],
  ).length;
  const dead = latches.flatMap(({ key, announced }) =>
    [...announced].flatMap(([member, said]) =>
      [...said.values()]
        .filter(isDead)
        .filter(isFirstOfAlert)
        .map(() => `${key.budgetId} (${member})`),
    ),
  );
  return [
    waiting === 0
      ? null
      : {
          code: 'DeliveryOverdue',
          state: 'overdue',
          title: `${waiting === 1 ? 'An alert has' : `${waiting} alerts have`} waited for more than an hour`,
          text:
            'A run that had taken it upon itself did not finish, or the topic refused the message. Every check tries again, ' +
            'so nothing needs to be done unless this lasts for a day; then the log group of check-budgets says why.',
        },
    dead.length === 0
      ? null
      : {
          code: 'DeliveryDead',
          state: `${dead.length}`,
          title: `${dead.length === 1 ? 'An alert was' : `${dead.length} alerts were`} given up after three days of refusals`,
          text:
            `Nobody was told about: ${listed(dead)}. Tell the owners of these budgets by hand, from what \`budget-alerts history\` ` +
            'lists as dead, and see why the topic refuses messages.',
        },
  ];
}

export function rejectedCondition(rejected: readonly Problem[]): Condition | null {
  if (rejected.length === 0) return null;
  const paths = rejected.map(({ path }) => path);
  return {
    code: 'BudgetRejected',
    state: paths.join(' ').slice(0, 500),
    title: `${rejected.length} stored ${rejected.length === 1 ? 'budget' : 'budgets'} cannot be read`,
    text: rejected
      .slice(0, 10)
      .map(({ message }) => message)
      .join('\n'),
  };
}

export function checkCondition(lastCheck: Instant | null, tick: Instant): Condition | null {
  if (lastCheck !== null && tick - lastCheck <= CHECK_SILENT_AFTER_MS) return null;
  const since =
    lastCheck === null
      ? 'It has never run; in a new deployment the first run comes within 20 minutes. If none does, see'
      : `It last ran at ${shortInstant(lastCheck)}. See`;
  return {
    code: 'CheckNotRunning',
    state: 'silent',
    title: 'The check of budgets does not run',
    text: `${since} whether its schedule is enabled, and what its log group says. Until it runs, no breach is announced.`,
  };
}

function listed(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const shown = distinct.slice(0, 10);
  return distinct.length > shown.length ? `${shown.join(', ')} and others` : shown.join(', ');
}
