// When a function that came close to its time-out is worth a word to operations: while it has lately.
import type { Condition } from '../alert/notice.ts';
import { DAY_MS, type Instant } from '../time/instant.ts';
import { shortInstant } from './period-name.ts';

/** Of the time that a run has. What is left is enough to say so, and a time-out is still some growth away. */
export const NEAR_TIMEOUT_PERCENT = 80;

/** The heartbeat looks once a day, and one of them may be missed. */
const LATELY_MS = 2 * DAY_MS;

/** `null`: not for two days. The state is always the same, so that it is said once however often it happens. */
export function nearTimeoutCondition(name: string, at: Instant, tick: Instant): Condition | null {
  if (tick - at > LATELY_MS) return null;
  return {
    code: 'NearTimeout',
    state: 'near',
    title: `${name} came close to its time-out`,
    text:
      `At ${shortInstant(at)} a run of ${name} had used ${NEAR_TIMEOUT_PERCENT} % of its time. A run that uses all of it is cut off: what ` +
      'it has not done is left to the next run, which has no more time, so that alerts come late and at last not at all. ' +
      `See "durationMs" in the log group of ${name}. More memory makes a function faster; fewer budgets, or budgets over ` +
      'shorter periods, give it less to do.',
  };
}
