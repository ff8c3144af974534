// Collectors that overlap, die at any write and see contents recur: the root never names a part that is not there.
import { describe, expect, it } from 'vitest';
import { createDynamoDbSpendStore } from '../../lib/aws/dynamodb-spend-store.ts';
import type { Item, ItemTable } from '../../lib/aws/item-table.ts';
import { datasetId, datasetOf } from '../../lib/spend/dataset.ts';
import { dayTableText, hashOfText } from '../../lib/spend/day-table-text.ts';
import { costDay } from '../fakes/day-of-rows.ts';
import { memoryItemTable, type StoredItems, storedItems } from '../fakes/memory-item-table.ts';
import { type Random, seededRandom } from '../fakes/seeded-random.ts';
import { spendUpdateOf } from '../fakes/spend-update-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';
import { type Turns, turnsBy } from '../fakes/turns.ts';

const COSTS = datasetOf('costs');
const ORGANIZATION = 'org';
const PK = `${ORGANIZATION}#${datasetId(COSTS)}`;
const NOW = () => instantOf('2026-11-20T10:00:00Z');

const DAYS = ['2026-11-01', '2026-11-02', '2026-11-03'];
/** Few, so that a day comes back to what it was, as it does when a restatement is taken back. */
const CONTENTS = [costDay([['proj_a', 'gpt-5', '1']]), costDay([['proj_a', 'gpt-5', '1000']])];

const COLLECTORS = 3;
const COLLECTS_EACH = 4;

interface Protocol {
  /** How a commit's parts are named. */
  readonly runName: (random: Random, content: number) => string;
  /** What stands between the store and the table. */
  readonly table: (table: ItemTable) => ItemTable;
}

const REAL: Protocol = {
  runName: (random) => `run-${random.below(2 ** 32).toString(36)}-${random.below(2 ** 32).toString(36)}`,
  table: (table) => table,
};

/** The same content has the same name, as with names by hash. */
const NAMED_BY_CONTENT: Protocol = { ...REAL, runName: (_random, content) => `content-${content}` };

/** Orphans go before it is known whether the swap succeeds. */
const SWEPT_BEFORE_THE_SWAP: Protocol = { ...REAL, table: sweepingBeforeTheSwap };

interface Outcome {
  /** Days whose part was absent while the root named it. */
  readonly absent: readonly string[];
  readonly committed: number;
  readonly refused: number;
  readonly died: number;
}

async function playHistory(seed: number, protocol: Protocol, sweepShare: number): Promise<Outcome> {
  const random = seededRandom(seed);
  const turns = turnsBy(random);
  const items = storedItems();
  const counts = { committed: 0, refused: 0, died: 0 };
  const absent = new Set<string>();

  async function collect(): Promise<void> {
    const { table, death } = mortalTable(items, turns, random);
    const store = createDynamoDbSpendStore(protocol.table(table), NOW);
    const content = random.below(CONTENTS.length);
    const rows = CONTENTS[content] ?? CONTENTS[0];
    if (rows === undefined) return;
    const run = protocol.runName(random, content);
    const days = DAYS.filter(() => random.happens(0.6));
    const sweepOrphans = random.happens(sweepShare);
    const work = (async () => {
      const root = await store.root(ORGANIZATION, COSTS);
      const isNews = (day: string) => root.days.get(dayOf(day))?.hash !== hashOfText(dayTableText(rows));
      const changed = Object.fromEntries(days.filter(isNews).map((day) => [day, rows]));
      const forgotten = random.happens(0.1) ? DAYS.filter((day) => !days.includes(day)).map(dayOf) : [];
      const update = spendUpdateOf(changed, { run, forgotten, sweepOrphans });
      const { committed } = await store.commit(ORGANIZATION, COSTS, root, update);
      counts[committed ? 'committed' : 'refused'] += 1;
    })();
    // The next collect does not wait for requests that a dead one has on their way.
    work.catch(() => {});
    await Promise.race([work, death]).catch(() => {
      counts.died += 1;
    });
  }

  async function collector(): Promise<void> {
    for (let collects = 0; collects < COLLECTS_EACH; collects += 1) await collect();
  }

  await turns.play(Array.from({ length: COLLECTORS }, collector), () => {
    for (const part of absentParts(items)) absent.add(part);
  });
  return { absent: [...absent], ...counts };
}

/** A program's own view of the table: it dies at some write, and what is on its way then may or may not arrive. */
function mortalTable(items: StoredItems, turns: Turns, random: Random) {
  const { promise: death, reject: die } = Promise.withResolvers<never>();
  death.catch(() => {});
  let dead = false;
  const table = memoryItemTable({
    items,
    fate: async ({ kind }) => {
      await turns.turn();
      if (dead) return random.happens(0.5) ? 'dies-before' : 'dies-after';
      if (kind === 'get' || kind === 'query') return 'works';
      if (random.happens(0.05)) {
        dead = true;
        die(new Error('died'));
        return random.happens(0.5) ? 'dies-before' : 'dies-after';
      }
      return random.happens(0.1) ? 'loses-answer' : 'works';
    },
  });
  return { table, death };
}

function sweepingBeforeTheSwap(table: ItemTable): ItemTable {
  let listed: readonly Item[] = [];
  return {
    ...table,
    async query(pk, range, options) {
      const found = await table.query(pk, range, options);
      if (options.keysOnly) listed = found;
      return found;
    },
    async put(item, condition) {
      if (item.sk === 'root') {
        const named = new Set([...namedParts(item), ...(item.superseded as readonly string[])]);
        for (const { sk } of listed) if (!named.has(sk)) await table.delete(item.pk, sk, 'none');
      }
      return await table.put(item, condition);
    },
  };
}

function namedParts(root: Item): string[] {
  const days: Record<string, [run: string, parts: number]> = JSON.parse(String(root.days));
  return Object.entries(days).flatMap(([day, [run, parts]]) =>
    Array.from({ length: parts }, (_, part) => `${day}#${run}#${part}`),
  );
}

function absentParts({ partitions }: StoredItems): string[] {
  const partition = partitions.get(PK);
  const stored = (sk: string) => partition?.get(sk)?.at(-1)?.item ?? null;
  const root = stored('root');
  return root === null ? [] : namedParts(root).filter((sk) => stored(sk) === null);
}

async function playHistories(count: number, protocol: Protocol, sweepShare: number) {
  const total = { broken: [] as number[], committed: 0, refused: 0, died: 0 };
  for (let seed = 1; seed <= count; seed += 1) {
    const { absent, committed, refused, died } = await playHistory(seed, protocol, sweepShare);
    if (absent.length > 0) total.broken.push(seed);
    total.committed += committed;
    total.refused += refused;
    total.died += died;
  }
  return total;
}

describe('overlapping collectors that die', { timeout: 300_000 }, () => {
  it.each([
    { how: 'never', sweepShare: 0, histories: 200 },
    { how: 'at times', sweepShare: 0.4, histories: 200 },
    { how: 'always', sweepShare: 1, histories: 200 },
  ])('never leave a root that names an absent part, sweeping orphans $how', async (row) => {
    const total = await playHistories(row.histories, REAL, row.sweepShare);
    expect(total.broken).toEqual([]);
    // The histories are hostile enough to mean something.
    expect(total.committed).toBeGreaterThan(row.histories);
    expect(total.refused).toBeGreaterThan(row.histories);
    expect(total.died).toBeGreaterThan(row.histories);
  });

  it('would, if parts were named by their content', async () => {
    const { broken } = await playHistories(60, NAMED_BY_CONTENT, 0.4);
    expect(broken.length).toBeGreaterThan(6);
  });

  it('would, if orphans were swept before the swap', async () => {
    const { broken } = await playHistories(60, SWEPT_BEFORE_THE_SWAP, 0.4);
    expect(broken.length).toBeGreaterThan(6);
  });
});
