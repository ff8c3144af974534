// Every chat that can be posted to by a webhook, by its name.
import type { WebhookChannelName } from '../notify/webhook-channels.ts';
import { SLACK } from './slack.ts';
import type { WebhookChannel } from './webhook-channel.ts';

export const WEBHOOKS: Readonly<Record<WebhookChannelName, WebhookChannel>> = { slack: SLACK };
