// Reading a key of a map.
import { describe, expect, it } from 'vitest';
import { valueAt } from '../../lib/lists/value-at.ts';

describe('the value at a key', () => {
  it('is what is kept there, null among it', () => {
    const map = new Map([
      ['a', 0],
      ['b', null],
    ]);
    expect([valueAt(map, 'a'), valueAt(map, 'b')]).toEqual([0, null]);
  });

  it('is a defect where there is none', () => {
    expect(() => valueAt(new Map([['a', 1]]), 'b')).toThrow('a map of 1 has no key b');
  });
});
