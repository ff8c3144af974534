// Stores changed days so that a reader sees all of them or none: new parts first, then one conditional swap of the root.

import { ascending } from '../lists/ascending.ts';
import { mapInFlight } from '../run/in-flight.ts';
import type { DayVersion, Root } from '../spend/root.ts';
import type { CommitResult, SpendUpdate } from '../spend/spend-store.ts';
import { startOfDay, type UtcDay } from '../time/utc-day.ts';
import { packDay } from './day-parts.ts';
import { expiresAtEpochS } from './expiry.ts';
import type { ItemTable } from './item-table.ts';
import { ALL_PARTS, partKeysOf, partKeysOfRoot, ROOT_KEY } from './spend-keys.ts';
import { parseRootItem, rootItem } from './spend-root-item.ts';

const IN_FLIGHT = 8;

/**
 * The order of the writes is the protocol; a commit may die after any of them:
 * 1. Delete the parts that `root` lists as superseded. Names are used once, so no later root brings them back.
 * 2. Put the new parts under this run's name: nobody looks at them yet.
 * 3. Put the root if it is still the one that was read.
 * 4. Only now delete the orphans among the parts that were listed before 3. Listed and unnamed, they belong to commits
 *    that began from an older root, and these can no longer succeed. Before 3, that would not be known.
 */
export async function commitSpend(
  table: ItemTable,
  pk: string,
  root: Root,
  update: SpendUpdate,
): Promise<CommitResult> {
  await deleteParts(table, pk, root.superseded);
  const listed = update.sweepOrphans
    ? await table.query(pk, ALL_PARTS, { consistent: false, keysOnly: true })
    : [];
  const next = nextRoot(root, update, await putParts(table, pk, update));

  const condition = root.version === 0 ? 'absent' : { version: root.version };
  const outcome = await table.put(rootItem(pk, next, update.run), condition);
  if (outcome === 'refused' && !(await isWrittenBy(table, pk, next.version, update.run))) {
    return { committed: false };
  }

  const named = new Set([...partKeysOfRoot(next), ...next.superseded]);
  await deleteParts(
    table,
    pk,
    listed.map(({ sk }) => sk).filter((sk) => !named.has(sk)),
  );
  return { committed: true, root: next };
}

async function putParts(
  table: ItemTable,
  pk: string,
  { run, changed }: SpendUpdate,
): Promise<Map<UtcDay, DayVersion>> {
  const versions = new Map<UtcDay, DayVersion>();
  await mapInFlight(IN_FLIGHT, changed, async ([day, { table: rows, hash, changedAt, projects }]) => {
    const packed = packDay(rows);
    const version = { run, parts: packed.length, hash, changedAt, projects };
    versions.set(day, version);
    const expiresAt = expiresAtEpochS(startOfDay(day));
    const keys = partKeysOf(day, version);
    for (const [part, bytes] of packed.entries()) {
      await table.put({ pk, sk: keys[part] ?? '', rows: bytes, expiresAt }, 'none');
    }
  });
  return versions;
}

function nextRoot(root: Root, update: SpendUpdate, versions: ReadonlyMap<UtcDay, DayVersion>): Root {
  const days = new Map(root.days);
  const superseded: string[] = [];
  for (const day of [...versions.keys(), ...update.forgotten]) {
    const replaced = days.get(day);
    if (replaced !== undefined) superseded.push(...partKeysOf(day, replaced));
    days.delete(day);
  }
  for (const [day, version] of versions) days.set(day, version);
  return {
    version: root.version + 1,
    days: new Map([...days].sort(([a], [b]) => ascending(a, b))),
    reads: update.reads,
    doubted: update.doubted,
    superseded,
    source: update.source,
  };
}

/** A refused swap may have been refused by its own first attempt, whose answer was lost. */
async function isWrittenBy(table: ItemTable, pk: string, version: number, run: string): Promise<boolean> {
  const item = await table.get(pk, ROOT_KEY, { consistent: true });
  if (item === null) return false;
  const stored = parseRootItem(item);
  return stored.run === run && stored.root.version === version;
}

async function deleteParts(table: ItemTable, pk: string, sortKeys: readonly string[]): Promise<void> {
  await mapInFlight(IN_FLIGHT, sortKeys, (sk) => table.delete(pk, sk, 'none'));
}
