// Remembered names in DynamoDB: one item for each dimension, beside the spend that the names are for.
import * as v from 'valibot';
import type { KeyExpiry } from '../spend/key-expiry.ts';
import type { MemberDimension, MemberNames, NameStore, Names } from '../spend/name-store.ts';
import { formatInstant } from '../time/instant.ts';
import type { Item, ItemTable } from './item-table.ts';
import { keyPart } from './key-part.ts';
import { jsonText, jsonUnzipped, mapOf, storedInstant, zippedJson } from './stored-values.ts';

const PROJECT_KEY = 'project';

const NEVER_READ: Names = { names: new Map(), keyExpiry: null, readAt: null };

const storedKeyExpiry: v.GenericSchema<unknown, KeyExpiry> = v.strictObject({
  name: v.nullable(v.string()),
  expiresAt: storedInstant,
});

const memberItemSchema = v.pipe(
  v.strictObject({
    pk: v.string(),
    sk: v.enum({ user: 'user', api_key: 'api_key' } satisfies { [D in MemberDimension]: D }),
    names: jsonUnzipped(mapOf(v.string(), v.string())),
    readAt: storedInstant,
  }),
  v.transform(({ names, readAt }): MemberNames => ({ names, readAt })),
);

const nameItemSchema = v.pipe(
  v.strictObject({
    pk: v.string(),
    sk: v.literal(PROJECT_KEY),
    names: jsonUnzipped(mapOf(v.string(), v.string())),
    keyExpiry: v.optional(jsonText(storedKeyExpiry)),
    readAt: storedInstant,
  }),
  v.transform(({ names, keyExpiry = null, readAt }): Names => ({ names, keyExpiry, readAt })),
);

/**
 * `table` is the Spend table. The last writer wins: names are a courtesy, and all of them are written each time. An item
 * that cannot be read is as good as none, and the next collect writes it anew: no alert waits for a name.
 */
export function createDynamoDbNameStore(table: ItemTable): NameStore {
  /** The admin key's expiry is read and written with the names, so it costs no request of its own. */
  async function projectNames(organization: string): Promise<Names> {
    const item = await table.get(namePartition(organization), PROJECT_KEY, { consistent: false });
    return parsedOr(NEVER_READ, nameItemSchema, item);
  }

  return {
    projectNames,
    async keyExpiry(organization) {
      return (await projectNames(organization)).keyExpiry;
    },
    async rememberNames(organization, { names, keyExpiry, readAt }) {
      const item: Item = {
        pk: namePartition(organization),
        sk: PROJECT_KEY,
        names: zippedJson(Object.fromEntries(names)),
        ...(keyExpiry === null ? {} : { keyExpiry: keyExpiryText(keyExpiry) }),
        readAt: formatInstant(readAt),
      };
      await table.put(item, 'none');
    },
    async memberNames(organization, dimension) {
      const item = await table.get(namePartition(organization), dimension, { consistent: false });
      return parsedOr({ names: new Map(), readAt: null }, memberItemSchema, item);
    },
    async rememberMemberNames(organization, dimension, { names, readAt }) {
      const item: Item = {
        pk: namePartition(organization),
        sk: dimension,
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

function keyExpiryText({ name, expiresAt }: KeyExpiry): string {
  return JSON.stringify({ name, expiresAt: formatInstant(expiresAt) });
}

function parsedOr<Output>(none: Output, schema: v.GenericSchema<unknown, Output>, item: Item | null): Output {
  const parsed = v.safeParse(schema, item);
  return parsed.success ? parsed.output : none;
}
