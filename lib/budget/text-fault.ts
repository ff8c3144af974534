// What is wrong with a piece of text that must match or be shown exactly as people see it.

/** Joiners that emoji and several scripts need. */
const NEEDED_JOINERS = new Set(['\u200c', '\u200d']);
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * The rest of a sentence that begins with the text, or `null` if nothing is wrong. A character that nobody sees - a
 * control, a zero-width space, a change of direction - makes an id match nothing and a name look like another.
 */
export function textFault(text: string, maxCharacters: number): string | null {
  if (text === '') return 'is empty';
  for (const [character] of text.matchAll(INVISIBLE)) {
    if (!NEEDED_JOINERS.has(character))
      return `holds the invisible character ${codePoint(character)}: remove it`;
  }
  if (text.trim() !== text) return 'begins or ends with a blank: remove it';
  if (text.length > maxCharacters && Array.from(text).length > maxCharacters) {
    return `is too long: use at most ${maxCharacters} characters`;
  }
  return null;
}

function codePoint(character: string): string {
  return `U+${Number(character.codePointAt(0)).toString(16).toUpperCase().padStart(4, '0')}`;
}
