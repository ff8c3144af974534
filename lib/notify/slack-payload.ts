// What a message looks like in Slack: a bold title, the facts as a table, the other alerts as a list.
import { cutLine, cutText, type SizeOf } from './cut-text.ts';
import type { AlertDocument, MessageDocument } from './message-document.ts';
import { moreAlerts } from './more-alerts.ts';
import { inColumns, oneLine } from './one-line.ts';

/** The part of a message's JSON that is shown; it is what a subscriber received, not what was sent. */
export interface ShownMessage extends Pick<MessageDocument, 'title' | 'text' | 'omitted'> {
  readonly alerts: readonly Pick<AlertDocument, 'title' | 'text'>[];
}

export interface SlackPayload {
  /** mrkdwn */
  readonly text: string;
}

/** Slack recommends 4,000 at most and cuts longer texts wherever it likes. */
const MAX_CHARACTERS = 3_900;
const MAX_TITLE_CHARACTERS = 300;
const MAX_FACTS_CHARACTERS = 2_000;
const MAX_ITEM_CHARACTERS = 200;
const FENCE = '```';
const CUT = '… (too long for Slack: cut here)';

/**
 * Text from elsewhere stays text: `&`, `<` and `>` are escaped, which leaves no way to write a link, a mention or
 * `<!channel>`, and characters that would end the bold or the table are replaced by their look-alikes. The facts stand
 * in a code block, where Slack formats nothing and columns stay in line.
 */
export function slackPayload(message: ShownMessage): SlackPayload {
  const { title, alerts, omitted } = message;
  const [worst, ...others] = alerts;
  const several = alerts.length + omitted > 1;
  const table =
    several && worst !== undefined ? tableOf(worst.text, worst.title) : tableOf(message.text, title);
  const head = [`*${boldable(title)}*`, ...table];
  const items = others.map((alert) => `• ${listable(alert.title)}`);
  return { text: [...head, ...listOf(items, several ? omitted : 0, roomAfter(head))].join('\n') };
}

/** As many of `items` as there is room for, and a last line that counts all the others. */
function listOf(items: readonly string[], omitted: number, characters: number): string[] {
  const allOf = (shown: number): string[] => {
    const uncounted = items.length - shown + omitted;
    return [...items.slice(0, shown), ...(uncounted === 0 ? [] : [`and ${escaped(moreAlerts(uncounted))}`])];
  };
  const lengthOf = (lines: readonly string[]) => lines.reduce((sum, line) => sum + line.length + 1, 0);
  let shown = items.length;
  while (shown > 0 && lengthOf(allOf(shown)) > characters) shown -= 1;
  return allOf(shown);
}

function roomAfter(lines: readonly string[]): number {
  return MAX_CHARACTERS - lines.join('\n').length;
}

/** The text without the line that only repeats its title. */
function tableOf(text: string, title: string): string[] {
  const [first = '', ...others] = text.split('\n');
  const lines = first === `${title}.` ? others : [first, ...others];
  const facts = lines
    .map((line) => inColumns(line).trimEnd().replaceAll('`', 'ˋ'))
    .join('\n')
    .trim();
  return facts === ''
    ? []
    : [FENCE, escaped(cutText(facts, MAX_FACTS_CHARACTERS, escapedLength, CUT)), FENCE];
}

function listable(title: string): string {
  return escaped(cutLine(formatless(oneLine(title)), MAX_ITEM_CHARACTERS, escapedLength));
}

function boldable(title: string): string {
  return escaped(cutLine(formatless(oneLine(title)), MAX_TITLE_CHARACTERS, escapedLength)) || 'Budget alert';
}

/** Slack has no escape for these. An underscore inside a word, as ids have it, formats nothing and stays. */
function formatless(text: string): string {
  return text
    .replaceAll('*', '∗')
    .replaceAll('~', '∼')
    .replaceAll('`', 'ˋ')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, 'ˍ');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const escapedLength: SizeOf = (text) => escaped(text).length;
