// Texts that nobody expects: every UTF-16 code unit, halves of characters, controls, joined emoji, endless marks.
import fc from 'fast-check';

const FAMILY = '👩‍👩‍👧‍👦';

const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.array(fc.nat(0xffff), { maxLength: 10 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom(
    '\r\nBcc: x@example.com\r\n',
    '\u0000',
    '\u001b]0;title\u0007',
    '\u202e',
    '\u2028',
    '\uffff',
    '"',
    '\\',
    '<!channel>',
    '```',
    '*_~`',
    '&amp;',
    '\ud83d',
    FAMILY,
    `e${'\u0301'.repeat(50)}`,
    '予算',
    ' ',
    '\n',
  ),
);

export function anyText(maxPieces = 12): fc.Arbitrary<string> {
  return fc.array(piece, { maxLength: maxPieces }).map((pieces) => pieces.join(''));
}
