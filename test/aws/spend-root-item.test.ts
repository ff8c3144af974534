// Roots as stored: what was written before days were read for some projects reads as ever, and filters come back.
import { describe, expect, it } from 'vitest';
import { parseRootItem, rootItem } from '../../lib/aws/spend-root-item.ts';
import { NO_ROOT, type Root } from '../../lib/spend/root.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const AT = instantOf('2026-11-20T10:00:00Z');
const version = (projects: readonly string[] | null) => {
  return { run: 'run', parts: 1, hash: 'abc', changedAt: AT, projects };
};
const rootOf = (...filters: (readonly string[] | null)[]): Root => ({
  ...NO_ROOT,
  version: 3,
  days: new Map(filters.map((projects, index) => [dayOf(`2026-11-0${index + 1}`), version(projects)])),
});

describe("a dataset's root", () => {
  it.each([
    ['of days that were read for all projects', rootOf(null, null)],
    ['of days that were read for some', rootOf(['a'], null, ['a', 'b'], ['a'])],
    ['without days', rootOf()],
  ])('%s comes back as it was', (_, root) => {
    expect(parseRootItem(rootItem('org#x', root, 'run'))).toEqual({ root, run: 'run' });
  });

  it('is written as before where no day was filtered, so that older programs can read it', () => {
    const item = rootItem('org#x', rootOf(null), 'run');
    expect(item.days).toBe('{"2026-11-01":["run",1,"abc","2026-11-20T10:00:00Z"]}');
    expect(Object.keys(item)).not.toContain('filters');
  });

  it('names each filter once, however many days were read with it', () => {
    expect(rootItem('org#x', rootOf(['a'], ['a'], ['a', 'b']), 'run').filters).toBe('[["a"],["a","b"]]');
  });

  it.each(['[]', '[["a"]]'])('that names a filter which %s lacks is corrupt', (filters) => {
    const item = { ...rootItem('org#x', rootOf(['a'], ['b']), 'run'), filters };
    expect(() => parseRootItem(item)).toThrow('cannot be read');
  });
});
