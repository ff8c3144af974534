// Remembered names in DynamoDB: one item for each dimension, beside the spend that the names are for.
import * as v from 'valibot';
import type { NameStore, Names } from '../spend/name-store.ts';
import { formatInstant } from '../time/instant.ts';
import type { Item, ItemTable } from './item-table.ts';
import { keyPart } from './key-part.ts';
import { jsonUnzipped, mapOf, parseItem, storedInstant, zippedJson } from './stored-values.ts';

const PROJECT_KEY = 'project';

const NEVER_READ: Names = { names: new Map(), readAt: null };

const nameItemSchema = v.pipe(
  v.strictObject({
    pk: v.string(),
    sk: v.literal(PROJECT_KEY),
    names: jsonUnzipped(mapOf(v.string(), v.string())),
    readAt: storedInstant,
  }),
  v.transform(({ names, readAt }): Names => ({ names, readAt })),
);

/** `table` is the Spend table. The last writer wins: names are a courtesy, and all of them are written each time. */
export function createDynamoDbNameStore(table: ItemTable): NameStore {
  return {
    async projectNames(organization) {
      const item = await table.get(namePartition(organization), PROJECT_KEY, { consistent: false });
      return item === null ? NEVER_READ : parseNameItem(item);
    },
    async rememberProjectNames(organization, names, readAt) {
      const item: Item = {
        pk: namePartition(organization),
        sk: PROJECT_KEY,
        names: zippedJson(Object.fromEntries(names)),
        readAt: formatInstant(readAt),
      };
      await table.put(item, 'none');
    },
  };
}

function namePartition(organization: string): string {
  return `${keyPart(organization)}#names`;
}

function parseNameItem(item: Item): Names {
  return parseItem(
    nameItemSchema,
    item,
    'The stored project names',
    'Delete this item: the next collect reads the names again.',
  );
}
