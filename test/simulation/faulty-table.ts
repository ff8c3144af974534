// A table that several programs share, as each of them meets it: operations fail, lie about their effect, or see the past.
import type {
  Item,
  ItemTable,
  QueryOptions,
  WriteCondition,
  WriteOutcome,
} from '../../lib/aws/item-table.ts';
import { BudgetAlertsError } from '../../lib/errors.ts';
import type { Fault, Faults } from './faults.ts';
import { mayDie } from './may-die.ts';
import type { Program, VirtualTime } from './virtual-time.ts';

interface ItemState {
  readonly at: number;
  readonly item: Item | null;
}

interface Partition {
  /** In the order of bytes; these worlds have ASCII keys. */
  readonly keys: string[];
  /** With so many keys it is worth looking for those that nobody can see any more. */
  sweepAt: number;
  /** The newest last. */
  readonly states: Map<string, ItemState[]>;
}

/** Told of each write that took effect; `item` is `null` where one was deleted. */
export type WriteWatcher = (program: Program, pk: string, sk: string, item: Item | null) => void;

export interface SharedTable {
  readonly partitions: Map<string, Partition>;
  readonly watch: WriteWatcher;
}

export function sharedTable(watch: WriteWatcher): SharedTable {
  return { partitions: new Map(), watch };
}

const TOOK_MS = 12;
const TOOK_LONG_MS = 9_000;
/** An eventually consistent read hears of everything that is older. */
export const PAST_MS = 10 * 60_000;
/** Small, so that a Query has pages between which others write. */
const PAGE_ITEMS = 6;
const KEPT_STATES = 4;
const FEW_KEYS = 120;

interface World {
  readonly time: VirtualTime;
  readonly faults: Faults;
}

export function faultyTable(shared: SharedTable, program: Program, world: World): ItemTable {
  const { time, faults } = world;
  const strikes = (fault: Fault) => faults.strikes(fault, time.now(), program);

  function operation<T>(effect: () => T): Promise<T> {
    return mayDie(program, world, effect, async () => {
      const tookMs = strikes('table is slow') ? TOOK_LONG_MS : TOOK_MS;
      if (strikes('table refuses')) {
        await time.operation(program, tookMs, () => {});
        throw unavailable('refused');
      }
      return time.operation(program, tookMs, effect);
    });
  }

  function partitionOf(pk: string): Partition {
    const partition = shared.partitions.get(pk) ?? { keys: [], sweepAt: FEW_KEYS, states: new Map() };
    shared.partitions.set(pk, partition);
    return partition;
  }

  function seen(states: readonly ItemState[], consistent: boolean, past: boolean): Item | null {
    const newest = states.at(-1);
    if (newest === undefined) return null;
    const before = states.at(-2);
    const hidden = past && !consistent && time.now() - newest.at < PAST_MS;
    return hidden ? (before?.item ?? null) : newest.item;
  }

  async function write(
    pk: string,
    sk: string,
    condition: WriteCondition,
    item: Item | null,
  ): Promise<WriteOutcome> {
    const effect = (): WriteOutcome => {
      const partition = partitionOf(pk);
      const states = partition.states.get(sk);
      if (!holds(condition, states?.at(-1)?.item ?? null)) return 'refused';
      if (states === undefined) {
        if (item === null) return 'written';
        insert(partition.keys, sk);
        partition.states.set(sk, [{ at: time.now(), item }]);
      } else {
        states.push({ at: time.now(), item });
        if (states.length > KEPT_STATES) states.shift();
      }
      shared.watch(program, pk, sk, item);
      return 'written';
    };
    if (strikes('write applied, then an error')) {
      await operation(effect);
      throw unavailable('timed out');
    }
    if (strikes('write applied, answer lost and repeated')) await operation(effect);
    return operation(effect);
  }

  return {
    get(pk, sk, { consistent }) {
      const past = !consistent && strikes('read sees the past');
      return operation(() => seen(partitionOf(pk).states.get(sk) ?? [], consistent, past));
    },

    async query(pk, range, { consistent, keysOnly = false }: QueryOptions) {
      const past = !consistent && strikes('read sees the past');
      const found: Item[] = [];
      let after: string | null = null;
      for (;;) {
        // Alone, nobody writes between two pages.
        const most = time.running() > 1 ? PAGE_ITEMS : Number.POSITIVE_INFINITY;
        const from: string | null = after;
        const page: string[] = await operation(() => {
          const partition = partitionOf(pk);
          forgetDeleted(partition, time.now());
          const keys = keysIn(partition.keys, from, range.from, range.to, most);
          for (const [position, sk] of keys.entries()) {
            // Each item may come from another replica.
            const item = seen(partition.states.get(sk) ?? [], consistent, past && position % 2 === 0);
            if (item !== null) found.push(keysOnly ? { pk, sk } : item);
          }
          return keys;
        });
        after = page.at(-1) ?? null;
        if (after === null || page.length < most) return found;
      }
    },

    put: (item, condition) => write(item.pk, item.sk, condition, item),
    delete: (pk, sk, condition) => write(pk, sk, condition, null),
  };
}

function holds(condition: WriteCondition, item: Item | null): boolean {
  if (condition === 'none') return true;
  if (condition === 'absent') return item === null;
  return item !== null && item.version === condition.version;
}

function keysIn(
  keys: readonly string[],
  after: string | null,
  from: string,
  to: string,
  most: number,
): string[] {
  const found: string[] = [];
  for (let at = after === null ? placeOf(keys, from) : placeOf(keys, after) + 1; at < keys.length; at += 1) {
    const key = keys[at] ?? '';
    if (key > to || found.length >= most) break;
    found.push(key);
  }
  return found;
}

/** Of the first key that is not below `key`. */
function placeOf(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(keys: string[], key: string): void {
  keys.splice(placeOf(keys, key), 0, key);
}

/** What nobody can see any more, not even in the past, is no work for later Queries. */
function forgetDeleted(partition: Partition, now: number): void {
  const { keys, states, sweepAt } = partition;
  if (keys.length < sweepAt) return;
  for (let at = keys.length - 1; at >= 0; at -= 1) {
    const key = keys[at] ?? '';
    const newest = states.get(key)?.at(-1);
    if (newest?.item !== null || now - newest.at < PAST_MS) continue;
    states.delete(key);
    keys.splice(at, 1);
  }
  partition.sweepAt = Math.max(FEW_KEYS, keys.length + FEW_KEYS / 4);
}

function unavailable(why: string): BudgetAlertsError {
  return new BudgetAlertsError('state-unavailable', `The simulated table ${why}.`);
}
