// Makes a name that anybody may have chosen safe to show: one line, no controls, bounded.
import { graphemesOf } from './graphemes.ts';

const MAX_CODE_POINTS = 80;

/** Whatever separates words or lines, tabs and line breaks among it. */
const BLANKS = /[\s\p{Zs}\p{Zl}\p{Zp}\u0085]+/gu;

/** Controls (terminal escapes), format characters (all bidi controls are such), lone surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * The name in Unicode's NFC on one line, blanks collapsed, at most 80 code points, cut where a character that a person
 * sees ends. Empty if nothing visible is left. Renderers still escape what their own format treats as special.
 */
export function cleanName(name: string): string {
  const visible = name
    .replace(BLANKS, ' ')
    .replace(INVISIBLE, '')
    .replace(/ {2,}/g, ' ')
    .trim()
    .normalize('NFC');
  return cut(visible).trimEnd();
}

function cut(text: string): string {
  if (text.length <= MAX_CODE_POINTS) return text;
  let kept = '';
  let codePoints = 0;
  for (const { segment } of graphemesOf(text)) {
    const characters = [...segment];
    codePoints += characters.length;
    if (codePoints > MAX_CODE_POINTS) {
      // One base letter may carry any number of marks: such a one is cut inside, or the bound would be none.
      return kept === '' ? characters.slice(0, MAX_CODE_POINTS).join('') : kept;
    }
    kept += segment;
  }
  return kept;
}
