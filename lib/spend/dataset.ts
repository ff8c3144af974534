// A dataset: one kind of spend at one bucket width and grouping, stored and read as a whole.
import { BUCKET_WIDTHS, type BucketWidth } from './bucket-width.ts';
import { CATALOGUE, type Dimension, type GroupDimension, type SpendKind } from './catalogue.ts';
import { wordOfField } from './dimension-word.ts';

export interface Dataset {
  readonly kind: SpendKind;
  readonly width: BucketWidth;
  /** Sent as `group_by`, in this order. */
  readonly grouping: readonly GroupDimension[];
}

/** The dataset that serves most budgets on `kind`. */
export function datasetOf(kind: SpendKind, width: BucketWidth = '1d'): Dataset {
  return { kind, width, grouping: CATALOGUE[kind].grouping };
}

/**
 * The dataset for budgets that look at `dimensions`: the default one if it has them all, else one of its own beside it.
 * No grouping is ever widened in place, since every other budget would then wait for its days to be read again.
 */
export function datasetFor(
  kind: SpendKind,
  dimensions: readonly GroupDimension[],
  width: BucketWidth = '1d',
): Dataset {
  const usual = datasetOf(kind, width);
  if (dimensions.every((dimension) => usual.grouping.includes(dimension))) return usual;
  const grouping = CATALOGUE[kind].groupBy.filter((dimension) => dimensions.includes(dimension));
  return { ...usual, grouping };
}

/** Stable: it is part of the Spend table's partition key. `costs.1d#project_id,line_item` */
export function datasetId(dataset: Dataset): string {
  return `${dataset.kind}.${dataset.width}#${dataset.grouping.join(',')}`;
}

/** What people and operations call it: `costs`, and for others than the default one `costs by user`, `images (hourly)`. */
export function sourceNameOf({ kind, width, grouping }: Dataset): string {
  const isUsual = grouping.join() === CATALOGUE[kind].grouping.join();
  const name = isUsual ? kind : `${kind} by ${grouping.map(wordOfField).join(', ')}`;
  return `${name}${BUCKET_WIDTHS[width].suffix}`;
}

export function maxDaysPerRequest({ kind, width }: Dataset): number {
  return BUCKET_WIDTHS[width].maxDaysPerRequest ?? CATALOGUE[kind].maxDaysPerRequest;
}

/** The dimensions of a row, in the order in which rows carry their values. */
export function rowDimensions(dataset: Dataset): readonly Dimension[] {
  return [...dataset.grouping, ...CATALOGUE[dataset.kind].implied];
}

/** The dimensions of a stored day's rows: the same, and of a day that is kept in parts when each began. */
export function tableDimensions(dataset: Dataset): readonly Dimension[] {
  const dimensions = rowDimensions(dataset);
  return dataset.width === '1d' ? dimensions : [...dimensions, 'start_minute'];
}

/** The measures of a row, in the order in which rows carry their values. */
export function rowMeasures(dataset: Dataset): readonly string[] {
  return Object.keys(CATALOGUE[dataset.kind].measures);
}
