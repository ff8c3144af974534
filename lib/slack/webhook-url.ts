// The address of a Slack incoming webhook: a secret that anybody could post with, and the only place that is posted to.
import { BudgetAlertsError } from '../errors.ts';

declare const webhookBrand: unique symbol;

/** Never to be shown: whoever has it can post. */
export type WebhookUrl = string & { readonly [webhookBrand]: true };

/** https on port 443, Slack's own hosts, no user info, no query: a secret that was tampered with reaches nobody else. */
const WEBHOOK =
  /^https:\/\/(?:hooks\.slack\.com|hooks\.slack-gov\.com)(?::443)?\/(?:services|workflows)(?:\/[A-Za-z0-9_-]+)+$/;

/** What to do where it is anything else. */
export const WEBHOOK_ADVICE =
  "The webhook's secret must be the address of a Slack incoming webhook and nothing else, as plain text (no JSON, no " +
  `quotes): https://hooks.slack.com/services/T.../B.../... Copy it from the Slack app's page "Incoming Webhooks".`;

/** @throws BudgetAlertsError `slack-webhook-invalid`; its message holds nothing of `text` */
export function parseWebhookUrl(text: string): WebhookUrl {
  if (isWebhookUrl(text)) return text;
  throw new BudgetAlertsError('slack-webhook-invalid', WEBHOOK_ADVICE);
}

export function isWebhookUrl(text: string): text is WebhookUrl {
  return WEBHOOK.test(text);
}
