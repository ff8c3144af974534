// Word of a slow read that is damaged stops nobody: it is as good as none.
import { describe, expect, it } from 'vitest';
import { createDynamoDbSlowReadStore } from '../../lib/aws/dynamodb-slow-read-store.ts';
import { memoryItemTable } from '../fakes/memory-item-table.ts';
import { instantOf } from '../fakes/time-of.ts';

const WORD = { function: 'collect-costs', at: instantOf('2026-11-20T10:00:00Z') };

describe('word of a slow read', () => {
  it.each([
    { what: 'no instant', change: { at: 'now' } },
    { what: 'no function', change: { function: 7 } },
  ])('that cannot be read is as good as none, and the next is written over it: $what', async ({ change }) => {
    const table = memoryItemTable();
    const store = createDynamoDbSlowReadStore(table);
    await store.rememberSlowRead('org', WORD);
    const item = await table.get('org#runs', 'slow-read', { consistent: true });
    if (item === null) throw new Error('nothing was written');
    await table.put({ ...item, ...change }, 'none');
    expect(await store.lastSlowRead('org')).toBe(null);
    await store.rememberSlowRead('org', WORD);
    expect(await store.lastSlowRead('org')).toEqual(WORD);
  });
});
