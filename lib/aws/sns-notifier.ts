// Publishes messages to an SNS topic: one request each, in time, and an honest word on what became of it.
import { setTimeout as sleepMs } from 'node:timers/promises';
import { GetTopicAttributesCommand, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Message } from '../notify/message.ts';
import type { Delivery, Notifier } from '../notify/notifier.ts';
import { publishFailure } from './publish-failure.ts';
import { publishInput } from './publish-input.ts';
import { createSnsClient } from './sns-client.ts';

export interface SnsNotifierOptions {
  readonly topicArn: string;
  /** Of one attempt. The default asks SNS in the topic's own region. */
  readonly client?: SNSClient;
  /** Milliseconds on any clock that only goes forward. */
  readonly now?: () => number;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/** Five a second: above ten, SNS stops delivering to an e-mail address. */
const MIN_INTERVAL_MS = 200;
/** Even of an answer that trickles in. Less than the lease that the delivery stage wants left. */
const MAX_REQUEST_MS = 10_000;

export function createSnsNotifier(options: SnsNotifierOptions): Notifier {
  const { topicArn, now = () => performance.now(), sleep = sleepMs } = options;
  const client = options.client ?? createSnsClient(regionOf(topicArn));
  const bounded = () => ({ abortSignal: AbortSignal.timeout(MAX_REQUEST_MS) });
  let nextStartAt = -Infinity;

  /** Callers that come at once get turns one after the other. */
  const turn = async (): Promise<void> => {
    const asOf = now();
    const startAt = Math.max(asOf, nextStartAt);
    nextStartAt = startAt + MIN_INTERVAL_MS;
    if (startAt > asOf) await sleep(startAt - asOf);
  };

  return {
    async hasAudience(): Promise<boolean> {
      try {
        const { Attributes } = await client.send(
          new GetTopicAttributesCommand({ TopicArn: topicArn }),
          bounded(),
        );
        return Attributes?.SubscriptionsConfirmed !== '0';
      } catch {
        // Somebody else's topic may be published to and not be looked at; anything else Publish will say again.
        return true;
      }
    },
    async deliver(message: Message): Promise<Delivery> {
      let command: PublishCommand;
      try {
        command = new PublishCommand(publishInput(message, topicArn));
      } catch (error) {
        return { outcome: 'refused', why: `the message could not be written: ${String(error)}` };
      }
      await turn();
      try {
        await client.send(command, bounded());
        return { outcome: 'accepted' };
      } catch (error) {
        return publishFailure(error);
      }
    },
  };
}

/** `arn:aws:sns:eu-central-1:111122223333:alerts`: no other region knows the topic. */
function regionOf(topicArn: string): { readonly region?: string } {
  const region = topicArn.split(':')[3];
  return region === undefined || region === '' ? {} : { region };
}
