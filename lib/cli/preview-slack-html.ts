// Draws a message of Block Kit as Slack shows it: a name, then its blocks one below the other.
import type { SlackBlock } from '../notify/slack-blocks.ts';
import type { SlackPayload } from '../notify/slack-payload.ts';
import { escapeHtml } from './escape-html.ts';
import { slackLineHtml, slackTextHtml } from './preview-chat-html.ts';

export function slackHtml({ text, blocks }: SlackPayload): string {
  return [
    '<div class="slack">',
    '<div class="avatar" aria-hidden="true">$</div>',
    '<div class="blocks">',
    '<div class="sender"><b>Budget alerts</b> <span class="tag">APP</span> <span class="quiet">10:05</span></div>',
    ...blocks.map(blockHtml),
    '</div></div>',
    `<p class="fallback quiet">In a notification: ${slackLineHtml(text)}</p>`,
  ].join('\n');
}

function blockHtml(block: SlackBlock): string {
  switch (block.type) {
    case 'header':
      return `<div class="header">${escapeHtml(block.text.text)}</div>`;
    case 'context':
      return `<div class="context">${each(block.elements)}</div>`;
    case 'section':
      return 'fields' in block
        ? `<div class="fields">${each(block.fields)}</div>`
        : `<div class="section">${slackTextHtml(block.text.text)}</div>`;
  }
}

function each(texts: readonly { readonly text: string }[]): string {
  return texts.map(({ text }) => `<div>${slackTextHtml(text)}</div>`).join('');
}
