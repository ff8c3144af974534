// What the functions share that carry messages from the alerts topic to a chat: each record alone, one line in the log.
import { codeOf } from '../lib/aws/code-of.ts';
import { parseReceivedMessage } from '../lib/aws/parse-received-message.ts';
import type { InvocationContext } from '../lib/aws/run-function.ts';
import { startRunLog } from '../lib/aws/run-log.ts';
import { parseSnsEvent } from '../lib/aws/sns-event.ts';
import type { ReceivedMessage } from '../lib/notify/received-message.ts';
import { type Instant, instantOfEpochMs } from '../lib/time/instant.ts';

/** Time to log and to end by ourselves. */
const RESERVE_MS = 2_000;

/** Must have ended by `deadline`, one way or another. Gives what went wrong and was got over. */
type Forward = (message: ReceivedMessage, deadline: Instant) => Promise<readonly unknown[]>;

/** The handler throws if any record could not be sent, so that Lambda tries again and at last keeps it as dead. */
export function createForwarder(name: string, forward: Forward) {
  return async (event: unknown, context: InvocationContext): Promise<void> => {
    const log = startRunLog(name, context.awsRequestId);
    const deadline = instantOfEpochMs(Date.now() + context.getRemainingTimeInMillis() - RESERVE_MS);
    const failures: unknown[] = [];
    const gotOver: unknown[] = [];
    let records = 0;
    try {
      for (const text of parseSnsEvent(event)) {
        records += 1;
        try {
          gotOver.push(...(await forward(parseReceivedMessage(text), deadline)));
        } catch (error) {
          failures.push(error);
        }
      }
    } catch (error) {
      failures.push(error);
    }
    log(failures.length === 0 ? 'done' : 'failed', {
      records,
      failed: failures.length,
      errors: failures.map(codeOf),
      ...(gotOver.length > 0 && { gotOver: gotOver.map(codeOf) }),
    });
    if (failures.length > 0) throw failures[0];
  };
}
