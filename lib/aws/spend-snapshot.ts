// Reads a dataset's days as one root names them, however many commits happen meanwhile.
import { BudgetAlertsError } from '../errors.ts';
import type { DayTable } from '../spend/day-table.ts';
import { NO_ROOT, type Root } from '../spend/root.ts';
import type { SpendSnapshot } from '../spend/spend-store.ts';
import type { Instant } from '../time/instant.ts';
import { startOfDay, type UtcDay } from '../time/utc-day.ts';
import { unpackPart } from './day-parts.ts';
import { isExpired } from './expiry.ts';
import type { Item, ItemTable } from './item-table.ts';
import { partKeysOf, ROOT_KEY } from './spend-keys.ts';
import { DELETE_THE_ROOT, parseRootItem } from './spend-root-item.ts';
import { corruptItem } from './stored-values.ts';

const ATTEMPTS = 3;

/**
 * Parts never change, so whatever mixture of moments the Query saw, it is the root's snapshot if every part that the root
 * names is there. An older snapshot is as good as the newest. A part is absent where a commit came in between, or where
 * an eventually consistent read lags: then everything is read again, at last consistently.
 */
export async function readSnapshot(
  table: ItemTable,
  pk: string,
  fromDay: UtcDay,
  now: Instant,
): Promise<SpendSnapshot> {
  let versionBefore = -1;
  for (let attempt = 1; ; attempt += 1) {
    const consistent = attempt === ATTEMPTS;
    const items = await table.query(pk, { from: fromDay, to: ROOT_KEY }, { consistent });
    const parts = new Map(items.map((item) => [item.sk, item]));
    const stored = parts.get(ROOT_KEY);
    const root = stored === undefined ? NO_ROOT : unexpiredRoot(parseRootItem(stored).root, now);
    const absent = namedSince(root, fromDay).find((sk) => !parts.has(sk));
    if (absent === undefined) return snapshotOf(pk, root, parts, fromDay);
    if (consistent) throw incomplete(pk, absent, root.version === versionBefore);
    versionBefore = root.version;
  }
}

/** Without the days whose parts have expired, whether or not DynamoDB has deleted them yet. */
export function unexpiredRoot(root: Root, now: Instant): Root {
  const hasExpired = (day: UtcDay) => isExpired(startOfDay(day), now);
  if (![...root.days.keys()].some(hasExpired)) return root;
  return { ...root, days: new Map([...root.days].filter(([day]) => !hasExpired(day))) };
}

function namedSince(root: Root, fromDay: UtcDay): string[] {
  return [...root.days]
    .filter(([day]) => day >= fromDay)
    .flatMap(([day, version]) => partKeysOf(day, version));
}

function snapshotOf(
  pk: string,
  root: Root,
  parts: ReadonlyMap<string, Item>,
  fromDay: UtcDay,
): SpendSnapshot {
  return {
    root,
    fromDay,
    tablesOf(day) {
      if (day < fromDay) throw new RangeError(`The snapshot begins with ${fromDay} and was asked for ${day}`);
      const version = root.days.get(day);
      return version === undefined
        ? null
        : partKeysOf(day, version).map((sk) => tableOf(pk, sk, parts.get(sk)));
    },
  };
}

function tableOf(pk: string, sk: string, item: Item | undefined): DayTable {
  const table = item?.rows instanceof Uint8Array ? unpackPart(item.rows) : null;
  if (table === null) {
    throw corruptItem(
      { pk, sk },
      'A stored day in the Spend table',
      'rows: not a packed day',
      DELETE_THE_ROOT,
    );
  }
  return table;
}

/**
 * A root that was there before a consistent Query began, and still was at its end, had its parts stored all that time:
 * one that is absent then is lost.
 */
function incomplete(pk: string, sk: string, sameRoot: boolean): BudgetAlertsError {
  if (sameRoot) {
    return corruptItem(
      { pk, sk },
      'A stored day in the Spend table',
      'the root names it, but it is gone',
      DELETE_THE_ROOT,
    );
  }
  return new BudgetAlertsError(
    'state-conflict',
    `The stored spend changed during each of ${ATTEMPTS} attempts to read it (pk "${pk}"). The next run tries again; if this stays, look for many collects of one organization that run at the same time.`,
  );
}
