// A dataset's root as an item: its state, and which run wrote it.
import * as v from 'valibot';
import type { DayVersion, Root, SourceHealth } from '../spend/root.ts';
import { formatInstant } from '../time/instant.ts';
import type { UtcDay } from '../time/utc-day.ts';
import type { Item } from './item-table.ts';
import { ROOT_KEY } from './spend-keys.ts';
import {
  jsonText,
  mapOf,
  parseItem,
  storedCount,
  storedDay,
  storedInstant,
  storedVersion,
} from './stored-values.ts';

interface WrittenRoot {
  readonly root: Root;
  readonly run: string;
}

/** It is part of keys, which have an end. */
const runName = v.pipe(v.string(), v.maxLength(64));

const partCount = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(9_999));

/** The last, if any, says which of the root's `filters` the day was read with; without one it was read for all projects. */
const dayVersion = v.union([
  v.strictTuple([runName, partCount, v.string(), storedInstant]),
  v.strictTuple([runName, partCount, v.string(), storedInstant, storedCount]),
]);

const readSegment = v.pipe(
  v.strictTuple([storedDay, storedDay, storedInstant]),
  v.transform(([from, until, at]) => ({ from, until, at })),
);

const sourceHealth: v.GenericSchema<unknown, SourceHealth> = v.strictObject({
  lastSuccessAt: v.nullable(storedInstant),
  failing: v.nullable(
    v.strictObject({
      since: storedInstant,
      code: v.string(),
      failures: storedCount,
      hint: v.optional(v.string(), ''),
    }),
  ),
});

const rootItemSchema = v.pipe(
  v.strictObject({
    pk: v.string(),
    sk: v.literal(ROOT_KEY),
    version: storedVersion,
    run: v.string(),
    days: jsonText(mapOf(storedDay, dayVersion)),
    filters: v.optional(jsonText(v.array(v.array(v.string())))),
    reads: jsonText(v.array(readSegment)),
    superseded: v.array(v.string()),
    doubted: jsonText(mapOf(storedDay, storedInstant)),
    source: jsonText(sourceHealth),
  }),
  v.check(({ days, filters = [] }) => {
    return [...days.values()].every(([, , , , filter]) => filter === undefined || filter < filters.length);
  }, 'Expected a filter that the root lists'),
  v.transform(({ pk: _pk, sk: _sk, run, days, filters = [], ...root }): WrittenRoot => {
    const versions = [...days].map(([day, [by, parts, hash, changedAt, filter]]): [UtcDay, DayVersion] => [
      day,
      { run: by, parts, hash, changedAt, projects: filter === undefined ? null : (filters[filter] ?? null) },
    ]);
    return { root: { ...root, days: new Map(versions) }, run };
  }),
);

export function rootItem(pk: string, root: Root, run: string): Item {
  const { lastSuccessAt, failing } = root.source;
  const filters = [...new Set([...root.days.values()].flatMap(({ projects }) => filterText(projects)))];
  return {
    pk,
    sk: ROOT_KEY,
    version: root.version,
    run,
    days: JSON.stringify(
      Object.fromEntries(
        [...root.days].map(([day, { run, parts, hash, changedAt, projects }]) => [
          day,
          [
            run,
            parts,
            hash,
            formatInstant(changedAt),
            ...filterText(projects).map((text) => filters.indexOf(text)),
          ],
        ]),
      ),
    ),
    ...(filters.length === 0 ? {} : { filters: `[${filters.join(',')}]` }),
    reads: JSON.stringify(root.reads.map(({ from, until, at }) => [from, until, formatInstant(at)])),
    superseded: root.superseded,
    doubted: JSON.stringify(
      Object.fromEntries([...root.doubted].map(([day, since]) => [day, formatInstant(since)])),
    ),
    source: JSON.stringify({
      lastSuccessAt: lastSuccessAt === null ? null : formatInstant(lastSuccessAt),
      failing: failing === null ? null : { ...failing, since: formatInstant(failing.since) },
    }),
  };
}

/** None for a day that was read for all projects. */
function filterText(projects: DayVersion['projects']): string[] {
  return projects === null ? [] : [JSON.stringify(projects)];
}

/** Fails with `state-corrupt`. A root is rebuilt from OpenAI's answers, so the way out is to delete it. */
export function parseRootItem(item: Item): WrittenRoot {
  return parseItem(rootItemSchema, item, 'The root of a dataset in the Spend table', DELETE_THE_ROOT);
}

export const DELETE_THE_ROOT =
  'Delete the item "root" of this partition: the next collect reads every day again and announces nothing twice.';
