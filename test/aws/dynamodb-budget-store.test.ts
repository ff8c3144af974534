// How budgets lie in the table, that a damaged one hides no other, and what a lost answer does.

import { describe, expect, it } from 'vitest';
import { createDynamoDbBudgetStore } from '../../lib/aws/dynamodb-budget-store.ts';
import type { Item } from '../../lib/aws/item-table.ts';
import { DEFAULT_SETTINGS } from '../../lib/spend/settings.ts';
import { storedBudgetOf } from '../fakes/budgets-of.ts';
import { memoryItemTable } from '../fakes/memory-item-table.ts';

const A = storedBudgetOf({ id: 'a' });
const B = storedBudgetOf({ id: 'b' });

describe('a budget in the table', () => {
  it('is one item with its canonical text', async () => {
    const table = memoryItemTable();
    await createDynamoDbBudgetStore(table).put('org', A, 0, 'arn:aws:sts::1:assumed-role/dev');
    expect(await table.get('org', 'budget#a', { consistent: true })).toEqual({
      pk: 'org',
      sk: 'budget#a',
      spec: '{"id":"a","limit":"100","period":"monthly"}',
      version: 1,
      decidedAt: '2020-01-01T00:00:00Z',
      updatedBy: 'arn:aws:sts::1:assumed-role/dev',
    });
  });

  it('is found by one Query that leaves other kinds of items alone', async () => {
    const table = memoryItemTable();
    const store = createDynamoDbBudgetStore(table);
    await store.put('org', A, 0, 'somebody');
    for (const sk of ['organization', 'ack#a', 'budget', 'budgets#a']) {
      await table.put({ pk: 'org', sk }, 'none');
    }
    table.requests.reads = 0;
    expect(await store.active('org')).toEqual({
      budgets: [A],
      rejected: [],
      silences: [],
      settings: DEFAULT_SETTINGS,
    });
    expect(table.requests.reads).toBe(1);
  });

  it('is not silenced by a silence that cannot be read, and keeps being watched', async () => {
    const table = memoryItemTable();
    const store = createDynamoDbBudgetStore(table);
    await store.put('org', A, 0, 'somebody');
    await table.put({ pk: 'org', sk: 'silence#broken', until: 'for ever', reason: 'x' }, 'none');
    expect(await store.active('org')).toMatchObject({
      budgets: [A],
      silences: [],
      rejected: [{ code: 'silence-row-rejected', path: 'silences.broken' }],
    });
  });

  it('takes no version that does not follow the one that was seen', async () => {
    const store = createDynamoDbBudgetStore(memoryItemTable());
    await expect(store.put('org', { ...A, version: 3 }, 1, 'somebody')).rejects.toThrow(RangeError);
  });

  it.each([{ version: 1 }, { version: 2 }])(
    'is written or removed though the answer is lost: version $version',
    async ({ version }) => {
      const table = memoryItemTable({
        fate: ({ kind }) => (kind === 'put' || kind === 'delete' ? 'loses-answer' : 'works'),
      });
      const store = createDynamoDbBudgetStore(table);
      for (let next = 1; next <= version; next += 1) {
        expect(await store.put('org', { ...A, version: next }, next - 1, 'somebody')).toBe(true);
      }
      expect((await store.active('org')).budgets).toEqual([{ ...A, version }]);
      expect(await store.remove('org', 'a', version)).toBe(true);
      expect((await store.active('org')).budgets).toEqual([]);
    },
  );
});

describe('a stored budget that needs spend for longer than it is kept', () => {
  const long = storedBudgetOf({ id: 'long', period: { kind: 'rolling', days: 380, zone: 'UTC' } });

  it('is rejected, so that nobody takes its short sum for all of it', async () => {
    const table = memoryItemTable();
    await createDynamoDbBudgetStore(table).put('org', A, 0, 'somebody');
    await createDynamoDbBudgetStore(table).put('org', long, 0, 'somebody');
    const { budgets, rejected } = await createDynamoDbBudgetStore(table, 400).active('org');
    expect(budgets).toEqual([A]);
    expect(rejected).toMatchObject([
      { path: 'budgets.long', message: expect.stringContaining('set its retentionDays to 415 or more') },
    ]);
    expect((await createDynamoDbBudgetStore(table, 415).active('org')).budgets).toHaveLength(2);
  });

  it('gives way to one of its id that does not', async () => {
    const table = memoryItemTable();
    await createDynamoDbBudgetStore(table).put('org', long, 0, 'somebody');
    const store = createDynamoDbBudgetStore(table, 400);
    expect(await store.put('org', storedBudgetOf({ id: 'long' }), 0, 'somebody')).toBe(true);
    expect((await store.active('org')).rejected).toEqual([]);
  });
});

describe('a stored budget that cannot be read', () => {
  const spec = '{"id":"b","limit":"100","period":"monthly"}';
  const row: Item = {
    pk: 'org',
    sk: 'budget#b',
    spec,
    version: 4,
    decidedAt: '2026-11-20T10:00:00Z',
    updatedBy: 'somebody',
  };
  const without = (name: string) =>
    Object.fromEntries(Object.entries(row).filter(([key]) => key !== name)) as Item;

  const DAMAGED: { what: string; item: Item; why: string }[] = [
    { what: 'no JSON', item: { ...row, spec: '{"id"' }, why: 'budgets.b' },
    {
      what: 'a limit that is none',
      item: { ...row, spec: spec.replace('100', 'lots') },
      why: 'budgets.b.limit',
    },
    {
      what: 'an unknown key',
      item: { ...row, spec: spec.replace('{', '{"colour":"red",') },
      why: 'colour',
    },
    { what: 'another id', item: { ...row, spec: spec.replace('"b"', '"c"') }, why: '"c"' },
    { what: 'no spec', item: without('spec'), why: 'spec' },
    { what: 'no version', item: { ...row, version: 'four' }, why: 'version' },
    { what: 'no instant', item: { ...row, decidedAt: 'yesterday' }, why: 'decidedAt' },
    { what: 'an attribute of a later version', item: { ...row, owner: 'x' }, why: 'owner' },
  ];

  it.each(DAMAGED)('is a problem of its own and hides no other: $what', async ({ item, why }) => {
    const table = memoryItemTable();
    const store = createDynamoDbBudgetStore(table);
    await store.put('org', A, 0, 'somebody');
    await table.put(item, 'none');
    const { budgets, rejected } = await store.active('org');
    expect(budgets).toEqual([A]);
    expect(rejected).toEqual([
      {
        code: 'budget-row-rejected',
        path: 'budgets.b',
        line: null,
        severity: 'error',
        message: expect.stringContaining(why),
      },
    ]);
  });

  it('is told in a few words, however much is wrong with it', async () => {
    const table = memoryItemTable();
    const keys = Array.from({ length: 60 }, (_, index) => `"k${index}":"x"`);
    await table.put({ ...row, spec: spec.replace('{', `{${keys.join()},`) }, 'none');
    const { rejected } = await createDynamoDbBudgetStore(table).active('org');
    expect(rejected[0]?.message).toMatch(/k0.*k4.*and \d+ more/);
    expect(rejected[0]?.message.length).toBeLessThan(4_000);
  });

  it.each(DAMAGED)('is replaced by a budget that is declared anew: $what', async ({ item }) => {
    const table = memoryItemTable();
    const store = createDynamoDbBudgetStore(table);
    await table.put(item, 'none');
    expect(await store.put('org', B, 0, 'somebody')).toBe(true);
    const { budgets, rejected } = await store.active('org');
    expect(rejected).toEqual([]);
    expect(budgets.map(({ budget }) => budget)).toEqual([B.budget]);
  });
});
