// What every SpendStore must do: whole days, all of a commit or nothing of it, and never a fast one lost to a slow one.
import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { amountAt } from '../../lib/money/amount-column.ts';
import { datasetOf } from '../../lib/spend/dataset.ts';
import { type DayTable, dayTableOf, EMPTY_DAY } from '../../lib/spend/day-table.ts';
import { NO_ROOT, type Root } from '../../lib/spend/root.ts';
import type { SpendStore, SpendUpdate } from '../../lib/spend/spend-store.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { costDay, usageDay } from '../fakes/day-of-rows.ts';
import { spendUpdateOf } from '../fakes/spend-update-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const COSTS = datasetOf('costs');
const DAY_1 = dayOf('2026-11-01');
const DAY_2 = dayOf('2026-11-02');
const DAY_3 = dayOf('2026-11-03');

const SMALL = costDay([['proj_a', 'gpt-5', '1.5']]);
const LARGE = costDay([['proj_a', 'gpt-5', '2500']]);
const AWKWARD = costDay([
  ['proj_a', 'gpt-5, input', '0.1000000000000000055511151231257827021181'],
  ['proj_a', 'gpt-5, output', '123456789.25'],
  [null, null, '0'],
  ['proj_b', 'refund', '-3.5'],
  ['proj_b', 'unsaid', null],
  ['proj_b', 'euro', '1', 'eur'],
]);

export function spendStoreContract(storeOf: () => SpendStore): void {
  /** An organization that nobody else uses. */
  const open = () => {
    const store = storeOf();
    const organization = `org-${randomUUID()}`;
    return {
      store,
      organization,
      root: () => store.root(organization, COSTS),
      read: (fromDay = DAY_1) => store.read(organization, COSTS, fromDay),
      /** Commits on top of what is there. */
      async commit(days: Record<string, DayTable>, change: Partial<SpendUpdate> = {}): Promise<Root> {
        const before = await store.root(organization, COSTS);
        const result = await store.commit(organization, COSTS, before, spendUpdateOf(days, change));
        if (!result.committed) throw new Error('nobody else was there, and yet the commit was refused');
        return result.root;
      },
    };
  };

  describe('a spend store', () => {
    it('begins with nothing, which is not zero', async () => {
      const { root, read } = open();
      expect(await root()).toEqual(NO_ROOT);
      const snapshot = await read();
      expect(snapshot.root).toEqual(NO_ROOT);
      expect(snapshot.tablesOf(DAY_1)).toBeNull();
    });

    it('gives every row back exactly, and an empty day as empty', async () => {
      const { commit, read } = open();
      await commit({ '2026-11-01': AWKWARD, '2026-11-02': EMPTY_DAY, '2026-11-03': SMALL });
      const snapshot = await read();
      expect(snapshot.tablesOf(DAY_1)).toEqual([AWKWARD]);
      expect(snapshot.tablesOf(DAY_2)).toEqual([EMPTY_DAY]);
      expect(snapshot.tablesOf(DAY_3)).toEqual([SMALL]);
      expect(snapshot.tablesOf(dayOf('2026-11-04'))).toBeNull();
    });

    it('gives back the root that the commit said it wrote', async () => {
      const { commit, root, read } = open();
      const committed = await commit(
        { '2026-11-01': SMALL },
        {
          run: 'run-1',
          reads: [
            { from: DAY_1, until: DAY_2, at: instantOf('2026-11-02T10:00:00Z') },
            { from: DAY_2, until: DAY_3, at: instantOf('2026-11-02T11:15:00.250Z') },
          ],
          doubted: new Map([[DAY_1, instantOf('2026-11-02T10:00:00Z')]]),
          source: {
            lastSuccessAt: instantOf('2026-11-02T10:00:00Z'),
            failing: {
              since: instantOf('2026-11-02T11:00:00Z'),
              code: 'openai-rate-limited',
              failures: 3,
              hint: 'do this',
            },
          },
        },
      );
      expect(committed.version).toBe(1);
      expect(committed.days.get(DAY_1)).toMatchObject({ run: 'run-1', parts: 1 });
      expect(await root()).toEqual(committed);
      expect((await read()).root).toEqual(committed);
    });

    it('keeps the days that a commit does not mention', async () => {
      const { commit, read } = open();
      await commit({ '2026-11-01': SMALL, '2026-11-02': LARGE });
      const at = instantOf('2026-11-03T10:00:00Z');
      const second = await commit({}, { reads: [{ from: DAY_1, until: DAY_3, at }] });
      expect(second.version).toBe(2);
      const snapshot = await read();
      expect(snapshot.root.reads).toEqual([{ from: DAY_1, until: DAY_3, at }]);
      expect(snapshot.tablesOf(DAY_1)).toEqual([SMALL]);
      expect(snapshot.tablesOf(DAY_2)).toEqual([LARGE]);
    });

    it('replaces whole days and forgets days', async () => {
      const { commit, read } = open();
      await commit({ '2026-11-01': AWKWARD, '2026-11-02': SMALL, '2026-11-03': SMALL });
      await commit({ '2026-11-02': LARGE }, { forgotten: [DAY_1] });
      await commit({ '2026-11-03': EMPTY_DAY });
      const snapshot = await read();
      expect(snapshot.tablesOf(DAY_1)).toBeNull();
      expect(snapshot.tablesOf(DAY_2)).toEqual([LARGE]);
      expect(snapshot.tablesOf(DAY_3)).toEqual([EMPTY_DAY]);
      expect([...snapshot.root.days.keys()]).toEqual([DAY_2, DAY_3]);
    });

    it('reads from a day on, and calls it a mistake to ask for an earlier one', async () => {
      const { commit, read } = open();
      await commit({ '2026-11-01': SMALL, '2026-11-02': LARGE });
      const snapshot = await read(DAY_2);
      expect(snapshot.tablesOf(DAY_2)).toEqual([LARGE]);
      expect(() => snapshot.tablesOf(DAY_1)).toThrow(RangeError);
    });

    it('lets a slow collect never overwrite a faster one', async () => {
      const { store, organization, commit, read } = open();
      await commit({ '2026-11-01': SMALL });
      const seenBySlow = await store.root(organization, COSTS);
      const faster = await commit({ '2026-11-01': LARGE });
      const slow = await store.commit(
        organization,
        COSTS,
        seenBySlow,
        spendUpdateOf({ '2026-11-01': AWKWARD, '2026-11-02': AWKWARD }),
      );
      expect(slow).toEqual({ committed: false });
      const snapshot = await read();
      expect(snapshot.root).toEqual(faster);
      expect(snapshot.tablesOf(DAY_1)).toEqual([LARGE]);
      expect(snapshot.tablesOf(DAY_2)).toBeNull();
    });

    it('lets one of several first collects win', async () => {
      const { store, organization, read } = open();
      const results = await Promise.all(
        Array.from({ length: 8 }, () =>
          store.commit(organization, COSTS, NO_ROOT, spendUpdateOf({ '2026-11-01': SMALL })),
        ),
      );
      expect(results.filter(({ committed }) => committed)).toHaveLength(1);
      expect((await read()).tablesOf(DAY_1)).toEqual([SMALL]);
    });

    it('still reads everything after orphans were swept', async () => {
      const { store, organization, commit, read } = open();
      await commit({ '2026-11-01': SMALL, '2026-11-02': SMALL });
      // Refused, so what it wrote is an orphan.
      await store.commit(organization, COSTS, NO_ROOT, spendUpdateOf({ '2026-11-01': AWKWARD }));
      await commit({ '2026-11-02': LARGE }, { sweepOrphans: true });
      await commit({}, { sweepOrphans: true });
      const snapshot = await read();
      expect(snapshot.tablesOf(DAY_1)).toEqual([SMALL]);
      expect(snapshot.tablesOf(DAY_2)).toEqual([LARGE]);
    });

    it('splits a day that is too large for one item, and gives back all of it once', async () => {
      const { commit, read } = open();
      const day = dayOfManyRows(45_000);
      await commit({ '2026-11-01': day });
      const snapshot = await read();
      const tables = snapshot.tablesOf(DAY_1) ?? [];
      expect(tables.length).toBeGreaterThan(1);
      expect(snapshot.root.days.get(DAY_1)?.parts).toBe(tables.length);
      expect(tables.flatMap(rowsOf)).toEqual(rowsOf(day));
    });

    it('keeps organizations and datasets apart, whatever their names', async () => {
      const { store, organization, commit } = open();
      await commit({ '2026-11-01': SMALL });
      const completions = datasetOf('completions');
      const tokens = usageDay([['proj_a', 'gpt-5', { input_tokens: 12, output_tokens: 30 }]]);
      await store.commit(organization, completions, NO_ROOT, spendUpdateOf({ '2026-11-01': tokens }));
      const others = [`${organization}#costs.1d`, `${organization}%23costs.1d`, `${organization} ü`];
      for (const other of others) {
        expect(await store.root(other, COSTS)).toEqual(NO_ROOT);
        await store.commit(other, COSTS, NO_ROOT, spendUpdateOf({ '2026-11-01': LARGE }));
      }
      expect((await store.read(organization, COSTS, DAY_1)).tablesOf(DAY_1)).toEqual([SMALL]);
      expect((await store.read(organization, completions, DAY_1)).tablesOf(DAY_1)).toEqual([tokens]);
    });
  });
}

/** Amounts that do not compress. */
function dayOfManyRows(rowCount: number): DayTable {
  return dayTableOf(
    ['project_id', 'line_item', 'currency'],
    ['amount'],
    Array.from({ length: rowCount }, (_, row) => ({
      dimensions: [`proj_${row % 5_000}`, `item-${Math.floor(row / 5_000)}`, 'usd'],
      values: [
        amountOf(`0.${BigInt(`0x${createHash('sha256').update(String(row)).digest('hex').slice(0, 13)}`)}`),
      ],
    })),
  );
}

function rowsOf(table: DayTable): string[] {
  return Array.from({ length: table.rowCount }, (_, row) =>
    [
      ...[...table.dimensions.values()].map(({ values, index }) => values[index[row] ?? -1]),
      ...[...table.measures.values()].map((column) => amountAt(column, row)),
    ].join(' '),
  );
}
