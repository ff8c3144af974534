// A DynamoDB table in memory, with hands to break it: any operation may die, lose its answer, wait its turn or see the past.
import type {
  Item,
  ItemTable,
  SortKeyRange,
  WriteCondition,
  WriteOutcome,
} from '../../lib/aws/item-table.ts';

export interface Operation {
  readonly kind: 'get' | 'query' | 'put' | 'delete';
  readonly pk: string;
  /** Of a Query, the first key of the page that is about to be read. */
  readonly sk: string;
}

/**
 * `dies-before`, `dies-after`: the program ends without or with the operation's effect. `loses-answer`: the operation
 * takes effect, the client hears nothing, repeats it, and reports what the repetition says.
 */
export type Fate = 'works' | 'dies-before' | 'dies-after' | 'loses-answer';

/** The program that used the table is no more. */
export class Died extends Error {}

interface State {
  readonly since: number;
  readonly item: Item | null;
}

/** The stored items, which several programs may share. */
export interface StoredItems {
  /** pk → sk → what it held, oldest first. */
  readonly partitions: Map<string, Map<string, State[]>>;
  /** Counts the writes that had an effect. */
  clock: number;
}

export function storedItems(): StoredItems {
  return { partitions: new Map(), clock: 0 };
}

export interface MemoryItemTableOptions {
  readonly items?: StoredItems;
  /** Asked before each operation, and before each page of a Query, which takes effect when the answer is there. */
  readonly fate?: (operation: Operation) => Fate | Promise<Fate>;
  /** How many items a page of a Query holds. */
  readonly pageItems?: number;
  /** For an eventually consistent read, asked for each item: how many writes it has not heard of yet. */
  readonly lag?: () => number;
}

export interface MemoryItemTable extends ItemTable {
  readonly items: StoredItems;
  readonly requests: { reads: number; writes: number };
}

const MAX_ITEM_BYTES = 400 * 1024;
const MAX_KEY_BYTES = 1024;

export function memoryItemTable(options: MemoryItemTableOptions = {}): MemoryItemTable {
  const { items = storedItems(), fate = () => 'works', pageItems = Number.POSITIVE_INFINITY, lag } = options;
  const requests = { reads: 0, writes: 0 };

  async function attempt<T>(operation: Operation, effect: () => T): Promise<T> {
    const decided = await fate(operation);
    if (decided === 'dies-before') throw new Died(`before ${operation.kind} ${operation.sk}`);
    const answer = effect();
    if (decided === 'dies-after') throw new Died(`after ${operation.kind} ${operation.sk}`);
    return decided === 'loses-answer' ? effect() : answer;
  }

  function stateOf(pk: string, sk: string, consistent: boolean): Item | null {
    const states = items.partitions.get(pk)?.get(sk) ?? [];
    const asOf = items.clock - (consistent || lag === undefined ? 0 : lag());
    return states.findLast(({ since }) => since <= asOf)?.item ?? null;
  }

  async function write(
    operation: Operation,
    condition: WriteCondition,
    item: Item | null,
  ): Promise<WriteOutcome> {
    const { pk, sk } = operation;
    requireKey(pk, sk);
    requests.writes += 1;
    return await attempt(operation, () => {
      if (!holds(condition, stateOf(pk, sk, true))) return 'refused';
      items.clock += 1;
      const partition = items.partitions.get(pk) ?? new Map<string, State[]>();
      items.partitions.set(pk, partition);
      partition.set(sk, [...(partition.get(sk) ?? []), { since: items.clock, item }]);
      return 'written';
    });
  }

  return {
    items,
    requests,

    async get(pk, sk, { consistent }) {
      requireKey(pk, sk);
      requests.reads += 1;
      return await attempt({ kind: 'get', pk, sk }, () => stateOf(pk, sk, consistent));
    },

    async query(pk, range, { consistent, keysOnly = false }) {
      if (byBytes(range.from, range.to) > 0) throw new RangeError('from is above to');
      const found: Item[] = [];
      let from = range.from;
      for (;;) {
        requests.reads += 1;
        const page = await attempt({ kind: 'query', pk, sk: from }, () => {
          const sortKeys = sortKeysIn(items, pk, { from, to: range.to }).slice(0, pageItems);
          return { sortKeys, items: sortKeys.map((sk) => stateOf(pk, sk, consistent)) };
        });
        for (const item of page.items) {
          if (item !== null) found.push(keysOnly ? { pk: item.pk, sk: item.sk } : item);
        }
        const last = page.sortKeys.at(-1);
        if (last === undefined || page.sortKeys.length < pageItems) return found;
        from = `${last}\0`;
        if (byBytes(from, range.to) > 0) return found;
      }
    },

    put: (item, condition) => {
      requireSize(item);
      return write({ kind: 'put', pk: item.pk, sk: item.sk }, condition, frozen(item));
    },
    delete: (pk, sk, condition) => write({ kind: 'delete', pk, sk }, condition, null),
  };
}

function sortKeysIn({ partitions }: StoredItems, pk: string, { from, to }: SortKeyRange): string[] {
  return [...(partitions.get(pk)?.keys() ?? [])]
    .filter((sk) => byBytes(from, sk) <= 0 && byBytes(sk, to) <= 0)
    .sort(byBytes);
}

function holds(condition: WriteCondition, item: Item | null): boolean {
  if (condition === 'none') return true;
  if (condition === 'absent') return item === null;
  return item !== null && item.version === condition.version;
}

/** By UTF-8 bytes, which is the order of code points; UTF-16 has its surrogates below U+E000 … U+FFFF. */
function byBytes(a: string, b: string): number {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const difference = rankOf(a.charCodeAt(at)) - rankOf(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function rankOf(utf16: number): number {
  if (utf16 >= 0xe000) return utf16 - 0x800;
  return utf16 >= 0xd800 ? utf16 + 0x2000 : utf16;
}

/** Nobody can change a frozen item, so all may have the same; bytes cannot be frozen. */
function frozen(item: Item): Item {
  for (const value of Object.values(item)) if (Array.isArray(value)) Object.freeze(value);
  return Object.freeze({ ...item });
}

function requireKey(pk: string, sk: string): void {
  for (const key of [pk, sk]) {
    const bytes = Buffer.byteLength(key);
    if (bytes === 0 || bytes > MAX_KEY_BYTES) throw new RangeError(`A key of ${bytes} bytes`);
  }
}

function requireSize(item: Item): void {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) {
    bytes += Buffer.byteLength(name);
    if (typeof value === 'string') bytes += Buffer.byteLength(value);
    else if (typeof value === 'number') bytes += 21;
    else if (value instanceof Uint8Array) bytes += value.length;
    else bytes += value.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 3);
  }
  if (bytes > MAX_ITEM_BYTES) throw new RangeError(`An item of ${bytes} bytes`);
}
