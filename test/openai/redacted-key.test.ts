// A key and what OpenAI shows of keys: one row for each form, and for what is too little to recognise a key by.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRedactedFrom } from '../../lib/openai/redacted-key.ts';

const KEY = 'sk-admin-0123456789-_abcDEF';

describe('a redacted value', () => {
  it.each([
    ['sk-admin...DEF', true, 'the form of the official example'],
    ['sk-...cDEF', true, 'a shorter beginning'],
    ['sk-admin-0123…_abcDEF', true, 'an ellipsis'],
    ['sk-admi****************cDEF', true, 'asterisks'],
    ['sk-admin...def', false, 'another end: letters of either case differ'],
    ['sk-proj...DEF', false, 'another beginning'],
    ['sk-admin...EF', false, 'an end of two characters'],
    ['sk-admin...', false, 'no end'],
    ['...cDEF', false, 'no beginning'],
    ['***', false, 'nothing shown'],
    ['', false, 'nothing'],
    [KEY, false, 'a whole key'],
    ['sk-admin-0123456789-_abc...abcDEF', false, 'both ends over each other'],
    ['sk-admin...0123...DEF', false, 'a middle as well'],
  ])('%j is of this key: %j (%s)', (redacted, expected) => {
    expect(isRedactedFrom(redacted, KEY)).toBe(expected);
  });

  it('of any key is recognised as that key, and as none with another end', () => {
    const anyKey = fc.stringMatching(/^sk-admin-[\w-]{20,60}$/);
    const gap = fc.constantFrom('...', '…', '********');
    fc.assert(
      fc.property(
        anyKey,
        gap,
        fc.nat({ max: 8 }),
        fc.integer({ min: 3, max: 8 }),
        (key, between, more, end) => {
          const redacted = `${key.slice(0, 3 + more)}${between}${key.slice(-end)}`;
          expect(isRedactedFrom(redacted, key)).toBe(true);
          expect(isRedactedFrom(redacted, `${key}~`)).toBe(false);
        },
      ),
    );
  });
});
