// A stored item with one thing about it changed is read as it is, or refused by name: it ends no program in an unnamed way.
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Latch } from '../../lib/alert/latch.ts';
import { unpackPart } from '../../lib/aws/day-parts.ts';
import { createDynamoDbAlertLedger } from '../../lib/aws/dynamodb-alert-ledger.ts';
import { createDynamoDbBudgetStore } from '../../lib/aws/dynamodb-budget-store.ts';
import { createDynamoDbNameStore } from '../../lib/aws/dynamodb-name-store.ts';
import { createDynamoDbSpendStore } from '../../lib/aws/dynamodb-spend-store.ts';
import type { AttributeValue, Item } from '../../lib/aws/item-table.ts';
import { BudgetAlertsError } from '../../lib/errors.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';
import { dailyTotals } from '../../lib/spend/daily-totals.ts';
import { datasetOf } from '../../lib/spend/dataset.ts';
import { DEFAULT_SETTINGS } from '../../lib/spend/settings.ts';
import { alertFixture } from '../fakes/alert-fixture.ts';
import { storedBudgetOf } from '../fakes/budgets-of.ts';
import { changedJson } from '../fakes/changed-json.ts';
import { costDay } from '../fakes/day-of-rows.ts';
import { type MemoryItemTable, memoryItemTable } from '../fakes/memory-item-table.ts';
import { spendUpdateOf } from '../fakes/spend-update-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const AT = instantOf('2026-11-20T10:00:00Z');
const LONG_AGO = instantOf('2026-01-01');
const COSTS = datasetOf('costs');
const DAY = dayOf('2026-11-01');

const LATCH: Latch = {
  key: { periodEnd: instantOf('2026-12-01'), budgetId: 'org-monthly', shape: 'abcdef', shard: '-' },
  version: 1,
  announced: new Map([
    [
      'proj_a',
      new Map([
        [
          '100:80',
          { state: 'announced', at: AT, spent: '81', reason: 'first-breach', messageId: 'm', note: '' },
        ],
      ]),
    ],
  ]),
  claim: {
    run: 'run-1',
    leaseUntil: AT,
    alerts: [{ alert: alertFixture(), open: ['default'], attempts: 1, firstClaimedAt: AT }],
  },
};

/** An item as JSON all through: what is packed or JSON inside it can then be changed as well. */
function opened(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, openedValue(value)]));
}

function openedValue(value: AttributeValue): unknown {
  if (value instanceof Uint8Array) return { zip: JSON.parse(gunzipSync(value).toString()) };
  if (typeof value === 'string' && /^[[{]/.test(value)) return { json: JSON.parse(value) };
  return value;
}

/** The item again, as far as DynamoDB can hold what has become of it, under the key that it had. */
function closed({ pk, sk }: Item, changed: unknown): Item {
  const attributes = Object.entries(typeof changed === 'object' && changed !== null ? changed : {});
  return Object.assign({ pk, sk }, ...attributes.map(([name, value]) => closedAttribute(name, value)));
}

function closedAttribute(name: string, value: unknown): Record<string, AttributeValue> {
  if (name === 'pk' || name === 'sk' || name === '__proto__' || value === null) return {};
  if (typeof value === 'string') return { [name]: value };
  if (typeof value === 'number') return Number.isFinite(value) ? { [name]: value } : {};
  if (typeof value !== 'object') return { [name]: JSON.stringify(value) };
  if ('zip' in value) return { [name]: gzipSync(JSON.stringify(value.zip) ?? '') };
  if ('json' in value) return { [name]: JSON.stringify(value.json) ?? '' };
  if (Array.isArray(value) && value.every((text) => typeof text === 'string')) return { [name]: value };
  return { [name]: JSON.stringify(value) };
}

/** Runs `read` over the stored item `pk`, `sk` in many changed forms; anything but a named error fails. */
async function survives(
  table: MemoryItemTable,
  key: readonly [pk: string, sk: string],
  read: () => Promise<unknown>,
): Promise<{ readonly read: number; readonly refused: number }> {
  const item = await table.get(...key, { consistent: true });
  if (item === null) throw new Error(`nothing is stored under ${key}`);
  const counts = { read: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(changedJson(opened(item)), async (changed) => {
      table.items.partitions.get(key[0])?.set(key[1], [{ since: 0, item: closed(item, changed) }]);
      try {
        await read();
        counts.read += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(BudgetAlertsError);
        expect(error).toMatchObject({ code: 'state-corrupt' });
        // It names the item and what to do, and nothing of what the item holds.
        expect(String(error)).toContain(key[1]);
        expect(String(error).length).toBeLessThan(600);
        counts.refused += 1;
      }
    }),
    { numRuns: 1_000 },
  );
  expect(Object.keys(Object.prototype)).toEqual([]);
  await table.put(item, 'none');
  return counts;
}

describe('a changed item', () => {
  it('that is a latch is read or refused', async () => {
    const table = memoryItemTable();
    const ledger = createDynamoDbAlertLedger(table);
    await ledger.write('org', LATCH, 'run-1');
    const counts = await survives(table, ['org', '2026-12-01T00:00:00Z#org-monthly#abcdef#-'], () =>
      ledger.read('org', LONG_AGO),
    );
    expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(100);
  });

  it('that is a notice is read or refused', async () => {
    const table = memoryItemTable();
    const ledger = createDynamoDbAlertLedger(table);
    const notice = {
      ...{ subject: 'source#costs', state: 'failing', code: 'SourceFailing' as const },
      ...{ title: 'OpenAI cannot be read', text: 'Make a new key.' },
    };
    const latch = {
      subject: 'source#costs',
      version: 1,
      said: { state: 'failing', code: 'SourceFailing' as const, at: AT },
      claim: { run: 'run-1', leaseUntil: AT, notice },
    };
    await ledger.writeNotice('org', latch, 'run-1');
    const counts = await survives(table, ['org', 'notice#source#costs'], () => ledger.read('org', LONG_AGO));
    expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(100);
  });

  it('that is a budget, a silence or the settings hides none of the others', async () => {
    const table = memoryItemTable();
    const store = createDynamoDbBudgetStore(table);
    const other = storedBudgetOf({ id: 'other' });
    await store.put('org', other, 0, 'somebody');
    await store.put('org', storedBudgetOf({ id: 'a', labels: { team: 'x' } }), 0, 'somebody');
    const silence = { id: 's', budgetId: 'a', member: null, until: AT, reason: 'r' };
    await store.putSilence('org', { ...silence, createdAt: AT, createdBy: 'me' });
    await store.putSettings('org', DEFAULT_SETTINGS);
    for (const sk of ['budget#a', 'silence#s', 'organization']) {
      const counts = await survives(table, ['org', sk], async () => {
        const { budgets, rejected, settings } = await store.active('org');
        expect(budgets.map(({ budget }) => budget)).toContainEqual(other.budget);
        for (const { message } of rejected) expect(message).toMatch(/^The stored (budget|item) ".{20,8000}$/);
        for (const value of Object.values(settings)) expect(Number.isInteger(value)).toBe(true);
      });
      expect(counts.refused).toBe(0);
    }
  });

  it('that holds names is read, or as if there were none', async () => {
    const table = memoryItemTable();
    const store = createDynamoDbNameStore(table);
    const keyExpiry = { name: 'Main', expiresAt: AT };
    await store.rememberNames('org', { names: new Map([['proj_a', 'Chatbot']]), keyExpiry, readAt: AT });
    const { refused } = await survives(table, ['org#names', 'project'], () => store.projectNames('org'));
    expect(refused).toBe(0);
  });

  it('that is the root of spend, or a day of it, is refused or sums up to what it says: never to less', async () => {
    const table = memoryItemTable();
    const store = createDynamoDbSpendStore(table, () => AT);
    const root = await store.root('org', COSTS);
    await store.commit(
      'org',
      COSTS,
      root,
      spendUpdateOf(
        {
          '2026-11-01': costDay([
            ['proj_a', 'gpt-5', '1.5'],
            ['proj_b', 'gpt-5', '0.123456789012345678'],
          ]),
        },
        { run: 'run-1' },
      ),
    );
    const [pk] = [...table.items.partitions.keys()];
    const { measure } = storedBudgetOf({}).budget;
    const series = [{ key: 'cost', measure, dimensions: [], dayZone: 'UTC' }];
    const total = async () => {
      const snapshot = await store.read('org', COSTS, DAY);
      const day = dailyTotals(snapshot, [DAY], series, AT).get('cost')?.get(DAY);
      if (day === undefined) return null;
      return { ...day, sum: [...day.groups.values()].map(({ amount }) => formatAmount(amount)) };
    };
    for (const sk of ['root', '2026-11-01#run-1#0']) {
      const counts = await survives(table, [pk ?? '', sk], async () => {
        const found = await total();
        // Nothing known, rows whose value is known to be unknown, or a sum of values that the item itself holds.
        if (found === null || found.unknownRows > 0 || found.otherCurrencyRows > 0) return;
        const stored = await table.get(pk ?? '', '2026-11-01#run-1#0', { consistent: true });
        const text = stored?.rows instanceof Uint8Array ? gunzipSync(stored.rows).toString() : '';
        const { m } = JSON.parse(text);
        const values: (number | string)[] = m.amount;
        expect(Number(found.sum[0] ?? 0)).toBeCloseTo(
          values.map(Number).reduce((a, b) => a + b, 0),
          6,
        );
      });
      expect(counts.refused).toBeGreaterThan(100);
    }
  });

  it('that unpacks to a hundred thousand times its size is refused without being unpacked', () => {
    // 300 KB, as much as a part may have, of what would be 300 MB.
    const bomb = gzipSync(Buffer.alloc(300_000_000, ' '));
    expect(bomb.length).toBeLessThan(300_000);
    const before = process.memoryUsage().rss;
    expect(unpackPart(bomb)).toBeNull();
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });
});
