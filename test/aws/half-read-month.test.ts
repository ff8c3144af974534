// A month is summed while its days are restated: every sum is one that a commit made, whatever the reader met on its way.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDynamoDbSpendStore } from '../../lib/aws/dynamodb-spend-store.ts';
import type { ItemTable } from '../../lib/aws/item-table.ts';
import { BudgetAlertsError } from '../../lib/errors.ts';
import { startEmbeddedDynamoDb } from '../../lib/local/embedded-dynamodb.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';
import { datasetOf } from '../../lib/spend/dataset.ts';
import type { SpendStore } from '../../lib/spend/spend-store.ts';
import { amountsOfColumn } from '../fakes/amounts-of-column.ts';
import { costDay } from '../fakes/day-of-rows.ts';
import { memoryItemTable, storedItems } from '../fakes/memory-item-table.ts';
import { seededRandom } from '../fakes/seeded-random.ts';
import { spendUpdateOf } from '../fakes/spend-update-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';
import { turnsBy } from '../fakes/turns.ts';

const COSTS = datasetOf('costs');
const ORGANIZATION = 'org';
const FIRST_DAY = dayOf('2026-11-01');
const NOW = () => instantOf('2026-11-30T10:00:00Z');

/** $1,000 that a restatement moves from one day to another and back: each month adds up to $1,010. */
const EARLY = { '2026-11-03': dayWith('1000'), '2026-11-15': dayWith('10'), '2026-11-27': dayWith('0') };
const LATE = { '2026-11-03': dayWith('0'), '2026-11-15': dayWith('10'), '2026-11-27': dayWith('1000') };
const TOTAL = 1_010;

function dayWith(amount: string) {
  return costDay([['proj_a', 'gpt-5', amount]]);
}

async function commitMonth(store: SpendStore, days: typeof EARLY, run?: string): Promise<void> {
  const root = await store.root(ORGANIZATION, COSTS);
  const changed =
    root.version === 0 ? days : { '2026-11-03': days['2026-11-03'], '2026-11-27': days['2026-11-27'] };
  await store.commit(ORGANIZATION, COSTS, root, spendUpdateOf(changed, run === undefined ? {} : { run }));
}

/** `null`: nothing is known yet, or the root kept changing until the store gave up and said so. */
async function monthTotal(store: SpendStore): Promise<number | null> {
  try {
    const snapshot = await store.read(ORGANIZATION, COSTS, FIRST_DAY);
    if (snapshot.root.version === 0) return null;
    let total = 0;
    for (const day of snapshot.root.days.keys()) {
      for (const { measures } of snapshot.tablesOf(day) ?? []) {
        for (const value of amountsOfColumn(measures.get('amount')))
          if (value !== null) total += Number(formatAmount(value));
      }
    }
    return total;
  } catch (error) {
    if (error instanceof BudgetAlertsError && error.code === 'state-conflict') return null;
    throw error;
  }
}

interface Setting {
  readonly seed: number;
  /** How many writes a replica may be behind for an eventually consistent read, for each item anew. */
  readonly maxLag: number;
  readonly inPlace: boolean;
}

/** Two readers and a writer take turns item by item. */
async function totalsSeen({ seed, maxLag, inPlace }: Setting): Promise<(number | null)[]> {
  const random = seededRandom(seed);
  const turns = turnsBy(random);
  const items = storedItems();
  const seen: (number | null)[] = [];
  await commitMonth(
    createDynamoDbSpendStore(memoryItemTable({ items }), NOW),
    EARLY,
    inPlace ? 'same' : undefined,
  );

  const storeOf = () => {
    const table = memoryItemTable({
      items,
      pageItems: 1,
      lag: () => random.below(maxLag + 1),
      fate: async () => {
        await turns.turn();
        return 'works' as const;
      },
    });
    return createDynamoDbSpendStore(inPlace ? withoutDeletes(table) : table, NOW);
  };
  async function write(): Promise<void> {
    const store = storeOf();
    for (const days of [LATE, EARLY, LATE]) await commitMonth(store, days, inPlace ? 'same' : undefined);
  }
  async function read(): Promise<void> {
    const store = storeOf();
    for (let reads = 0; reads < 2; reads += 1) seen.push(await monthTotal(store));
  }
  await turns.play([write(), read(), read()]);
  return seen;
}

function withoutDeletes(table: ItemTable): ItemTable {
  return { ...table, delete: async () => 'written' };
}

async function playReads(count: number, setting: Omit<Setting, 'seed'>) {
  const seen: (number | null)[] = [];
  for (let seed = 1; seed <= count; seed += 1) seen.push(...(await totalsSeen({ ...setting, seed })));
  const answered = seen.filter((total) => total !== null);
  return {
    answered: answered.length,
    wrong: answered.filter((total) => total !== TOTAL),
    asked: seen.length,
  };
}

describe('a month that is summed while its days are restated', { timeout: 300_000 }, () => {
  it.each([
    { replicas: 'that are up to date', maxLag: 0 },
    { replicas: 'up to six writes behind', maxLag: 6 },
  ])('never adds up to what never was, on replicas $replicas', async ({ maxLag }) => {
    const { answered, wrong, asked } = await playReads(200, { maxLag, inPlace: false });
    expect(wrong).toEqual([]);
    expect(answered).toBeGreaterThan(asked / 2);
  });

  it('would, if days were replaced in place', async () => {
    const { wrong, asked } = await playReads(50, { maxLag: 0, inPlace: true });
    expect(wrong.length).toBeGreaterThan(asked / 10);
    expect(wrong).toContain(TOTAL + 1_000);
  });

  it('never does so on dynalite, with real concurrency', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'budget-alerts-half-read-'));
    const embedded = await startEmbeddedDynamoDb({ directory });
    const store = createDynamoDbSpendStore(embedded.tables.spend, NOW);
    await commitMonth(store, EARLY);
    let writing = true;
    const seen: (number | null)[] = [];
    const write = async () => {
      for (let commits = 0; commits < 30; commits += 1)
        await commitMonth(store, commits % 2 === 0 ? LATE : EARLY);
      writing = false;
    };
    const read = async () => {
      while (writing) seen.push(await monthTotal(store));
    };
    await Promise.all([write(), read(), read(), read()]);
    await embedded.close();
    await rm(directory, { recursive: true });
    const answered = seen.filter((total) => total !== null);
    expect(answered.length).toBeGreaterThan(30);
    expect(new Set(answered)).toEqual(new Set([TOTAL]));
  });
});
