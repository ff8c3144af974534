// Publishes messages to an SNS topic: one request each, in time, and an honest word on what became of it.
import { GetTopicAttributesCommand, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Message } from '../notify/message.ts';
import type { Audience, Delivery, Notifier } from '../notify/notifier.ts';
import { publishFailure } from './publish-failure.ts';
import { publishInput } from './publish-input.ts';
import { createPace } from './publish-pace.ts';
import { createSnsClient } from './sns-client.ts';
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
  const bounded = () => ({ abortSignal: AbortSignal.timeout(requestTimeoutMs) });

  return {
    async audience(): Promise<Audience | null> {
      try {
        const command = new GetTopicAttributesCommand({ TopicArn: topicArn });
        const { Attributes = {} } = await client.send(command, bounded());
        const confirmed = countOf(Attributes.SubscriptionsConfirmed);
        return confirmed === null
          ? null
          : { confirmed, pending: countOf(Attributes.SubscriptionsPending) ?? 0 };
      } catch {
        // Somebody else's topic may be published to and not be looked at; anything else Publish will say again.
        return null;
      }
    },
    async deliver(message: Message): Promise<Delivery> {
      let command: PublishCommand;
      try {
        command = new PublishCommand(publishInput(message, topicArn));
      } catch (error) {
        return { outcome: 'refused', why: `the message could not be written: ${String(error)}` };
      }
      await pace();
      try {
        await client.send(command, bounded());
        return { outcome: 'accepted' };
      } catch (error) {
        return publishFailure(error);
      }
    },
  };
}

function countOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
