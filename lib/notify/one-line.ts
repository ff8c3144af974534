// Makes foreign text safe inside a line of ours: it can neither begin a line nor hide, reverse or colour what follows.

/** Whatever separates words or lines, in any script. */
const BLANKS = /[\s\p{Z}\u0085]/gu;

/** Controls, format characters (bidirectional overrides among them), and what is not a character at all. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** Emoji and several scripts are spelled with these joiners. */
const NEEDED_JOINERS = new Set(['\u200c', '\u200d']);

/**
 * For names, ids, models and line items as they go into titles and texts: a project called `x\r\nBcc: y` becomes
 * `x Bcc: y`. What remains may be sent as XML 1.0, which is what SNS accepts.
 */
export function oneLine(text: string): string {
  return inColumns(text).replace(/ {2,}/g, ' ').trim();
}

/** The same for a line whose runs of blanks hold its columns: they stay. */
export function inColumns(line: string): string {
  return line
    .replace(BLANKS, ' ')
    .replace(INVISIBLE, (character) => (NEEDED_JOINERS.has(character) ? character : ''));
}
