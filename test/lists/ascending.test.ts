// The order of sorted lists.
import { describe, expect, it } from 'vitest';
import { ascending } from '../../lib/lists/ascending.ts';

describe('ascending order', () => {
  it.each([
    ['a smaller amount before a larger one', -2n, 1n, -1],
    ['a larger amount after a smaller one', 10n, 9n, 1],
    ['equal amounts as equal', 7n, 7n, 0],
    ['texts by their units, capitals first', 'Z', 'a', -1],
    ['no text before any other', '', 'a', -1],
    ['equal texts as equal', 'proj_1', 'proj_1', 0],
  ])('puts %s', (_, a, b, order) => {
    expect(ascending<string | bigint>(a, b)).toBe(order);
  });
});
