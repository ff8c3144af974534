// A list in little room: whole lines, and a last one that counts exactly what is missing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listWithin } from '../../lib/notify/list-within.ts';

const within = (lines: readonly string[], uncounted: number, maxSize: number, maxLines = 99) =>
  listWithin(lines, uncounted, {
    maxSize,
    maxLines,
    rest: (count) => `and ${count}`,
    sizeOf: (text) => text.length,
  });

describe('a list', () => {
  it.each<[readonly string[], number, number, number, readonly string[]]>([
    [['aa', 'bb', 'cc'], 0, 9, 99, ['aa', 'bb', 'cc']],
    // One line of three and the six of `and 2` would be nine.
    [['aa', 'bb', 'cc'], 0, 8, 99, ['and 3']],
    [['aa', 'bb', 'cc', 'dd'], 0, 11, 99, ['aa', 'and 3']],
    [['aa', 'bb', 'cc'], 7, 14, 99, ['aa', 'bb', 'and 8']],
    [['aa', 'bb', 'cc'], 7, 15, 99, ['aa', 'bb', 'cc', 'and 7']],
    [['aa', 'bb', 'cc'], 0, 99, 2, ['aa', 'bb', 'and 1']],
    [['aa'], 0, 0, 99, ['and 1']],
    [[], 5, 0, 99, ['and 5']],
    [[], 0, 0, 99, []],
  ])(
    'of %j and %i more in %i characters and %i lines is %j',
    (lines, uncounted, maxSize, maxLines, expected) => {
      expect(within(lines, uncounted, maxSize, maxLines)).toEqual(expected);
    },
  );

  it('shows or counts everything, and shows as much as there is room for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 9 }), { maxLength: 30 }),
        fc.nat(50),
        fc.nat(300),
        (lines, more, max) => {
          const list = within(lines, more, max);
          const counted = Number(/^and (\d+)$/.exec(list.at(-1) ?? '')?.[1] ?? 0);
          const shown = list.length - (counted === 0 ? 0 : 1);
          expect(shown + counted).toBe(lines.length + more);
          expect(list.slice(0, shown)).toEqual(lines.slice(0, shown));
          const size = (count: number) =>
            [...lines.slice(0, count), ...(lines.length + more === count ? [] : ['and 99'])].join('\n')
              .length + 1;
          if (shown > 0) expect(list.join('\n').length + 1).toBeLessThanOrEqual(max);
          if (shown < lines.length) expect(size(shown + 1) + 1).toBeGreaterThan(max);
        },
      ),
    );
  });
});
