// Decodes one result of a bucket: openly as to fields nobody knows, strictly as to what is counted.
import type { Amount } from '../money/amount.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { CATALOGUE } from '../spend/catalogue.ts';
import { type Dataset, rowDimensions } from '../spend/dataset.ts';
import type { SourceError, SourceRow, SourceValue } from '../spend/usage-source.ts';
import { isJsonObject } from './json-text.ts';

/** Makes the error for a field of this row: `amount.value`. */
export type RefuseField = (field: string, why: string) => SourceError;

/** `null`: a result of another kind, which is not ours to count. */
export type DecodeRow = (row: Readonly<Record<string, unknown>>, refuse: RefuseField) => SourceRow | null;

const MAX_DIMENSION_CHARACTERS = 1_000;

/** The bound that amounts have when they are read back from where they are stored. */
const COUNT_BOUND = 1e15;

export function rowDecoder(dataset: Dataset): DecodeRow {
  const { resultObject, measures } = CATALOGUE[dataset.kind];
  const dimensionNames = rowDimensions(dataset);
  const places = new Map<string, Place>();
  for (const [at, name] of dimensionNames.entries()) {
    if (name !== 'currency') places.set(name, { at, holds: 'dimension' });
  }
  for (const [at, [field, { unit }]] of Object.entries(measures).entries()) {
    places.set(field, { at, holds: unit === 'usd' ? 'money' : 'count' });
  }
  const currencyAt = dimensionNames.indexOf('currency');
  const noDimensions = dimensionNames.map(() => null);
  const noValues = Object.keys(measures).map(() => null);
  return (row, refuse) => {
    if (typeof row.object !== 'string')
      throw refuse('object', 'is not a text, so the kind of row is unknown');
    if (row.object !== resultObject) return null;
    const dimensions: (string | null)[] = noDimensions.slice();
    const values: (SourceValue | null)[] = noValues.slice();
    // By the fields that are there: of a dozen that may be, most are not, and looking for those took most of the time.
    for (const field in row) {
      const place = places.get(field);
      if (place === undefined) continue;
      const value = row[field];
      if (place.holds === 'dimension') dimensions[place.at] = dimensionOf(value, field, refuse);
      else
        values[place.at] =
          place.holds === 'count' ? countOf(value, field, refuse) : moneyOf(value, field, refuse);
    }
    if (currencyAt >= 0) dimensions[currencyAt] = currencyOf(row, refuse);
    return { dimensions, values };
  };
}

interface Place {
  readonly at: number;
  readonly holds: 'dimension' | 'count' | 'money';
}

/** Ids stay exactly as they are sent, since they are keys; null, "" and absent are the same: not attributed. */
function dimensionOf(value: unknown, name: string, refuse: RefuseField): string | null {
  if (value === undefined || value === null || value === '') return null;
  // `batch` has been met as a boolean where a string was announced.
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  return boundedText(value, name, refuse);
}

/** Lies inside `amount`, beside the value. Lower-case: the contract's form, though capitals occur elsewhere in it. */
function currencyOf(row: Readonly<Record<string, unknown>>, refuse: RefuseField): string | null {
  const currency = isJsonObject(row.amount) ? row.amount.currency : null;
  if (currency === undefined || currency === null || currency === '') return null;
  return boundedText(currency, 'amount.currency', refuse).toLowerCase();
}

function boundedText(value: unknown, field: string, refuse: RefuseField): string {
  if (typeof value !== 'string') throw refuse(field, 'is neither a text nor null');
  if (value.length > MAX_DIMENSION_CHARACTERS) {
    throw refuse(field, `is longer than ${MAX_DIMENSION_CHARACTERS} characters`);
  }
  return value;
}

/** `{ value, currency }`; the value is a number or a decimal text, and may be negative. */
function moneyOf(money: unknown, field: string, refuse: RefuseField): Amount | null {
  if (money === null) return null;
  if (!isJsonObject(money)) throw refuse(field, 'is not an object');
  const { value } = money;
  if (value === undefined || value === null) return null;
  const parsed = typeof value === 'string' || typeof value === 'number' ? parseAmount(value) : null;
  if (parsed?.ok !== true) {
    throw refuse(
      `${field}.value`,
      'is not a decimal below 10^15, as a number or a text of at most 200 characters',
    );
  }
  return parsed.amount;
}

function countOf(value: unknown, field: string, refuse: RefuseField): number | null {
  if (value === null) return null;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value >= COUNT_BOUND) {
    throw refuse(field, 'is not a whole number from 0 on and below 10^15');
  }
  return value;
}
