// A dataset's root as an item: its state, and which run wrote it.
import * as v from 'valibot';
import type { DayVersion, Root, SourceHealth } from '../spend/root.ts';
import { formatInstant } from '../time/instant.ts';
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

const partCount = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(9_999));

const dayVersion = v.pipe(
  v.strictTuple([v.string(), partCount, v.string(), storedInstant]),
  v.transform(([run, parts, hash, changedAt]): DayVersion => ({ run, parts, hash, changedAt })),
);

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
    reads: jsonText(v.array(readSegment)),
    superseded: v.array(v.string()),
    doubted: jsonText(mapOf(storedDay, storedInstant)),
    source: jsonText(sourceHealth),
  }),
  v.transform(({ pk: _pk, sk: _sk, run, ...root }): WrittenRoot => ({ root, run })),
);

export function rootItem(pk: string, root: Root, run: string): Item {
  const { lastSuccessAt, failing } = root.source;
  return {
    pk,
    sk: ROOT_KEY,
    version: root.version,
    run,
    days: JSON.stringify(
      Object.fromEntries(
        [...root.days].map(([day, { run, parts, hash, changedAt }]) => [
          day,
          [run, parts, hash, formatInstant(changedAt)],
        ]),
      ),
    ),
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

/** Fails with `state-corrupt`. A root is rebuilt from OpenAI's answers, so the way out is to delete it. */
export function parseRootItem(item: Item): WrittenRoot {
  return parseItem(rootItemSchema, item, 'The root of a dataset in the Spend table', DELETE_THE_ROOT);
}

export const DELETE_THE_ROOT =
  'Delete the item "root" of this partition: the next collect reads every day again and announces nothing twice.';
