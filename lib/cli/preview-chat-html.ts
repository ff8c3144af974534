// The markup of chats as HTML: bold, code, links and lists, of which our messages are made, and nothing else.
import { escapeHtml } from './escape-html.ts';

/** Code first: nothing in it is markup. */
const SLACK_MARKUP = /(```\n?[^`]*\n?```|`[^`\n]+`|\*[^*\n]+\*|<https:[^|>]+\|[^>]+>)/;
const MARKDOWN_MARKUP = /(`[^`\n]+`|\*[^*\n]+\*|https:\/\/[^\s`*]*[\w/])/;

/** Of Slack's mrkdwn, in which `&`, `<` and `>` are escaped. */
export function slackTextHtml(mrkdwn: string): string {
  return blockHtml(mrkdwn, slackLineHtml);
}

/** Of a text that is one line, without a block around it. */
export function slackLineHtml(mrkdwn: string): string {
  return lineHtml(mrkdwn, SLACK_MARKUP, unescaped);
}

/** Of what Amazon Q hands on to a chat, which does not escape. */
export function markdownHtml(markdown: string): string {
  return blockHtml(markdown, markdownLineHtml);
}

/** Of a text that is one line, without a block around it. */
export function markdownLineHtml(markdown: string): string {
  return lineHtml(markdown, MARKDOWN_MARKUP, (text) => text);
}

function lineHtml(line: string, markup: RegExp, plain: (text: string) => string): string {
  const html = (raw: string) => escapeHtml(plain(raw));
  const part = (piece: string, position: number): string => {
    if (position % 2 === 0) return html(piece);
    if (piece.startsWith('```')) return `<pre>${html(piece.slice(3, -3).trim())}</pre>`;
    if (piece.startsWith('`')) return `<code>${html(piece.slice(1, -1))}</code>`;
    if (piece.startsWith('*')) return `<b>${html(piece.slice(1, -1))}</b>`;
    const [address = '', label = address] = piece.replace(/^<|>$/g, '').split('|');
    return `<a href="${html(address)}" rel="noreferrer">${html(label)}</a>`;
  };
  return line.split(markup).map(part).join('');
}

function blockHtml(text: string, html: (line: string) => string): string {
  const lines = text.startsWith('```') ? [text] : text.split('\n');
  return lines
    .map((line) => {
      const inner = html(line);
      return line.startsWith('• ') ? `<div class="item">${inner}</div>` : `<div>${inner || '&nbsp;'}</div>`;
    })
    .join('');
}

function unescaped(mrkdwn: string): string {
  return mrkdwn.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
