// Draws a custom notification as Amazon Q Developer in chat applications posts it: a card with a bar at its side.
import type { AmazonQPayload } from '../notify/amazon-q-payload.ts';
import { escapeHtml } from './escape-html.ts';
import { markdownHtml, markdownLineHtml } from './preview-chat-html.ts';

export function amazonQHtml({ content, metadata }: AmazonQPayload): string {
  const steps = content.nextSteps ?? [];
  return [
    '<div class="card">',
    `<div class="header">${escapeHtml(content.title)}</div>`,
    `<div class="section">${markdownHtml(content.description)}</div>`,
    ...(steps.length === 0
      ? []
      : [
          '<div class="section"><b>Next steps</b>',
          ...steps.map((step) => `<div class="item">• ${markdownLineHtml(step)}</div>`),
          '</div>',
        ]),
    `<div class="context">${content.keywords.map((word) => `<span class="tag">${escapeHtml(word)}</span>`).join(' ')}</div>`,
    '</div>',
    `<p class="fallback quiet">Thread <code>${escapeHtml(metadata.threadId)}</code></p>`,
  ].join('\n');
}
