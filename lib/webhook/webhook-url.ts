// The address of a webhook: a secret that anybody could post with, and the only place that is posted to.
import { BudgetAlertsError } from '../errors.ts';
import type { WebhookChannel } from './webhook-channel.ts';

declare const webhookBrand: unique symbol;

/** Never to be shown: whoever has it can post. */
export type WebhookUrl = string & { readonly [webhookBrand]: true };

/** @throws BudgetAlertsError `webhook-invalid`; its message holds nothing of `text` */
export function parseWebhookUrl(text: string, channel: WebhookChannel): WebhookUrl {
  if (isWebhookUrl(text, channel)) return text;
  throw new BudgetAlertsError('webhook-invalid', channel.advice);
}

export function isWebhookUrl(text: string, { address }: WebhookChannel): text is WebhookUrl {
  return address.test(text);
}
