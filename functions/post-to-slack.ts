// Lambda: subscribed to the alerts topic, posts each message to a Slack incoming webhook.
import { readEnvironment } from '../lib/aws/function-environment.ts';
import { createSecretReader } from '../lib/aws/secret-reader.ts';
import { createSlackPoster } from './slack-poster.ts';

const environment = readEnvironment(['SLACK_WEBHOOK_SECRET_ID']);

export const handler = createSlackPoster({
  secretId: environment.SLACK_WEBHOOK_SECRET_ID,
  secrets: createSecretReader(),
});
