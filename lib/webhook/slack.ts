// Slack's incoming webhooks: where they are, what is posted there, and the words with which Slack refuses.
import { slackPayload } from '../notify/slack-payload.ts';
import { slackPlainPayload } from '../notify/slack-plain-payload.ts';
import { WEBHOOK_CHANNELS } from '../notify/webhook-channels.ts';
import type { WebhookChannel } from './webhook-channel.ts';

/** Of docs.slack.dev (incoming webhooks, errors), and what Slack has been seen to say of blocks. */
const ABOUT_MESSAGE = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_payload',
  'missing_text_or_fallback_or_attachments',
  'msg_blocks_too_long',
  'no_text',
  'too_many_attachments',
]);
const ABOUT_WEBHOOK = new Set([
  'action_prohibited',
  'channel_is_archived',
  'channel_not_found',
  'invalid_token',
  'no_active_hooks',
  'no_service',
  'no_service_id',
  'no_team',
  'posting_to_general_channel_denied',
  'team_disabled',
  'user_not_found',
]);

export const SLACK: WebhookChannel = {
  label: WEBHOOK_CHANNELS.slack.label,
  address: /^https:\/\/(?:hooks\.slack\.com|hooks\.slack-gov\.com)(?::443)?\/services(?:\/[A-Za-z0-9_-]+)+$/,
  example: 'https://hooks.slack.com/services/…',
  advice:
    "The webhook's secret must be the address of a Slack incoming webhook and nothing else, as plain text (no JSON, no " +
    `quotes): https://hooks.slack.com/services/T.../B.../... Copy it from the Slack app's page "Incoming Webhooks". ` +
    "A workflow's address (/workflows/) will not do: a workflow takes variables, not messages.",
  render: slackPayload,
  renderPlain: slackPlainPayload,
  saysNo: (answer) => /^\s*\{[^{}]*"ok"\s*:\s*false\b/.test(answer),
  wordOf,
  isAboutMessage: (status, word) => (word === null ? [400, 413].includes(status) : ABOUT_MESSAGE.has(word)),
};

/** Mostly the bare word, sometimes `{"ok":false,"error":"<word>"}`. */
function wordOf(answer: string): string | null {
  const word = /^\s*\{[^{}]*"error"\s*:\s*"(\w+)"/.exec(answer)?.[1] ?? answer.trim();
  return ABOUT_MESSAGE.has(word) || ABOUT_WEBHOOK.has(word) ? word : null;
}
