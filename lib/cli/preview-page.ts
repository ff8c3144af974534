// One page that shows every kind of message side by side on every channel; it needs no script and no network.
import type { SampleKind } from '../notify/samples/sample-messages.ts';
import { escapeHtml } from './escape-html.ts';
import { PREVIEW_STYLE } from './preview-style.ts';
import type { RenderedMessage } from './rendered-message.ts';

export interface PreviewSample {
  readonly kind: SampleKind;
  readonly rendered: RenderedMessage;
}

const WHEN: Readonly<Record<SampleKind, string>> = {
  'first-breach': 'A budget has reached a threshold for the first time in its period.',
  'higher-threshold': 'It has gone on and reached the next one.',
  'limit-changed': 'Somebody has lowered the limit, and what is spent is more than that.',
  'silence-expired': 'A silence is over, and the threshold is still reached.',
  late: 'The period had ended when its last costs came in.',
  correction: 'OpenAI has restated the figures: what was announced no longer holds.',
  tokens: 'A budget of tokens for each day.',
  'zero-limit': 'Something was to spend nothing at all, and does.',
  storm: 'Many budgets at once are one message.',
  'source-failing': 'To operations: OpenAI cannot be read, and people must help.',
  resolved: 'To operations: it can be read again.',
  heartbeat: 'Once a week, so that silence means that all is well.',
  digest: 'What a day or a week came to.',
  test: 'What send-test sends, to see that messages arrive.',
};

/** The browser itself keeps the page to what it holds. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

export function previewPage(samples: readonly PreviewSample[]): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<title>Messages of budget-alerts</title>',
    `<style>${PREVIEW_STYLE}</style>`,
    '</head>',
    '<body>',
    '<header><h1>Messages of budget-alerts</h1>',
    '<p>Every kind of message on every channel, from made-up figures. The e-mail is exact; the chats are drawn from their payloads.</p></header>',
    `<nav aria-label="Kinds of messages">${samples.map(linkHtml).join('')}</nav>`,
    '<main>',
    ...samples.map(sampleHtml),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function linkHtml({ kind }: PreviewSample): string {
  return `<a href="#${kind}">${kind}</a>`;
}

function sampleHtml({ kind, rendered }: PreviewSample): string {
  const { subject, email, chats, json } = rendered;
  return [
    `<section class="kind" id="${kind}">`,
    `<h2>${kind}</h2>`,
    `<p class="when">${escapeHtml(WHEN[kind])}</p>`,
    '<div class="channels">',
    channelHtml(
      'E-mail',
      `<div class="mail"><div class="subject">${escapeHtml(subject)}</div><div class="quiet from">Budget alerts &lt;no-reply@sns.amazonaws.com&gt;</div><pre>${escapeHtml(email)}</pre></div>`,
    ),
    ...chats.map(({ label, html }) => channelHtml(label, html)),
    '</div>',
    `<details><summary>JSON for programs</summary><pre>${escapeHtml(JSON.stringify(JSON.parse(json), null, 2))}</pre></details>`,
    '</section>',
  ].join('\n');
}

function channelHtml(name: string, html: string): string {
  return `<article class="channel"><h3>${name}</h3>\n${html}\n</article>`;
}
