// Cutting: as much as fits, whole lines, whole characters.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutLine, cutText } from '../../lib/notify/cut-text.ts';
import { anyText } from '../fakes/arbitrary-text.ts';

const characters = (text: string) => text.length;
const bytes = (text: string) => Buffer.byteLength(JSON.stringify(text)) - 2;

describe('a text that is too long', () => {
  it('keeps the lines that fit and says that it was cut', () => {
    expect(cutText('one\ntwo\nthree\nfourteen', 18, characters, 'cut')).toBe('one\ntwo\nthree\n\ncut');
    expect(cutText('one\ntwo\nthree\nfourteen', 17, characters, 'cut')).toBe('one\ntwo\n\ncut');
    expect(cutText('one\ntwo', 7, characters, 'cut')).toBe('one\ntwo');
  });

  it('that has no line end is cut inside', () => {
    expect(cutText('abcdefghijklmnop', 13, characters, 'cut')).toBe('abcdef…\n\ncut');
    expect(cutText(`\n\n${'x'.repeat(50)}`, 20, characters, 'cut')).toBe(`\n\n${'x'.repeat(12)}…\n\ncut`);
  });

  it('is empty where not even the last line fits', () => {
    expect(cutText('abcdefgh', 4, characters, 'cut')).toBe('');
  });

  it.each([
    ['characters', characters],
    ['bytes in a JSON string', bytes],
  ])('never exceeds its limit, in %s, and holds nothing but whole lines of its own', (_, sizeOf) => {
    fc.assert(
      fc.property(anyText(40), fc.nat(400), (text, limit) => {
        const cut = cutText(text, limit, sizeOf, 'cut');
        expect(sizeOf(cut)).toBeLessThanOrEqual(Math.max(limit, 0));
        if (cut === text || cut === '') return;
        expect(cut.endsWith('\n\ncut')).toBe(true);
        const kept = cut.slice(0, -'\n\ncut'.length);
        if (!kept.endsWith('…')) expect(`${text}\n`.startsWith(kept)).toBe(true);
      }),
    );
  });
});

describe('a line that is too long', () => {
  const FAMILY = '👩‍👩‍👧‍👦';

  it.each([
    ['abcdef', 5, 'abcd…'],
    ['ab cdef', 4, 'ab…'],
    ['😀😀😀', 4, '😀…'],
    [`${FAMILY}${FAMILY}`, 14, `${FAMILY}…`],
    [`a${FAMILY}`, 9, 'a…'],
    ['ne\u0301e', 3, 'n…'],
    ['abc', 0, ''],
    ['abc', 1, '…'],
  ])('%j in %i becomes %j', (line, limit, expected) => {
    expect(cutLine(line, limit, characters)).toBe(expected);
  });

  it('is cut inside a letter that has more marks than there is room', () => {
    expect(cutLine(`e${'\u0301'.repeat(100)}`, 11, characters)).toBe(`e${'\u0301'.repeat(9)}…`);
    const astralMarks = `e${'\u{1d165}'.repeat(100)}`;
    expect(cutLine(astralMarks, 11, characters).isWellFormed()).toBe(true);
  });

  it('ends with a whole character of the original', () => {
    fc.assert(
      fc.property(anyText(20), fc.nat(60), (text, limit) => {
        const line = text.toWellFormed();
        const cut = cutLine(line, limit, bytes);
        expect(bytes(cut)).toBeLessThanOrEqual(limit);
        expect(cut.isWellFormed()).toBe(true);
        if (cut !== line && cut !== '') expect(line.startsWith(cut.slice(0, -1))).toBe(true);
      }),
    );
  });
});
