// A dataset: one kind of spend at one bucket width and grouping, stored and read as a whole.
import { CATALOGUE, type Dimension, type GroupDimension, type SpendKind } from './catalogue.ts';
import { wordOfField } from './dimension-word.ts';

export interface Dataset {
  readonly kind: SpendKind;
  readonly width: '1d';
  /** Sent as `group_by`, in this order. */
  readonly grouping: readonly GroupDimension[];
}

/** The dataset that serves most budgets on `kind`. */
export function datasetOf(kind: SpendKind): Dataset {
  return { kind, width: '1d', grouping: CATALOGUE[kind].grouping };
}

/**
 * The dataset for budgets that look at `dimensions`: the default one if it has them all, else one of its own beside it.
 * No grouping is ever widened in place, since every other budget would then wait for its days to be read again.
 */
export function datasetFor(kind: SpendKind, dimensions: readonly GroupDimension[]): Dataset {
  const usual = datasetOf(kind);
  if (dimensions.every((dimension) => usual.grouping.includes(dimension))) return usual;
  const grouping = CATALOGUE[kind].groupBy.filter((dimension) => dimensions.includes(dimension));
  return { ...usual, grouping };
}

/** Stable: it is part of the Spend table's partition key. `costs.1d#project_id,line_item` */
export function datasetId(dataset: Dataset): string {
  return `${dataset.kind}.${dataset.width}#${dataset.grouping.join(',')}`;
}

/** What people and operations call it: `costs`, and for others than the default one `costs by user`. */
export function sourceNameOf({ kind, grouping }: Dataset): string {
  if (grouping.join() === CATALOGUE[kind].grouping.join()) return kind;
  return `${kind} by ${grouping.map(wordOfField).join(', ')}`;
}

/** The dimensions of a row, in the order in which rows carry their values. */
export function rowDimensions(dataset: Dataset): readonly Dimension[] {
  return [...dataset.grouping, ...CATALOGUE[dataset.kind].implied];
}

/** The measures of a row, in the order in which rows carry their values. */
export function rowMeasures(dataset: Dataset): readonly string[] {
  return Object.keys(CATALOGUE[dataset.kind].measures);
}
