// Where spend is stored: the keys of datasets, day parts and roots.
import { type Dataset, datasetId } from '../spend/dataset.ts';
import type { DayVersion, Root } from '../spend/root.ts';
import type { UtcDay } from '../time/utc-day.ts';
import type { SortKeyRange } from './item-table.ts';
import { keyPart } from './key-part.ts';

/** Sorts after every day, so that a Query that begins with a day reads the root last. */
export const ROOT_KEY = 'root';

/** Days begin with a digit, and `:` is the character after the digits. */
export const ALL_PARTS: SortKeyRange = { from: '0', to: ':' };

export function spendPartition(organization: string, dataset: Dataset): string {
  return `${keyPart(organization)}#${datasetId(dataset)}`;
}

/** Named by the run and not by the content: a content that recurs must not come back under a name being deleted. */
export function partKey(day: UtcDay, run: string, part: number): string {
  return `${day}#${keyPart(run)}#${part}`;
}

export function partKeysOf(day: UtcDay, { run, parts }: DayVersion): string[] {
  return Array.from({ length: parts }, (_, part) => partKey(day, run, part));
}

export function partKeysOfRoot({ days }: Pick<Root, 'days'>): string[] {
  return [...days].flatMap(([day, version]) => partKeysOf(day, version));
}
