// A long name keeps both its ends, which tell it from its neighbours.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutMiddle } from '../../lib/notify/cut-middle.ts';
import { FAMILY } from '../fakes/arbitrary-received-message.ts';
import { anyText } from '../fakes/arbitrary-text.ts';

describe('a name cut in its middle', () => {
  it.each([
    ['chatbot', 10, 'chatbot'],
    ['0123456789', 10, '0123456789'],
    ['0123456789a', 10, '012345…89a'],
    ['acme-production-eu-chatbot-a', 16, 'acme-produ…bot-a'],
    [`${FAMILY.repeat(9)}`, 9, FAMILY.repeat(9)],
    [`${FAMILY.repeat(10)}`, 4, `${FAMILY.repeat(2)}…${FAMILY}`],
    ['a b c d e f g h i j', 8, 'a b c…j'],
  ])('%j within %i is %j', (name, max, expected) => {
    expect(cutMiddle(name, max)).toBe(expected);
  });

  it('is whole Unicode and never longer than asked, in characters as people see them', () => {
    const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(anyText(80), fc.integer({ min: 4, max: 50 }), (name, max) => {
        const cut = cutMiddle(name, max);
        expect(cut.isWellFormed() || !name.isWellFormed()).toBe(true);
        expect([...segments.segment(cut)].length).toBeLessThanOrEqual(max);
      }),
    );
  });
});
