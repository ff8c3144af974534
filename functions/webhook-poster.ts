// Posts what the alerts topic says to a chat: by a new webhook when the one it knows is refused, as plain text when the
// message itself is.

import { codeOf } from '../lib/aws/code-of.ts';
import type { SecretReader } from '../lib/aws/secret-reader.ts';
import { BudgetAlertsError } from '../lib/errors.ts';
import type { WebhookChannelName } from '../lib/notify/webhook-channels.ts';
import { type PostOptions, postToWebhook } from '../lib/webhook/post-to-webhook.ts';
import { parseWebhookUrl, type WebhookUrl } from '../lib/webhook/webhook-url.ts';
import { WEBHOOKS } from '../lib/webhook/webhooks.ts';
import { createForwarder } from './forwarder.ts';

export interface WebhookPosterOptions {
  readonly channel: WebhookChannelName;
  /** Holds the webhook's address and nothing else. */
  readonly secretId: string;
  readonly secrets: SecretReader;
  readonly post?: Omit<PostOptions, 'deadline'>;
}

export function createWebhookPoster({ channel: name, secretId, secrets, post }: WebhookPosterOptions) {
  const channel = WEBHOOKS[name];
  const webhook = async (): Promise<WebhookUrl> => {
    const text = await secrets.read(secretId);
    try {
      return parseWebhookUrl(text, channel);
    } catch (error) {
      secrets.forget(secretId);
      throw error;
    }
  };

  const deliver = async (payload: object, options: PostOptions): Promise<void> => {
    const url = await webhook();
    try {
      await postToWebhook(channel, url, payload, options);
    } catch (error) {
      if (codeOf(error) !== 'webhook-refused') throw error;
      // The address may have been replaced since it was read.
      secrets.forget(secretId);
      const stored = await webhook();
      if (stored === url) throw error;
      await postToWebhook(channel, stored, payload, options);
    }
  };

  return createForwarder(`post-to-${name}`, async (message, deadline) => {
    const options = { ...post, deadline };
    try {
      await deliver(channel.render(message), options);
      return [];
    } catch (error) {
      if (!(error instanceof BudgetAlertsError) || error.code !== 'webhook-message-refused') throw error;
      await deliver(channel.renderPlain(message, error.message), options);
      return [error];
    }
  });
}
