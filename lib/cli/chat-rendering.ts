// A message as every chat gets it, and as it looks there: for the preview, and for the files that reviewers read.
import { amazonQPayload } from '../notify/amazon-q-payload.ts';
import type { ReceivedMessage } from '../notify/received-message.ts';
import { slackPayload } from '../notify/slack-payload.ts';
import { WEBHOOK_CHANNEL_NAMES, type WebhookChannelName } from '../notify/webhook-channels.ts';
import { WEBHOOKS } from '../webhook/webhooks.ts';
import { escapeHtml } from './escape-html.ts';
import { amazonQHtml } from './preview-amazon-q-html.ts';
import { slackHtml } from './preview-slack-html.ts';

export interface ChatRendering {
  /** `Slack` */
  readonly label: string;
  /** `slack.json` */
  readonly file: string;
  readonly payload: object;
  readonly html: string;
}

/** A chat without a drawing of its own is shown by its payload. */
const DRAWINGS: Readonly<Partial<Record<WebhookChannelName, (message: ReceivedMessage) => string>>> = {
  slack: (message) => slackHtml(slackPayload(message)),
};

export function chatRenderings(message: ReceivedMessage): readonly ChatRendering[] {
  const amazonQ = amazonQPayload(message);
  return [
    ...WEBHOOK_CHANNEL_NAMES.map((channel) => {
      const { label, render } = WEBHOOKS[channel];
      const payload = render(message);
      const html = DRAWINGS[channel]?.(message) ?? payloadHtml(payload);
      return { label, file: `${channel}.json`, payload, html };
    }),
    { label: 'Amazon Q', file: 'amazon-q.json', payload: amazonQ, html: amazonQHtml(amazonQ) },
  ];
}

function payloadHtml(payload: object): string {
  return `<div class="card"><pre>${escapeHtml(JSON.stringify(payload, null, 2))}</pre></div>`;
}
