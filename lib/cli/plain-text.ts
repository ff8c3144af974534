// Makes foreign text safe for a terminal: a project's name or a line item must not move the cursor or set a title.

const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Control and formatting characters are dropped, bidirectional overrides among them; line feeds stay if asked for. */
export function plainText(text: string, keepLineFeeds = false): string {
  return text.replace(CONTROLS, (character) => (keepLineFeeds && character === '\n' ? '\n' : ''));
}
