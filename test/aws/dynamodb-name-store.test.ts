// How names lie in the table, beside the spend that they are for, and that damaged ones say so.
import { describe, expect, it } from 'vitest';
import { createDynamoDbNameStore } from '../../lib/aws/dynamodb-name-store.ts';
import { memoryItemTable } from '../fakes/memory-item-table.ts';
import { instantOf } from '../fakes/time-of.ts';

const AT = instantOf('2026-11-20T10:00:00Z');

describe('names in the table', () => {
  it('are one item in a partition of their own, one request to read and one to write', async () => {
    const table = memoryItemTable();
    const store = createDynamoDbNameStore(table);
    await store.rememberProjectNames('org', new Map([['proj_a', 'Chatbot']]), AT);
    await store.projectNames('org');
    expect(table.requests).toEqual({ reads: 1, writes: 1 });
    expect(await table.get('org#names', 'project', { consistent: true })).toMatchObject({
      readAt: '2026-11-20T10:00:00Z',
    });
  });

  it.each([
    { what: 'not packed', change: { names: '{}' } },
    { what: 'not gzip', change: { names: Uint8Array.from([1]) } },
    { what: 'no instant', change: { readAt: 'now' } },
  ])('that cannot be read are not taken for none: $what', async ({ change }) => {
    const table = memoryItemTable();
    const store = createDynamoDbNameStore(table);
    await store.rememberProjectNames('org', new Map([['proj_a', 'Chatbot']]), AT);
    const item = await table.get('org#names', 'project', { consistent: true });
    if (item !== null) await table.put({ ...item, ...change }, 'none');
    await expect(store.projectNames('org')).rejects.toMatchObject({
      code: 'state-corrupt',
      message: expect.stringMatching(/"org#names".*"project".*Delete this item/),
    });
  });
});
