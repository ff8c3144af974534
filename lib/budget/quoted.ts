// Shows text that people wrote inside a message: short, and harmless on a terminal.

const MAX_CHARACTERS = 40;

/** What JSON leaves as it is, though a terminal or an editor would not show it. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** In double quotes, as YAML and JSON would read it back; cut after 40 characters. */
export function quoted(text: string): string {
  const characters = Array.from(text.slice(0, 2 * MAX_CHARACTERS + 2));
  const cut = characters.length > MAX_CHARACTERS;
  const shown = cut ? `${characters.slice(0, MAX_CHARACTERS).join('')}…` : text;
  return JSON.stringify(shown).replace(INVISIBLE, escaped);
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }).join('');
}
