// Posts what the alerts topic says to Slack: with a new webhook when Slack refuses the one it knows, as plain text when it
// refuses the blocks.

import { codeOf } from '../lib/aws/code-of.ts';
import type { SecretReader } from '../lib/aws/secret-reader.ts';
import { BudgetAlertsError } from '../lib/errors.ts';
import { type SlackPayload, slackPayload } from '../lib/notify/slack-payload.ts';
import { type SlackPlainPayload, slackPlainPayload } from '../lib/notify/slack-plain-payload.ts';
import { type PostOptions, postToWebhook } from '../lib/slack/post-to-webhook.ts';
import { parseWebhookUrl, type WebhookUrl } from '../lib/slack/webhook-url.ts';
import { createForwarder } from './forwarder.ts';

export interface SlackPosterOptions {
  /** Holds the webhook's address and nothing else. */
  readonly secretId: string;
  readonly secrets: SecretReader;
  readonly post?: Omit<PostOptions, 'deadline'>;
}

export function createSlackPoster({ secretId, secrets, post }: SlackPosterOptions) {
  const webhook = async (): Promise<WebhookUrl> => {
    const text = await secrets.read(secretId);
    try {
      return parseWebhookUrl(text);
    } catch (error) {
      secrets.forget(secretId);
      throw error;
    }
  };

  const deliver = async (payload: SlackPayload | SlackPlainPayload, options: PostOptions): Promise<void> => {
    const url = await webhook();
    try {
      await postToWebhook(url, payload, options);
    } catch (error) {
      if (codeOf(error) !== 'slack-refused') throw error;
      // The address may have been replaced since it was read.
      secrets.forget(secretId);
      const stored = await webhook();
      if (stored === url) throw error;
      await postToWebhook(stored, payload, options);
    }
  };

  return createForwarder('post-to-slack', async (message, deadline) => {
    const options = { ...post, deadline };
    try {
      await deliver(slackPayload(message), options);
      return [];
    } catch (error) {
      if (!(error instanceof BudgetAlertsError) || error.code !== 'slack-payload-refused') throw error;
      await deliver(slackPlainPayload(message, error.message), options);
      return [error];
    }
  });
}
