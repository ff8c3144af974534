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

  // Blanks around it are none, and an underscore is what a hyphen stands for: no synonym is near to these words.
  it.each([
    [' metric ', ['measure'], [['metric', 'measure']], 'measure'],
    ['group-by', ['each'], [['group_by', 'each']], 'each'],
  ] as const)('for %j among %j with synonyms %j is %s', (word, candidates, synonyms, meant) => {
    expect(suggest(word, candidates, new Map(synonyms))).toBe(meant);
  });

  it.each([
    [2, 1, false],
    [3, 1, true],
    [5, 1, true],
    [5, 2, false],
    [6, 2, true],
    [8, 2, true],
    [8, 3, false],
    [9, 3, true],
    [12, 4, false],
  ])('for a word of %i letters of which %i are wrong: %s', (length, wrong, isFound) => {
    // The wrong ones come first, so that neither word begins the other.
    const word = 'a'.repeat(length);
    const meant = 'b'.repeat(wrong) + 'a'.repeat(length - wrong);
    expect(suggest(word, [meant])).toBe(isFound ? meant : null);
  });

  it('is a word that begins the other by three letters or more, of up to 64', () => {
    expect(suggest('lim', ['limitation'])).toBe('limitation');
    expect(suggest('li', ['limitation'])).toBeNull();
    expect(suggest('limitation', ['lim'])).toBe('lim');
    expect(suggest('limitation', ['li'])).toBeNull();
    expect(suggest(`lim${'x'.repeat(61)}`, ['lim'])).toBe('lim');
    expect(suggest(`lim${'x'.repeat(62)}`, ['lim'])).toBeNull();
  });

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
    ['ab', 'ba', 1],
    ['xab', 'xba', 1],
    ['abx', 'bay', 2],
    ['ab', 'bxa', 3],
    ['aa', 'bb', 2],
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
