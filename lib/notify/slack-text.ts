// Text for Slack: foreign text that stays text, and the little markup that is ours, each within a size.
import { cutLine, cutText, type SizeOf } from './cut-text.ts';
import { angleless, formatless } from './look-alikes.ts';
import { inColumns, oneLine } from './one-line.ts';

const CUT = '… (too long for Slack: cut here)';
const FENCE = '```';
const NOTHING = '–';

/**
 * The size of a text as it travels: escaped for mrkdwn and as JSON. Slack's limits for single texts are about the
 * escaped text, which is never longer; that for a whole message is about the JSON.
 */
export const sizeOf: SizeOf = (text) => quotedSize(escaped(text));

/** The size of a text that is already mrkdwn. */
export const quotedSize: SizeOf = (text) => JSON.stringify(text).length - 2;

/**
 * One line of foreign text in mrkdwn. `&`, `<` and `>` are escaped, which leaves no way to write a link, a mention or
 * `<!channel>`; what would format is replaced. A `>` that begins a line would quote it even when it is escaped.
 */
export function line(text: string, maxSize: number): string {
  return escaped(cutLine(unquoted(formatless(oneLine(text))), maxSize, sizeOf)) || NOTHING;
}

/** Foreign text for a plain_text object, which has no markup; escapes would be shown there as they are. */
export function plainLine(text: string, maxSize: number): string {
  return cutLine(angleless(oneLine(text)), maxSize, quotedSize);
}

/** Something to copy; nothing in it ends the code. */
export function code(text: string, maxSize: number): string {
  const shown = cutLine(oneLine(text).replaceAll('`', 'ˋ'), maxSize, sizeOf);
  return `\`${escaped(shown) || NOTHING}\``;
}

/** What our own texts send people to. Slack makes no links of bare addresses, since texts are verbatim. */
const OPENAI_PAGE = /https:\/\/(?:platform|status)\.openai\.com(?:\/[a-z\d/-]*)?/g;

/** Several lines of foreign text, the lines as they are. Empty if nothing can be seen of it. */
export function prose(text: string, maxSize: number): string {
  const lines = text.split('\n').map((each) => unquoted(formatless(oneLine(each))));
  return escaped(cutText(lines.join('\n').trim(), maxSize, sizeOf, CUT)).replace(OPENAI_PAGE, '<$&>');
}

/** Several lines whose columns are aligned, in a block in which Slack formats nothing. Empty as above. */
export function columns(text: string, maxSize: number): string {
  const lines = text.split('\n').map((each) => inColumns(each).trimEnd().replaceAll('`', 'ˋ'));
  const shown = escaped(cutText(lines.join('\n').trim(), maxSize, sizeOf, CUT));
  return shown === '' ? '' : `${FENCE}\n${shown}\n${FENCE}`;
}

/**
 * A link, or `null` for an address that is none of ours: https, printable ASCII, nothing that means something to Slack.
 * A link and no button: a click on a button, even on one that only opens an address, is sent to the app as an
 * interaction, and beside the button of an app that takes none - as no incoming webhook does - Slack then shows a
 * warning sign (slackapi/node-slack-sdk#869, slackapi/slack-github-action#513).
 */
export function link(url: string, label: string, maxSize: number): string | null {
  if (!/^https:\/\/[a-z\d.-]+(?:[/?#][^\s<>|`"\\^{}]*)?$/i.test(url) || !/^[!-~]+$/.test(url)) return null;
  const written = `<${escaped(url)}|${label}>`;
  return quotedSize(written) <= maxSize ? written : null;
}

function unquoted(text: string): string {
  return text.replace(/^>+/, (signs) => '›'.repeat(signs.length));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
