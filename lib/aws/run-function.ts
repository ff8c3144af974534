// What every scheduled function does around its use case: parse the tick, keep time, log one line, fail loudly.

import type { Problem } from '../budget/problem.ts';
import { BudgetAlertsError } from '../errors.ts';
import { formatInstant, type Instant, instantOfEpochMs, plusMs } from '../time/instant.ts';
import { codeOf } from './code-of.ts';
import { startRunLog } from './run-log.ts';
import { parseTickEvent, type Tick } from './tick-event.ts';

/** The part of Lambda's context that is used. */
export interface InvocationContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

export interface ScheduledRun extends Tick {
  /** Real time at which Lambda ends the invocation. */
  readonly deadline: Instant;
}

interface RunResult {
  /** Counts and classes for the log line. */
  readonly counts: Readonly<Record<string, number | boolean>>;
  readonly problems: readonly Problem[];
  /** Sentences for the log that are known to hold no name, amount, body or secret. */
  readonly explanations?: readonly string[];
  /** False: the last stage was not reached, so the invocation must count as failed. */
  readonly completed: boolean;
}

/**
 * A run that did not finish its last stage throws, so that Lambda's own metrics tell it from one that did. The error
 * names codes only: Lambda puts its message into the log and into the dead-letter queue.
 */
export async function runFunction(
  name: string,
  event: unknown,
  context: InvocationContext,
  run: (scheduled: ScheduledRun) => Promise<RunResult>,
): Promise<void> {
  const log = startRunLog(name, context.awsRequestId);
  let about: Readonly<Record<string, string>> = {};
  try {
    const tick = parseTickEvent(event);
    about = { organization: tick.organization, tick: formatInstant(tick.tick) };
    const deadline = plusMs(instantOfEpochMs(Date.now()), context.getRemainingTimeInMillis());
    const { counts, problems, explanations = [], completed } = await run({ ...tick, deadline });
    const codes = problems.map(({ code }) => code);
    log(completed ? 'done' : 'failed', {
      ...about,
      ...counts,
      problems: codes,
      ...(explanations.length > 0 && { explanations }),
    });
    if (!completed)
      throw new BudgetAlertsError('run-incomplete', `${name} did not finish: ${codes.join(', ')}.`);
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'run-incomplete') log('failed', { ...about, error: code });
    throw error;
  }
}
