// Publishes messages to an SNS topic: one request each, in time, and an honest word on what became of it.
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Message } from '../notify/message.ts';
import type { Delivery, Notifier } from '../notify/notifier.ts';
import { publishFailure } from './publish-failure.ts';
import { publishInput } from './publish-input.ts';
import { createPace } from './publish-pace.ts';
import { createSnsClient } from './sns-client.ts';
import { topicAudience } from './topic-audience.ts';
import { topicRegion } from './topic-region.ts';

export interface SnsNotifierOptions {
  readonly topicArn: string;
  /** Of one attempt. The default asks SNS in the topic's own region. */
  readonly client?: SNSClient;
  /** From connecting to the last byte of the answer. */
  readonly requestTimeoutMs?: number;
  /** Waits for a turn to publish. */
  readonly pace?: () => Promise<void>;
}

/** Less than the lease that the delivery stage wants left. */
const REQUEST_TIMEOUT_MS = 8_000;

export function createSnsNotifier(options: SnsNotifierOptions): Notifier {
  const { topicArn, requestTimeoutMs = REQUEST_TIMEOUT_MS, pace = createPace() } = options;
  const client = options.client ?? createSnsClient(topicRegion(topicArn));

  return {
    audience: () => topicAudience(client, topicArn, requestTimeoutMs),
    async deliver(message: Message): Promise<Delivery> {
      let command: PublishCommand;
      try {
        command = new PublishCommand(publishInput(message, topicArn));
      } catch (error) {
        return { outcome: 'refused', why: `the message could not be written: ${String(error)}` };
      }
      await pace();
      try {
        await client.send(command, { abortSignal: AbortSignal.timeout(requestTimeoutMs) });
        return { outcome: 'accepted' };
      } catch (error) {
        return publishFailure(error);
      }
    },
  };
}
