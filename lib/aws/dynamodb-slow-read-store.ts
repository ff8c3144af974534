// Word of a slow read in DynamoDB: one item for each organization, beside the spend that was read.
import * as v from 'valibot';
import type { SlowRead, SlowReadStore } from '../spend/slow-read-store.ts';
import { formatInstant } from '../time/instant.ts';
import type { ItemTable } from './item-table.ts';
import { keyPart } from './key-part.ts';
import { storedInstant } from './stored-values.ts';

const KEY = 'slow-read';

const itemSchema = v.pipe(
  v.object({ function: v.string(), at: storedInstant }),
  v.transform((stored): SlowRead => ({ function: stored.function, at: stored.at })),
);

/**
 * `table` is the Spend table: collectors may write no other. Word that cannot be read is as good as none, and the next one
 * is written over it: a heartbeat has more to say than that.
 */
export function createDynamoDbSlowReadStore(table: ItemTable): SlowReadStore {
  return {
    async lastSlowRead(organization) {
      const item = await table.get(partition(organization), KEY, { consistent: false });
      const parsed = v.safeParse(itemSchema, item);
      return parsed.success ? parsed.output : null;
    },
    async rememberSlowRead(organization, { function: name, at }) {
      const item = { pk: partition(organization), sk: KEY, function: name, at: formatInstant(at) };
      await table.put(item, 'none');
    },
  };
}

function partition(organization: string): string {
  return `${keyPart(organization)}#runs`;
}
