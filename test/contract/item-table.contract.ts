// What every ItemTable must do, as DynamoDB does it.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Item, ItemTable } from '../../lib/aws/item-table.ts';

const CONSISTENT = { consistent: true };
const EVERYTHING = { from: '!', to: '\u{10FFFF}' };

export function itemTableContract(tableOf: () => ItemTable): void {
  /** A partition that nobody else uses. */
  const open = () => ({ table: tableOf(), pk: `item-table-${randomUUID()}` });

  async function sortKeys(table: ItemTable, pk: string, range = EVERYTHING): Promise<string[]> {
    return (await table.query(pk, range, CONSISTENT)).map(({ sk }) => sk);
  }

  describe('an item table', () => {
    it('gives back what was put, whatever its kind', async () => {
      const { table, pk } = open();
      const item: Item = {
        pk,
        sk: 'a#1',
        text: 'dollars, € and 🧾',
        empty: '',
        number: 1_795_132_800,
        fraction: 0.1,
        bytes: Uint8Array.from([0, 1, 254, 255]),
        list: ['b', 'a', ''],
        emptyList: [],
      };
      expect(await table.put(item, 'none')).toBe('written');
      expect(plain(await table.get(pk, 'a#1', CONSISTENT))).toEqual(item);
      expect(plain((await table.query(pk, EVERYTHING, CONSISTENT))[0] ?? null)).toEqual(item);
    });

    it('knows nothing of a key that was never put', async () => {
      const { table, pk } = open();
      expect(await table.get(pk, 'a', CONSISTENT)).toBeNull();
      expect(await sortKeys(table, pk)).toEqual([]);
    });

    it('replaces the whole item', async () => {
      const { table, pk } = open();
      await table.put({ pk, sk: 'a', old: 'x', both: 'x' }, 'none');
      await table.put({ pk, sk: 'a', both: 'y' }, 'none');
      expect(await table.get(pk, 'a', CONSISTENT)).toEqual({ pk, sk: 'a', both: 'y' });
    });

    it('puts an absent item once', async () => {
      const { table, pk } = open();
      expect(await table.put({ pk, sk: 'a', version: 1 }, 'absent')).toBe('written');
      expect(await table.put({ pk, sk: 'a', version: 2 }, 'absent')).toBe('refused');
      expect(await table.get(pk, 'a', CONSISTENT)).toEqual({ pk, sk: 'a', version: 1 });
    });

    it.each([
      { stored: null, condition: 1, outcome: 'refused' },
      { stored: 1, condition: 1, outcome: 'written' },
      { stored: 2, condition: 1, outcome: 'refused' },
      { stored: 9_007_199_254_740_991, condition: 9_007_199_254_740_991, outcome: 'written' },
    ])('puts and deletes version $condition where $stored is stored: $outcome', async (row) => {
      for (const kind of ['put', 'delete'] as const) {
        const { table, pk } = open();
        if (row.stored !== null) await table.put({ pk, sk: 'a', version: row.stored }, 'none');
        const condition = { version: row.condition };
        const outcome =
          kind === 'put'
            ? await table.put({ pk, sk: 'a', version: -1 }, condition)
            : await table.delete(pk, 'a', condition);
        expect(outcome).toBe(row.outcome);
        const left = (await table.get(pk, 'a', CONSISTENT))?.version ?? null;
        expect(left).toBe(row.outcome === 'refused' ? row.stored : kind === 'put' ? -1 : null);
      }
    });

    it('takes an item without a version neither for one of the versions nor for absent', async () => {
      const { table, pk } = open();
      await table.put({ pk, sk: 'a', other: 1 }, 'none');
      expect(await table.put({ pk, sk: 'a', version: 2 }, { version: 1 })).toBe('refused');
      expect(await table.put({ pk, sk: 'a', version: 2 }, 'absent')).toBe('refused');
    });

    it('deletes what is there and what is not', async () => {
      const { table, pk } = open();
      await table.put({ pk, sk: 'a' }, 'none');
      await table.put({ pk, sk: 'b' }, 'none');
      expect(await table.delete(pk, 'a', 'none')).toBe('written');
      expect(await table.delete(pk, 'a', 'none')).toBe('written');
      expect(await sortKeys(table, pk)).toEqual(['b']);
    });

    it('queries one partition, both ends included, in the order of UTF-8 bytes', async () => {
      const { table, pk } = open();
      // UTF-16, which JavaScript compares by, would put the emoji before U+FF5E.
      const ordered = [
        '#',
        '2026-11-01#x#0',
        '2026-11-01#x#10',
        '2026-11-01#x#2',
        'Z',
        'a',
        'root',
        '～',
        '🧾',
      ];
      for (const sk of ordered.toReversed()) await table.put({ pk, sk }, 'none');
      await table.put({ pk: `${pk}2`, sk: 'b' }, 'none');
      expect(await sortKeys(table, pk)).toEqual(ordered);
      expect(await sortKeys(table, pk, { from: '2026-11-01#x#10', to: 'a' })).toEqual(ordered.slice(2, 6));
      expect(await sortKeys(table, pk, { from: 'aa', to: 'root' })).toEqual(['root']);
      expect(await sortKeys(table, pk, { from: 'b', to: 'c' })).toEqual([]);
    });

    it('queries keys without attributes if asked to', async () => {
      const { table, pk } = open();
      await table.put({ pk, sk: 'a', rows: new Uint8Array(10), version: 3 }, 'none');
      expect(await table.query(pk, EVERYTHING, { consistent: true, keysOnly: true })).toEqual([
        { pk, sk: 'a' },
      ]);
    });

    it('reads on where a page ends', async () => {
      const { table, pk } = open();
      const keys = Array.from({ length: 9 }, (_, index) => `part-${index}`);
      for (const sk of keys) await table.put({ pk, sk, rows: new Uint8Array(300_000) }, 'none');
      const items = await table.query(pk, EVERYTHING, { consistent: false });
      expect(items.map(({ sk }) => sk)).toEqual(keys);
      expect(await table.query(pk, EVERYTHING, { consistent: false, keysOnly: true })).toHaveLength(9);
    });

    it('throws at an item that DynamoDB could not hold', async () => {
      const { table, pk } = open();
      const tooLarge = { pk, sk: 'a', rows: new Uint8Array(410_000) };
      await expect((async () => table.put(tooLarge, 'none'))()).rejects.toThrow();
      expect(await sortKeys(table, pk)).toEqual([]);
    });
  });
}

/** Node's Buffers are Uint8Arrays that `toEqual` tells apart. */
function plain(item: Item | null): Record<string, unknown> | null {
  if (item === null) return null;
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Uint8Array.from(value) : value,
    ]),
  );
}
