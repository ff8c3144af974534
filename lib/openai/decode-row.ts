// Decodes one result of a bucket: openly as to fields nobody knows, strictly as to what is counted.
import { type Amount, amountOfInteger } from '../money/amount.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { CATALOGUE, type Dimension, type Unit } from '../spend/catalogue.ts';
import { type Dataset, rowDimensions } from '../spend/dataset.ts';
import type { SourceError, SourceRow } from '../spend/usage-source.ts';
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
  const measured = Object.entries(measures).map(([field, { unit }]) => ({ field, unit }));
  return (row, refuse) => {
    if (typeof row.object !== 'string')
      throw refuse('object', 'is not a text, so the kind of row is unknown');
    if (row.object !== resultObject) return null;
    // Loops: a function made anew for each of a million rows is what then takes the time.
    const dimensions: (string | null)[] = [];
    for (const name of dimensionNames) dimensions.push(dimensionOf(row, name, refuse));
    const values: (Amount | null)[] = [];
    for (const { field, unit } of measured) values.push(measureOf(row, field, unit, refuse));
    return { dimensions, values };
  };
}

/** Ids stay exactly as they are sent, since they are keys; null, "" and absent are the same: not attributed. */
function dimensionOf(
  row: Readonly<Record<string, unknown>>,
  name: Dimension,
  refuse: RefuseField,
): string | null {
  if (name === 'currency') return currencyOf(row, refuse);
  const value = row[name];
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

function measureOf(
  row: Readonly<Record<string, unknown>>,
  field: string,
  unit: Unit,
  refuse: RefuseField,
): Amount | null {
  const value = row[field];
  if (value === undefined || value === null) return null;
  return unit === 'usd' ? moneyOf(value, field, refuse) : countOf(value, field, refuse);
}

/** `{ value, currency }`; the value is a number or a decimal text, and may be negative. */
function moneyOf(money: unknown, field: string, refuse: RefuseField): Amount | null {
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

function countOf(value: unknown, field: string, refuse: RefuseField): Amount {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value >= COUNT_BOUND) {
    throw refuse(field, 'is not a whole number from 0 on and below 10^15');
  }
  return amountOfInteger(value);
}
