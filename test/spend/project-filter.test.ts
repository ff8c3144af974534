// Which projects a read holds, and which two of them have in common.
import { describe, expect, it } from 'vitest';
import { commonProjects, covers, type ProjectFilter } from '../../lib/spend/project-filter.ts';

describe('what two reads have in common', () => {
  it.each<[ProjectFilter, ProjectFilter, ProjectFilter]>([
    [null, null, null],
    [null, ['a'], ['a']],
    [['a'], null, ['a']],
    [['a', 'b'], ['b', 'c'], ['b']],
    [['a'], ['b'], []],
  ])('is of %j and %j what both hold: %j', (a, b, common) => {
    expect(commonProjects(a, b)).toEqual(common);
  });
});

describe('a read', () => {
  it.each<[ProjectFilter, ProjectFilter, boolean]>([
    [null, null, true],
    [null, ['a'], true],
    [['a', 'b'], ['a'], true],
    [['a'], ['a', 'b'], false],
    [['a'], null, false],
  ])('of %j holds all of %j: %s', (read, wanted, holds) => {
    expect(covers(read, wanted)).toBe(holds);
  });
});
