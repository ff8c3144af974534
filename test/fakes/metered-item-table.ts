// An item table that counts what DynamoDB would charge for: requests, and units by the bytes that they move.
import type { Item, ItemTable } from '../../lib/aws/item-table.ts';

export interface Units {
  requests: number;
  /** Of 4 KB, half of one where the read is eventually consistent. */
  readUnits: number;
  /** Of 1 KB; a refused write is charged as well. */
  writeUnits: number;
}

export interface MeteredItemTable extends ItemTable {
  readonly units: Units;
}

const READ_UNIT_BYTES = 4_096;
const WRITE_UNIT_BYTES = 1_024;

export function meteredItemTable(table: ItemTable): MeteredItemTable {
  const units: Units = { requests: 0, readUnits: 0, writeUnits: 0 };
  const read = (bytes: number, consistent: boolean) => {
    units.requests += 1;
    units.readUnits += Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) * (consistent ? 1 : 0.5);
  };
  const write = (bytes: number) => {
    units.requests += 1;
    units.writeUnits += Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES));
  };
  return {
    units,
    async get(pk, sk, options) {
      const item = await table.get(pk, sk, options);
      read(item === null ? 0 : bytesOf(item), options.consistent);
      return item;
    },
    async query(pk, range, options) {
      // Whole items are read and charged, whichever attributes are asked for.
      const whole = await table.query(pk, range, { consistent: options.consistent });
      read(
        whole.reduce((sum, item) => sum + bytesOf(item), 0),
        options.consistent,
      );
      return options.keysOnly === true ? whole.map(({ pk, sk }) => ({ pk, sk })) : whole;
    },
    put(item, condition) {
      write(bytesOf(item));
      return table.put(item, condition);
    },
    async delete(pk, sk, condition) {
      const item = await table.get(pk, sk, { consistent: true });
      write(item === null ? 0 : bytesOf(item));
      return await table.delete(pk, sk, condition);
    },
  };
}

/** Names and values, as DynamoDB counts them; a number at its longest. */
function bytesOf(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => {
    return sum + Buffer.byteLength(name) + valueBytes(value);
  }, 0);
}

function valueBytes(value: Item[string]): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return 21;
  if (value instanceof Uint8Array) return value.length;
  return value.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 3);
}
