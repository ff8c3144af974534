// Asks a topic how many have confirmed a subscription to it, and how many have still to.
import { GetTopicAttributesCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Audience } from '../notify/notifier.ts';

/** `null` where it cannot be known. Never throws. */
export async function topicAudience(
  client: SNSClient,
  topicArn: string,
  timeoutMs: number,
): Promise<Audience | null> {
  try {
    const command = new GetTopicAttributesCommand({ TopicArn: topicArn });
    const { Attributes = {} } = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
    const confirmed = countOf(Attributes.SubscriptionsConfirmed);
    return confirmed === null ? null : { confirmed, pending: countOf(Attributes.SubscriptionsPending) ?? 0 };
  } catch {
    // Somebody else's topic may be published to and not be looked at; anything else Publish will say again.
    return null;
  }
}

function countOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
