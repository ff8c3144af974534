// Names that anybody may have chosen come out as one short visible line, whatever went in.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanName } from '../../lib/spend/clean-name.ts';

describe('a name', () => {
  it.each([
    ['is left alone where nothing is wrong with it', 'Chatbot – Größe №7 東京', 'Chatbot – Größe №7 東京'],
    ['keeps signs that only some renderers must escape', '<!channel> *bold* & co', '<!channel> *bold* & co'],
    ['loses blanks around it, and doubled ones', '  Chat \u00A0\u3000 bot  ', 'Chat bot'],
    ['becomes one line', 'Chat\r\nbot\tteam\u2028two\u2029three\u0085four', 'Chat bot team two three four'],
    ['loses terminal escapes', 'a\u001B[31mred\u001B]8;;http://x\u0007b\u009B2J', 'a[31mred]8;;http://xb2J'],
    ['loses NUL and DEL', 'a\u0000b\u007Fc', 'abc'],
    [
      'loses what turns the direction of reading',
      'pay\u202Eterces\u202C\u2066x\u2069\u200F\u061C',
      'paytercesx',
    ],
    ['loses what nobody sees', 'ad\u200Bmin\uFEFF\u00AD\u2060', 'admin'],
    ['loses halves of a character', 'a\uD83Db\uDE00c', 'abc'],
    ['is composed', 'Gro\u0308\u00DFe', 'Größe'],
    ['that is nothing but invisible is empty', '\u200B \u0000\u202E\n', ''],
    ['that joins blanks by losing what stood between them has one', 'a \u200B b', 'a b'],
  ])('%s', (_, name, expected) => {
    expect(cleanName(name)).toBe(expected);
  });

  it('is cut after 80 characters', () => {
    expect(cleanName('x'.repeat(80))).toBe('x'.repeat(80));
    expect(cleanName('x'.repeat(81))).toBe('x'.repeat(80));
    expect(cleanName('東'.repeat(500))).toBe('東'.repeat(80));
    expect(cleanName('😀'.repeat(100))).toBe('😀'.repeat(80));
    // 160 UTF-16 units, and yet no more than 80 characters.
    expect(cleanName('😀'.repeat(80))).toBe('😀'.repeat(80));
  });

  it('is cut where a visible character ends, and without a blank at the end', () => {
    // A flag is two code points: the fortieth pair ends at 80, and one letter before it leaves room for 39 only.
    expect(cleanName('🇩🇪'.repeat(50))).toBe('🇩🇪'.repeat(40));
    expect(cleanName(`x${'🇩🇪'.repeat(50)}`)).toBe(`x${'🇩🇪'.repeat(39)}`);
    expect(cleanName(`${'x'.repeat(79)} tail`)).toBe('x'.repeat(79));
  });

  it('is bounded even where one letter carries a thousand marks', () => {
    expect([...cleanName(`q${'\u0323'.repeat(1_000)}`)]).toHaveLength(80);
  });

  it('is one bounded line in NFC, and clean for good, whatever it was', () => {
    const unit = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 1 }),
      fc.constantFrom(' ', '\n', '\u001B', '\u202E', '\u0301', 'e', '\uD83D', '👩‍👩‍👧', '\u1100', '\u1161'),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 200 }), (units) => {
        const cleaned = cleanName(units.join(''));
        expect([...cleaned].length).toBeLessThanOrEqual(80);
        expect(cleaned).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\s\s|^\s|\s$/u);
        expect(cleaned).toBe(cleaned.normalize('NFC'));
        expect(cleanName(cleaned)).toBe(cleaned);
      }),
      { numRuns: 1_000 },
    );
  });
});
