// How names lie in the table, beside the spend that they are for, and that damaged ones stop nobody.
import { describe, expect, it } from 'vitest';
import { createDynamoDbNameStore } from '../../lib/aws/dynamodb-name-store.ts';
import { memoryItemTable } from '../fakes/memory-item-table.ts';
import { instantOf } from '../fakes/time-of.ts';

const AT = instantOf('2026-11-20T10:00:00Z');
const NAMES = {
  names: new Map([['proj_a', 'Chatbot']]),
  keyExpiry: { name: 'Main', expiresAt: instantOf('2026-12-04T10:00:00Z') },
  readAt: AT,
};

describe('names in the table', () => {
  it('are one item in a partition of their own, one request to read and one to write', async () => {
    const table = memoryItemTable();
    const store = createDynamoDbNameStore(table);
    await store.rememberNames('org', NAMES);
    await store.projectNames('org');
    expect(table.requests).toEqual({ reads: 1, writes: 1 });
    expect(await table.get('org#names', 'project', { consistent: true })).toMatchObject({
      keyExpiry: '{"name":"Main","expiresAt":"2026-12-04T10:00:00Z"}',
      readAt: '2026-11-20T10:00:00Z',
    });
  });

  it('and the expiry of the admin key lie in that one item too', async () => {
    const table = memoryItemTable();
    const store = createDynamoDbNameStore(table);
    await store.rememberNames('org', NAMES);
    await store.keyExpiry('org');
    expect(table.requests).toEqual({ reads: 1, writes: 1 });
  });

  it('that were written before there was an expiry are read as ever', async () => {
    const table = memoryItemTable();
    const store = createDynamoDbNameStore(table);
    await store.rememberNames('org', NAMES);
    const item = await table.get('org#names', 'project', { consistent: true });
    if (item === null) throw new Error('nothing was written');
    const { keyExpiry: _keyExpiry, ...before } = item;
    await table.put({ ...before, pk: item.pk, sk: item.sk }, 'none');
    expect(await store.projectNames('org')).toEqual({ ...NAMES, keyExpiry: null });
  });

  it.each([
    { what: 'not packed', change: { names: '{}' } },
    { what: 'not gzip', change: { names: Uint8Array.from([1]) } },
    { what: 'no instant', change: { readAt: 'now' } },
    { what: 'no instant of expiry', change: { keyExpiry: '{"name":null,"expiresAt":"soon"}' } },
    {
      what: 'an expiry that holds more',
      change: { keyExpiry: '{"name":null,"expiresAt":"2026-12-04","key":"sk-x"}' },
    },
  ])('that cannot be read are as if they never had been, and are written anew: $what', async ({ change }) => {
    const table = memoryItemTable();
    const store = createDynamoDbNameStore(table);
    await store.rememberNames('org', NAMES);
    const item = await table.get('org#names', 'project', { consistent: true });
    if (item !== null) await table.put({ ...item, ...change }, 'none');
    expect(await store.projectNames('org')).toEqual({ names: new Map(), keyExpiry: null, readAt: null });
    expect(await store.keyExpiry('org')).toBeNull();
    await store.rememberNames('org', NAMES);
    expect(await store.projectNames('org')).toEqual(NAMES);
  });
});
