// A misspelt word gets the suggestion that a reader would make, and a strange one gets none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slipsBetween, suggest } from '../../lib/budget/suggest.ts';

const KEYS = ['id', 'name', 'scope', 'measure', 'limit', 'period', 'thresholds', 'each', 'except', 'labels'];
const SYNONYMS = new Map([['metric', 'measure']]);

describe('a suggestion', () => {
  it.each([
    ['limits', 'limit'],
    ['LIMIT', 'limit'],
    ['Id', 'id'],
    ['tresholds', 'thresholds'],
    ['threshold', 'thresholds'],
    ['lables', 'labels'],
    ['perod', 'period'],
    ['peroid', 'period'],
    ['metric', 'measure'],
    ['Metric', 'measure'],
    ['exceptions', 'except'],
    ['mesure', 'measure'],
    ['lim', 'limit'],
  ])('for %s is %s', (word, meant) => {
    expect(suggest(word, KEYS, SYNONYMS)).toBe(meant);
  });

  it.each(['', 'x', 'ix', 'colour', 'owner', '<<', '__proto__', 'constructor', 'limit'.repeat(20)])(
    'for %j is none',
    (word) => {
      expect(suggest(word, KEYS, SYNONYMS)).toBeNull();
    },
  );

  it('is the nearest of several, and the first of equally near ones', () => {
    expect(suggest('monthy', ['months', 'monthly'])).toBe('months');
    expect(suggest('monthlyy', ['months', 'monthly'])).toBe('monthly');
  });

  it('treats a hyphen or a blank as an underscore', () => {
    expect(suggest('input-tokens', ['input_tokens'])).toBe('input_tokens');
    expect(suggest('input tokens', ['input_tokens'])).toBe('input_tokens');
  });
});

describe('the slips between two words', () => {
  it.each([
    ['', '', 0],
    ['abc', '', 3],
    ['limit', 'limits', 1],
    ['lables', 'labels', 1],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
  ])('%j and %j: %i', (a, b, slips) => {
    expect(slipsBetween(a, b)).toBe(slips);
    expect(slipsBetween(b, a)).toBe(slips);
  });

  it('are none only for the same word, and one for any single letter left out', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(word, word, fc.nat(), (a, b, seed) => {
        expect(slipsBetween(a, b) === 0).toBe(a === b);
        const index = seed % a.length;
        expect(slipsBetween(a, a.slice(0, index) + a.slice(index + 1))).toBe(1);
      }),
    );
  });
});
