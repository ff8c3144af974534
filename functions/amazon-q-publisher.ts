// Publishes what the alerts topic says as custom notifications, to the topic that Amazon Q Developer listens to.
import { type PublishTextOptions, publishText } from '../lib/aws/publish-text.ts';
import { topicAudience } from '../lib/aws/topic-audience.ts';
import { BudgetAlertsError } from '../lib/errors.ts';
import { amazonQPayload } from '../lib/notify/amazon-q-payload.ts';
import { isHeard } from '../lib/notify/notifier.ts';
import { createForwarder } from './forwarder.ts';

/** Less than the function's time, so that a silent SNS is told from a function that was cut off. */
const MAX_REQUEST_MS = 8_000;

export interface AmazonQPublisherOptions extends Omit<PublishTextOptions, 'timeoutMs'> {
  readonly requestTimeoutMs?: number;
}

export function createAmazonQPublisher({
  requestTimeoutMs = MAX_REQUEST_MS,
  ...topic
}: AmazonQPublisherOptions) {
  const { client, topicArn } = topic;
  return createForwarder('publish-to-amazon-q', async (message, deadline) => {
    const timeoutMs = () => Math.min(requestTimeoutMs, deadline - Date.now());
    // SNS accepts what nobody hears; and to the check, which asked the same, this function was somebody who listens.
    if (timeoutMs() > 0 && !isHeard(await topicAudience(client, topicArn, timeoutMs()))) {
      throw unheard(topicArn);
    }
    await publishText(JSON.stringify(amazonQPayload(message)), { ...topic, timeoutMs: timeoutMs() });
    return [];
  });
}

function unheard(topicArn: string): BudgetAlertsError {
  return new BudgetAlertsError(
    'publish-unheard',
    `The message was not published, as nobody listens to ${topicArn}: connect a channel to that topic in Amazon Q ` +
      "Developer's console, as docs/deploy.md says, then post again what lies in the dead-letter queue, as " +
      'docs/runbook.md says under DeadLetters.',
  );
}
