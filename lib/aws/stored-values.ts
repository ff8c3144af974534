// What the values inside stored items must look like, and what is said when an item does not.
import { gunzipSync, gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { BudgetAlertsError } from '../errors.ts';
import { readFormattedAmount } from '../money/format-amount.ts';
import { parseInstant } from '../time/instant.ts';
import { parseUtcDay } from '../time/utc-day.ts';
import type { Item } from './item-table.ts';

/** An ISO 8601 text. */
export const storedInstant = parsedText(parseInstant, 'Expected an instant (ISO 8601)');

/** `yyyy-mm-dd` */
export const storedDay = parsedText(parseUtcDay, 'Expected a day (yyyy-mm-dd)');

/** An exact decimal, which stays a text. */
export const storedAmount = v.pipe(
  v.string(),
  v.check((text) => readFormattedAmount(text) !== null, 'Expected a decimal'),
);

/** Versions count writes from 1. */
export const storedVersion = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

export const storedCount = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** A text that is the JSON of something that `schema` accepts. */
export function jsonText<Output>(schema: v.GenericSchema<unknown, Output>) {
  return v.pipe(v.string(), v.parseJson(), schema);
}

/** Far above what any item unpacks to. */
const MAX_UNZIPPED_BYTES = 64_000_000;

/** What `zippedJson` wrote, of something that `schema` accepts. */
export function jsonUnzipped<Output>(schema: v.GenericSchema<unknown, Output>) {
  return v.pipe(
    v.custom<Uint8Array>((input) => input instanceof Uint8Array, 'Expected bytes'),
    v.rawTransform<Uint8Array, string>(({ dataset, addIssue, NEVER }) => {
      try {
        return gunzipSync(dataset.value, { maxOutputLength: MAX_UNZIPPED_BYTES }).toString('utf8');
      } catch {
        addIssue({ message: 'Expected gzip' });
        return NEVER;
      }
    }),
    jsonText(schema),
  );
}

/** For what grows with an organization: an item may hold 400 KB, and each KB written is paid for. */
export function zippedJson(value: unknown): Uint8Array {
  return gzipSync(JSON.stringify(value));
}

/** Any JSON object's members in their order. `v.record` would drop a member called "constructor" without a word. */
export function entriesOf<Key, Value>(
  key: v.GenericSchema<unknown, Key>,
  value: v.GenericSchema<unknown, Value>,
) {
  return v.pipe(
    v.custom<object>((input) => typeof input === 'object' && input !== null && !Array.isArray(input)),
    v.transform((record) => Object.entries(record)),
    v.array(v.tuple([key, value])),
  );
}

export function mapOf<Key, Value>(
  key: v.GenericSchema<unknown, Key>,
  value: v.GenericSchema<unknown, Value>,
) {
  return v.pipe(
    entriesOf(key, value),
    v.transform((entries) => new Map(entries)),
  );
}

export function recordOf<Value>(value: v.GenericSchema<unknown, Value>) {
  return v.pipe(
    entriesOf(v.string(), value),
    v.transform((entries): Record<string, Value> => Object.fromEntries(entries)),
  );
}

/** An item that cannot be read fails with `state-corrupt`: it is never taken for absent, empty or new. */
export function parseItem<Output>(
  schema: v.GenericSchema<unknown, Output>,
  item: Item,
  what: string,
  whatToDo: string,
): Output {
  const parsed = v.safeParse(schema, item);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw corruptItem(item, what, issueText(issue), whatToDo);
}

/** Where something is wrong and what was expected there. What was found stays out: it may be an amount, a name, or endless. */
export function issueText(issue: v.BaseIssue<unknown>): string {
  const expected = issue.message.replace(/(?:: Received| but received) .*$/s, '');
  return `${v.getDotPath(issue) ?? 'item'}: ${expected}`;
}

export function corruptItem(
  { pk, sk }: Pick<Item, 'pk' | 'sk'>,
  what: string,
  why: string,
  whatToDo: string,
): BudgetAlertsError {
  return new BudgetAlertsError(
    'state-corrupt',
    `${what} cannot be read (pk "${pk}", sk "${sk}"; ${why}). ${whatToDo}`,
  );
}

function parsedText<Output>(parse: (text: string) => Output | null, expected: string) {
  return v.pipe(
    v.string(),
    v.rawTransform<string, Output>(({ dataset, addIssue, NEVER }) => {
      const output = parse(dataset.value);
      if (output !== null) return output;
      addIssue({ message: expected });
      return NEVER;
    }),
  );
}
