// Asynchronous invocations with the template's own retries, dead-letter queue and on-failure destination.
import type { InvocationResult } from './lambda-runtime.ts';

export interface AsynchronousTarget {
  readonly arn: string;
  readonly maximumRetryAttempts: number;
  /** Gets the event alone. */
  readonly deadLetterQueueArn: string | null;
  /** Gets the event with what became of it. */
  readonly onFailureArn: string | null;
  invoke(event: unknown): Promise<InvocationResult>;
  /** With the function's own rights, as Lambda does it. */
  sendToQueue(queueArn: string, body: string): Promise<void>;
}

export interface AsynchronousInvocations {
  /** Lambda says 202 and nothing of how it went. */
  accept(functionArn: string, event: unknown): void;
  /** Follows something else that is under way. */
  track(work: Promise<void>): void;
  /** Until nothing is under way, and nothing follows from it. */
  settled(): Promise<void>;
}

/** Retries come at once instead of after one and two minutes. */
export function createAsynchronousInvocations(
  targets: readonly AsynchronousTarget[],
): AsynchronousInvocations {
  const underWay = new Set<Promise<void>>();
  const faults: unknown[] = [];

  function track(work: Promise<void>): void {
    const tracked = work
      .catch((fault: unknown) => void faults.push(fault))
      .finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  }

  return {
    track,
    accept(functionArn, event) {
      const target = targets.find(({ arn }) => arn === functionArn);
      if (target === undefined) throw new Error(`The stack has no function ${functionArn}.`);
      track(attemptAll(target, event));
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
      if (faults.length > 0)
        throw new AggregateError(faults.splice(0), `the local cloud failed: ${faults[0]}`);
    },
  };
}

async function attemptAll(target: AsynchronousTarget, event: unknown): Promise<void> {
  const attempts = target.maximumRetryAttempts + 1;
  for (let attempt = 1; ; attempt += 1) {
    const result = await target.invoke(event);
    if (result.ok) return;
    if (attempt < attempts) continue;
    const { deadLetterQueueArn, onFailureArn } = target;
    if (deadLetterQueueArn !== null) await target.sendToQueue(deadLetterQueueArn, JSON.stringify(event));
    if (onFailureArn !== null) {
      await target.sendToQueue(onFailureArn, JSON.stringify(failureRecord(target, event, result, attempts)));
    }
    return;
  }
}

function failureRecord(
  { arn }: AsynchronousTarget,
  event: unknown,
  { requestId, error }: Extract<InvocationResult, { ok: false }>,
  attempts: number,
): object {
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId,
      functionArn: `${arn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: attempts,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: error,
  };
}
