// Lambda: subscribed to the topic of a route, posts each message to the webhook of a chat.
import { readEnvironment } from '../lib/aws/function-environment.ts';
import { createSecretReader } from '../lib/aws/secret-reader.ts';
import { BudgetAlertsError } from '../lib/errors.ts';
import { isWebhookChannel, WEBHOOK_CHANNEL_NAMES } from '../lib/notify/webhook-channels.ts';
import { createWebhookPoster } from './webhook-poster.ts';

const environment = readEnvironment(['WEBHOOK_CHANNEL', 'WEBHOOK_SECRET_ID']);
const channel = environment.WEBHOOK_CHANNEL;
if (!isWebhookChannel(channel)) {
  throw new BudgetAlertsError(
    'environment-incomplete',
    `WEBHOOK_CHANNEL is none of ${WEBHOOK_CHANNEL_NAMES.join(', ')}. The stack sets it: deploy it again.`,
  );
}

export const handler = createWebhookPoster({
  channel,
  secretId: environment.WEBHOOK_SECRET_ID,
  secrets: createSecretReader(),
});
