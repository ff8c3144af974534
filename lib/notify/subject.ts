// The subject line of an e-mail as SNS takes it: printable ASCII, under 100 characters, whatever the title holds.

const MAX_CHARACTERS = 99;
const ELLIPSIS = '...';
/** A cut never leaves less than this much to look for a blank in. */
const MIN_KEPT_CHARACTERS = 60;
const FALLBACK = 'Budget alert';

/** Letters and signs that have an ASCII spelling and that Unicode does not take apart by itself. */
const SPELLINGS: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '‹': "'",
  '›': "'",
  '‐': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '•': '*',
  '·': '*',
  '×': 'x',
  '⁄': '/',
  '→': '->',
  '≥': '>=',
  '≤': '<=',
  '€': 'EUR',
  '£': 'GBP',
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
};

/**
 * `title` in ASCII: accents are dropped, quotes and dashes become plain, every run of anything else becomes one `?`.
 * It begins with a letter, a digit or punctuation and is cut at a word; it is never empty. The rules are those of SNS's
 * Publish, which refuses the whole message for a subject that breaks one of them.
 */
export function subject(title: string): string {
  const ascii = spelled(title)
    .replace(/[^ -~]+/gu, '?')
    .replace(/ {2,}/g, ' ')
    .replace(/^[ $+<=>^`|~]+/, '')
    .trimEnd();
  return ascii === '' ? FALLBACK : cut(ascii);
}

/** A name as a subject can show it: without pictures; `null` where a letter or a digit of it has no spelling in ASCII. */
export function asciiName(name: string): string | null {
  const text = spelled(name);
  if (/(?![ -~])[\p{L}\p{N}]/u.test(text)) return null;
  return (
    text
      .replace(/[^ -~]+/gu, ' ')
      .replace(/ {2,}/g, ' ')
      .trim() || null
  );
}

function spelled(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\s\p{Cc}\p{Z}]+/gu, ' ')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[^ -~]/gu, (character) => SPELLINGS[character] ?? character);
}

function cut(ascii: string): string {
  if (ascii.length <= MAX_CHARACTERS) return ascii;
  const room = MAX_CHARACTERS - ELLIPSIS.length;
  // With one character more, a word that ends exactly where the room does is kept.
  const lastBlank = ascii.slice(0, room + 1).lastIndexOf(' ');
  const kept = ascii.slice(0, lastBlank >= MIN_KEPT_CHARACTERS ? lastBlank : room);
  return `${kept.trimEnd()}${ELLIPSIS}`;
}
