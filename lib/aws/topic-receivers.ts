// Who of a topic's subscribers gets a message: for people who try whether messages arrive.
import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  type SNSClient,
  type Subscription,
} from '@aws-sdk/client-sns';
import type { Message } from '../notify/message.ts';
import { type FilterVerdict, verdictOfFilter } from './filter-policy.ts';
import { sentAttributes } from './publish-input.ts';

export interface TopicReceiver {
  /** `email ann@example.com`, `lambda PostToSlack`: for the terminal of whoever asked. */
  readonly name: string;
  readonly verdict: FilterVerdict | 'not-confirmed';
  /** The policy that decides; blank where there is none. */
  readonly filter: string;
}

/** For all requests together: somebody waits at a terminal. */
const TIMEOUT_MS = 8_000;
/** Each costs a request: of a topic with more, whoever looks is better served by SNS's console. */
const MOST_LOOKED_AT = 50;

/** `null`: they may not be looked at, or are too many. Never throws. */
export async function topicReceivers(
  client: SNSClient,
  topicArn: string,
  message: Message,
): Promise<readonly TopicReceiver[] | null> {
  const attributes = Object.fromEntries(sentAttributes(message.attributes));
  const bounded = { abortSignal: AbortSignal.timeout(TIMEOUT_MS) };
  try {
    const command = new ListSubscriptionsByTopicCommand({ TopicArn: topicArn });
    const { Subscriptions = [], NextToken } = await client.send(command, bounded);
    if (NextToken !== undefined || Subscriptions.length > MOST_LOOKED_AT) return null;
    const receivers: TopicReceiver[] = [];
    for (const subscription of Subscriptions) {
      const { SubscriptionArn } = subscription;
      const name = nameOf(subscription);
      // Instead of an ARN such a one has "PendingConfirmation".
      if (!SubscriptionArn?.startsWith('arn:')) {
        receivers.push({ name, verdict: 'not-confirmed', filter: '' });
        continue;
      }
      const asked = new GetSubscriptionAttributesCommand({ SubscriptionArn });
      const { Attributes: { FilterPolicy: filter = '', FilterPolicyScope: scope } = {} } = await client.send(
        asked,
        bounded,
      );
      const verdict = scope === 'MessageBody' ? 'unknown' : verdictOfFilter(filter, attributes);
      receivers.push({ name, verdict, filter });
    }
    return receivers;
  } catch {
    // Whoever may publish need not be allowed to look; the message itself was sent all the same.
    return null;
  }
}

/** An ARN's last part is its name; an address of a webhook may be a secret, so that of https only the host is shown. */
function nameOf({ Protocol = '', Endpoint = '' }: Subscription): string {
  if (Endpoint.startsWith('arn:')) return `${Protocol} ${Endpoint.split(':').at(-1)}`;
  return `${Protocol} ${URL.canParse(Endpoint) && Protocol.startsWith('http') ? new URL(Endpoint).host : Endpoint}`;
}
