// Reading a place of a list.
import { describe, expect, it } from 'vitest';
import { elementAt } from '../../lib/lists/element-at.ts';

describe('the element at a place', () => {
  it('is what stands there, null among it', () => {
    expect([elementAt(['a', 'b'], 1), elementAt([null], 0), elementAt(Float64Array.of(0), 0)]).toEqual([
      'b',
      null,
      0,
    ]);
  });

  it.each([2, -1, 0.5])('is a defect where there is none: %s', (index) => {
    expect(() => elementAt(['a', 'b'], index)).toThrow(`a list of 2 has no place ${index}`);
  });
});
