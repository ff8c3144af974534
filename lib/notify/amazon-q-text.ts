// Text for Amazon Q Developer in chat applications, which hands Markdown on to a chat without saying to which one.
import { cutLine, cutText, type SizeOf } from './cut-text.ts';
import { angleless, formatless } from './look-alikes.ts';
import { oneLine } from './one-line.ts';

const CUT = '… (too long for a chat: cut here)';
const NOTHING = '–';

/** The one site that our own texts link to. */
const OUR_LINK = /(https:\/\/platform\.openai\.com(?:\/[\w/-]*)?)/;

const characters: SizeOf = (text) => text.length;

/**
 * One line of foreign text. Slack and Teams escape differently, so nothing is escaped here: whatever could format,
 * mention somebody or become a link in one of them is replaced by a look-alike.
 */
export function chatLine(text: string, maxCharacters: number): string {
  return cutLine(inert(oneLine(text)), maxCharacters, characters) || NOTHING;
}

/** Several lines; the addresses of our own texts stay addresses. */
export function chatProse(text: string, maxCharacters: number): string {
  const lines = text.split('\n').map((line) =>
    oneLine(line)
      .split(OUR_LINK)
      .map((part, position) => (position % 2 === 1 ? part : inert(part)))
      .join(''),
  );
  return cutText(lines.join('\n').trim(), maxCharacters, characters, CUT);
}

/** Something to copy; nothing in it ends the code. */
export function chatCode(text: string, maxCharacters: number): string {
  const shown = angleless(oneLine(text).replaceAll('`', 'ˋ'));
  return `\`${cutLine(shown, maxCharacters, characters) || NOTHING}\``;
}

/** An address stands bare, since Slack and Teams write links differently; `null` if it is no plain https address. */
export function chatLink(url: string, maxCharacters: number): string | null {
  const isPlain = /^https:\/\/[a-z\d.-]+(?:[/?#][\w/?#=&%.+-]*)?$/i.test(url);
  return isPlain && url.length <= maxCharacters ? url : null;
}

/** A dot between letters would make a domain of them, which Slack links even without a scheme. */
function inert(line: string): string {
  return angleless(formatless(line))
    .replaceAll('[', '［')
    .replaceAll(']', '］')
    .replaceAll('\\', '＼')
    .replaceAll('://', ':∕∕')
    .replace(/&(?=#?\w+;)/g, '＆')
    .replace(/(?<![\p{L}\p{N}])@/gu, '＠')
    .replace(/(?<=[\p{L}\p{N}])\.(?=\p{L}{2})/gu, '․')
    .replace(/^#/, '＃');
}
