// What every scheduled function does around its use case: parse the tick, keep time, log one line, fail loudly.

import type { Problem } from '../budget/problem.ts';
import { BudgetAlertsError } from '../errors.ts';
import { nearTimeoutAt } from '../run/near-timeout.ts';
import { formatInstant, type Instant, instantOfEpochMs, plusMs } from '../time/instant.ts';
import { codeOf } from './code-of.ts';
import { leaveWordAt } from './leave-word.ts';
import { type LogFields, startRunLog } from './run-log.ts';
import { parseTickEvent, type Tick } from './tick-event.ts';

/** The part of Lambda's context that is used. */
export interface InvocationContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

export interface ScheduledRun extends Tick {
  /** Real time at which Lambda ends the invocation. */
  readonly deadline: Instant;
  /** Real time from which the run is near its time-out. */
  readonly nearTimeoutAt: Instant;
}

interface RunResult {
  /** Counts and classes for the log line. */
  readonly counts: Readonly<Record<string, number | boolean>>;
  /** What a deployment wants to see in the log line besides. */
  readonly measured?: LogFields;
  readonly problems: readonly Problem[];
  /** Sentences for the log that are known to hold no name, amount, body or secret. */
  readonly explanations?: readonly string[];
  /** False: the last stage was not reached, so the invocation must count as failed. */
  readonly completed: boolean;
}

/** Leaves word that a run of the organization is near its time-out, for another run to tell operations. */
type SayNearTimeout = (organization: string) => Promise<void>;

/**
 * A run that did not finish its last stage throws, so that Lambda's own metrics tell it from one that did. The error
 * names codes only: Lambda puts its message into the log and into the dead-letter queue.
 */
export async function runFunction(
  name: string,
  event: unknown,
  context: InvocationContext,
  run: (scheduled: ScheduledRun) => Promise<RunResult>,
  sayNearTimeout: SayNearTimeout = async () => {},
): Promise<void> {
  const log = startRunLog(name, context.awsRequestId);
  let about: Readonly<Record<string, string>> = {};
  try {
    const tick = parseTickEvent(event);
    about = { organization: tick.organization, tick: formatInstant(tick.tick) };
    const startedAt = instantOfEpochMs(Date.now());
    const deadline = plusMs(startedAt, context.getRemainingTimeInMillis());
    const scheduled = { ...tick, deadline, nearTimeoutAt: nearTimeoutAt(startedAt, deadline) };
    const {
      counts,
      measured,
      problems,
      explanations = [],
      completed,
    } = await leaveWordAt(
      scheduled.nearTimeoutAt,
      () => sayNearTimeout(tick.organization),
      () => run(scheduled),
    );
    const codes = problems.map(({ code }) => code);
    log(completed ? 'done' : 'failed', {
      ...about,
      ...counts,
      problems: codes,
      ...(explanations.length > 0 && { explanations }),
      ...measured,
    });
    if (!completed)
      throw new BudgetAlertsError('run-incomplete', `${name} did not finish: ${codes.join(', ')}.`);
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'run-incomplete') log('failed', { ...about, error: code });
    throw error;
  }
}
