// How spend lies in the table and what a commit and a read do to it, request by request.
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createDynamoDbSpendStore } from '../../lib/aws/dynamodb-spend-store.ts';
import { datasetOf } from '../../lib/spend/dataset.ts';
import { dayTableText } from '../../lib/spend/day-table-text.ts';
import type { Root } from '../../lib/spend/root.ts';
import type { SpendStore, SpendUpdate } from '../../lib/spend/spend-store.ts';
import { costDay } from '../fakes/day-of-rows.ts';
import {
  type Fate,
  type MemoryItemTableOptions,
  memoryItemTable,
  type Operation,
  storedItems,
} from '../fakes/memory-item-table.ts';
import { spendUpdateOf } from '../fakes/spend-update-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const COSTS = datasetOf('costs');
const PK = 'org#costs.1d#project_id,line_item';
const TODAY = instantOf('2026-11-20T10:00:00Z');
const DAY_1 = dayOf('2026-11-01');
const SMALL = costDay([['proj_a', 'gpt-5', '1.5']]);
const LARGE = costDay([['proj_a', 'gpt-5', '2500']]);

type Days = Parameters<typeof spendUpdateOf>[0];

function open(options: MemoryItemTableOptions = {}, now = TODAY) {
  const table = memoryItemTable(options);
  const store = createDynamoDbSpendStore(table, () => now);
  return { table, store, root: () => store.root('org', COSTS), read: () => store.read('org', COSTS, DAY_1) };
}

async function commit(store: SpendStore, days: Days, change: Partial<SpendUpdate> = {}): Promise<Root> {
  const result = await store.commit(
    'org',
    COSTS,
    await store.root('org', COSTS),
    spendUpdateOf(days, change),
  );
  if (!result.committed) throw new Error('refused');
  return result.root;
}

/** Says what was done, in short; `fate` decides what becomes of it. */
function recorder(fate: (operation: Operation) => Fate = () => 'works') {
  const done: string[] = [];
  return {
    done,
    fate(operation: Operation): Fate {
      done.push(`${operation.kind} ${operation.sk}`);
      return fate(operation);
    },
  };
}

async function keysOf({ table }: Pick<ReturnType<typeof open>, 'table'>): Promise<string[]> {
  const items = await table.query(PK, { from: '0', to: 'z' }, { consistent: true });
  return items.map(({ sk }) => sk);
}

describe('spend in the table', () => {
  it('is a compressed text for each day, which expires, and a root', async () => {
    const { table, store } = open();
    await commit(store, { '2026-11-01': SMALL }, { run: 'run-1' });
    const part = await table.get(PK, '2026-11-01#run-1#0', { consistent: true });
    expect(Object.keys(part ?? {}).sort()).toEqual(['expiresAt', 'pk', 'rows', 'sk']);
    expect(gunzipSync(part?.rows as Uint8Array).toString()).toBe(dayTableText(SMALL));
    expect(part?.expiresAt).toBe(Date.parse('2028-02-04T00:00:00Z') / 1000);

    expect(await table.get(PK, 'root', { consistent: true })).toEqual({
      pk: PK,
      sk: 'root',
      version: 1,
      run: 'run-1',
      days: expect.stringMatching(/^\{"2026-11-01":\["run-1",1,"[0-9a-f]{12}","2026-11-20T10:00:00Z"\]\}$/),
      reads: '[]',
      superseded: [],
      doubted: '{}',
      source: '{"lastSuccessAt":"2026-11-20T10:00:00Z","failing":null}',
    });
  });

  it('costs one read and one write where nothing changed', async () => {
    const items = storedItems();
    await commit(open({ items }).store, { '2026-11-01': SMALL });
    const { table, store } = open({ items });
    await commit(store, {}, { reads: [{ from: DAY_1, until: dayOf('2026-11-21'), at: TODAY }] });
    expect(table.requests).toEqual({ reads: 1, writes: 1 });
  });

  it('is written parts first, root last, and what the root superseded goes with the commit after', async () => {
    const items = storedItems();
    await commit(open({ items }).store, { '2026-11-01': SMALL, '2026-11-02': SMALL }, { run: 'run-1' });

    const second = recorder();
    await commit(open({ items, ...second }).store, { '2026-11-01': LARGE }, { run: 'run-2' });
    expect(second.done).toEqual(['get root', 'put 2026-11-01#run-2#0', 'put root']);
    expect((await open({ items }).root()).superseded).toEqual(['2026-11-01#run-1#0']);

    const third = recorder();
    await commit(open({ items, ...third }).store, {}, { run: 'run-3', forgotten: [dayOf('2026-11-02')] });
    expect(third.done).toEqual(['get root', 'delete 2026-11-01#run-1#0', 'put root']);
    expect((await open({ items }).root()).superseded).toEqual(['2026-11-02#run-1#0']);
    expect(await keysOf(open({ items }))).toEqual(['2026-11-01#run-2#0', '2026-11-02#run-1#0', 'root']);
  });

  it('is swept of orphans by a commit that asks for it, after its swap', async () => {
    const items = storedItems();
    const first = open({ items });
    const empty = await first.root();
    await commit(first.store, { '2026-11-01': SMALL }, { run: 'run-1' });
    await first.store.commit('org', COSTS, empty, spendUpdateOf({ '2026-11-02': SMALL }, { run: 'dead' }));
    expect(await keysOf(first)).toContain('2026-11-02#dead#0');

    const { done, fate } = recorder();
    const sweeping = open({ items, fate });
    await commit(sweeping.store, { '2026-11-01': LARGE }, { run: 'run-2', sweepOrphans: true });
    expect(done).toEqual([
      'get root',
      'query 0',
      'put 2026-11-01#run-2#0',
      'put root',
      'delete 2026-11-02#dead#0',
    ]);
    expect(await keysOf(first)).toEqual(['2026-11-01#run-1#0', '2026-11-01#run-2#0', 'root']);
  });
});

describe('a commit whose swap is refused', () => {
  it('is committed all the same if it was refused by its own first attempt', async () => {
    const items = storedItems();
    const { done, fate } = recorder(({ kind, sk }) =>
      kind === 'put' && sk === 'root' ? 'loses-answer' : 'works',
    );
    const root = await commit(open({ items, fate }).store, { '2026-11-01': SMALL }, { sweepOrphans: true });
    expect(root.version).toBe(1);
    expect(done.slice(-2)).toEqual(['put root', 'get root']);
    expect(await open({ items }).root()).toEqual(root);

    const second = await commit(open({ items, fate }).store, { '2026-11-01': LARGE });
    expect(second.version).toBe(2);
    expect((await open({ items }).read()).tablesOf(DAY_1)).toEqual([LARGE]);
  });

  it('was overtaken if the root has moved on since, even by the same run', async () => {
    const { store, root } = open();
    const empty = await root();
    await commit(store, { '2026-11-01': SMALL }, { run: 'run-1' });
    await commit(store, { '2026-11-01': LARGE }, { run: 'run-1b' });
    await commit(store, {}, { run: 'run-1' });
    const again = spendUpdateOf({ '2026-11-01': SMALL }, { run: 'run-1' });
    expect(await store.commit('org', COSTS, empty, again)).toEqual({ committed: false });
  });

  it('sweeps nothing', async () => {
    const items = storedItems();
    const { store, root } = open({ items });
    const empty = await root();
    await commit(store, { '2026-11-01': SMALL });
    const { done, fate } = recorder();
    const slow = open({ items, fate }).store;
    const update = spendUpdateOf({ '2026-11-01': LARGE }, { sweepOrphans: true });
    expect(await slow.commit('org', COSTS, empty, update)).toEqual({ committed: false });
    expect(done.filter((operation) => operation.startsWith('delete'))).toEqual([]);
  });

  it('leaves the root as it was when it dies after any of its writes', async () => {
    for (let survived = 0; survived < 3; survived += 1) {
      const items = storedItems();
      await commit(open({ items }).store, { '2026-11-01': SMALL, '2026-11-02': SMALL });
      let writes = 0;
      const fate = ({ kind }: Operation): Fate => {
        if (kind !== 'put') return 'works';
        writes += 1;
        return writes > survived ? 'dies-before' : 'works';
      };
      const dying = open({ items, fate }).store;
      await expect(commit(dying, { '2026-11-01': LARGE, '2026-11-02': LARGE })).rejects.toThrow('before put');
      const snapshot = await open({ items }).read();
      expect(snapshot.root.version).toBe(1);
      expect(snapshot.tablesOf(DAY_1)).toEqual([SMALL]);
      expect(snapshot.tablesOf(dayOf('2026-11-02'))).toEqual([SMALL]);
    }
  });
});

describe('a read that does not find a part', () => {
  const lost = '2026-11-01#run-1#0';

  async function withLostPart() {
    const items = storedItems();
    const { table, store } = open({ items });
    await commit(store, { '2026-11-01': SMALL, '2026-11-02': SMALL }, { run: 'run-1' });
    await table.delete(PK, lost, 'none');
    return items;
  }

  it('reads again, at last consistently, and finds it there', async () => {
    const items = storedItems();
    await commit(open({ items }).store, { '2026-11-01': SMALL, '2026-11-02': LARGE });
    // A replica that has heard of the root, and of the second day, and never of the first.
    const behind = [Number.POSITIVE_INFINITY, 0, 0];
    let asked = 0;
    const lag = () => behind[asked++ % behind.length] ?? 0;
    const { table, store } = open({ items, lag });
    const snapshot = await store.read('org', COSTS, DAY_1);
    expect(snapshot.tablesOf(DAY_1)).toEqual([SMALL]);
    expect(table.requests.reads).toBe(3);
  });

  it('says that it is gone for good, which one, and what to do', async () => {
    const { table, store } = open({ items: await withLostPart() });
    await expect(store.read('org', COSTS, DAY_1)).rejects.toMatchObject({
      code: 'state-corrupt',
      message: expect.stringMatching(/2026-11-01#run-1#0.*Delete the item "root"/),
    });
    expect(table.requests.reads).toBe(3);
  });

  it('does not care for days before the first that it is asked for', async () => {
    const { store } = open({ items: await withLostPart() });
    const snapshot = await store.read('org', COSTS, dayOf('2026-11-02'));
    expect(snapshot.tablesOf(dayOf('2026-11-02'))).toEqual([SMALL]);
  });

  it('calls it a conflict where the root changes each time', async () => {
    const items = storedItems();
    const writer = open({ items });
    await commit(writer.store, { '2026-11-01': SMALL });
    // Between the parts and the root of each Query, two whole commits replace and delete what was read.
    const fate = async ({ kind, sk }: Operation): Promise<Fate> => {
      if (kind === 'query' && sk !== '2026-11-01') {
        await commit(writer.store, { '2026-11-01': LARGE });
        await commit(writer.store, { '2026-11-01': SMALL });
      }
      return 'works';
    };
    const { store } = open({ items, fate, pageItems: 1 });
    await expect(store.read('org', COSTS, DAY_1)).rejects.toMatchObject({
      code: 'state-conflict',
      message: expect.stringContaining('next run tries again'),
    });
  });
});

describe('stored spend that is not what was written', () => {
  async function withRoot(change: Record<string, string | number>) {
    const opened = open();
    await commit(opened.store, { '2026-11-01': SMALL }, { run: 'run-1' });
    const root = await opened.table.get(PK, 'root', { consistent: true });
    if (root !== null) await opened.table.put({ ...root, ...change }, 'none');
    return opened;
  }

  it.each([
    { what: 'no version', change: { version: 'one' }, why: 'version' },
    { what: 'a version of 0', change: { version: 0 }, why: 'version' },
    { what: 'torn JSON', change: { days: '{"2026-11-01":["run-1",1' }, why: 'days' },
    { what: 'no such day', change: { days: '{"2026-02-30":["r",1,"h","2026-11-20"]}' }, why: 'days' },
    { what: 'no parts', change: { days: '{"2026-11-01":["r",0,"h","2026-11-20"]}' }, why: 'days' },
    { what: 'a list for days', change: { days: '[]' }, why: 'days' },
    { what: 'no instant', change: { reads: '[["2026-11-01","2026-11-02","yesterday"]]' }, why: 'reads' },
    { what: 'a text for a list', change: { superseded: 'x' }, why: 'superseded' },
    { what: 'something unknown', change: { source: '{"state":"fresh"}' }, why: 'source' },
    { what: 'an attribute of a later version', change: { covers: 'proj_a' }, why: 'covers' },
  ])('is never taken for an empty root: $what', async ({ change, why }) => {
    const { root, read } = await withRoot(change);
    for (const reading of [root, read]) {
      await expect(reading()).rejects.toMatchObject({
        code: 'state-corrupt',
        message: expect.stringMatching(new RegExp(`"${PK}".*"root".*${why}.*Delete the item "root"`)),
      });
    }
  });

  it.each([
    { what: 'not packed', rows: Uint8Array.from([1, 2, 3]) },
    { what: 'another text', rows: gzipSync('{"v":2,"n":0,"d":{},"m":{}}') },
    { what: 'not bytes', rows: 'rows' },
  ])('is never taken for a day without spend: $what', async ({ rows }) => {
    const { table, store, read } = open();
    await commit(store, { '2026-11-01': SMALL, '2026-11-02': LARGE }, { run: 'run-1' });
    await table.put({ pk: PK, sk: '2026-11-01#run-1#0', rows }, 'none');
    const snapshot = await read();
    expect(snapshot.tablesOf(dayOf('2026-11-02'))).toEqual([LARGE]);
    expect(() => snapshot.tablesOf(DAY_1)).toThrow(
      expect.objectContaining({
        code: 'state-corrupt',
        message: expect.stringContaining('2026-11-01#run-1#0'),
      }),
    );
  });
});

describe('a day that has expired', () => {
  it.each([
    { now: '2028-02-03T23:59:59Z', known: true },
    { now: '2028-02-04T00:00:00Z', known: false },
  ])('is known at $now: $known, whether or not it was deleted', async ({ now, known }) => {
    const items = storedItems();
    await commit(open({ items }).store, { '2026-11-01': SMALL }, { run: 'run-1' });
    const later = open({ items }, instantOf(now));
    expect([...(await later.root()).days.keys()]).toEqual(known ? [DAY_1] : []);
    expect((await later.read()).tablesOf(DAY_1)).toEqual(known ? [SMALL] : null);
    if (known) return;
    await later.table.delete(PK, '2026-11-01#run-1#0', 'none');
    expect((await later.read()).tablesOf(DAY_1)).toBeNull();
  });
});
