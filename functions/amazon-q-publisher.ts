// Publishes what the alerts topic says as custom notifications, to the topic that Amazon Q Developer listens to.
import { type PublishTextOptions, publishText } from '../lib/aws/publish-text.ts';
import { amazonQPayload } from '../lib/notify/amazon-q-payload.ts';
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
  return createForwarder('publish-to-amazon-q', async (message, deadline) => {
    const timeoutMs = Math.min(requestTimeoutMs, deadline - Date.now());
    await publishText(JSON.stringify(amazonQPayload(message)), { ...topic, timeoutMs });
    return [];
  });
}
