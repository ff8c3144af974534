// A dataset: one kind of spend at one bucket width and grouping, stored and read as a whole.
import { CATALOGUE, type Dimension, type SpendKind } from './catalogue.ts';

export interface Dataset {
  readonly kind: SpendKind;
  readonly width: '1d';
  /** Sent as `group_by`, in this order. */
  readonly grouping: readonly Dimension[];
}

/** The dataset that serves every budget on `kind`. */
export function datasetOf(kind: SpendKind): Dataset {
  return { kind, width: '1d', grouping: CATALOGUE[kind].grouping };
}

/** Stable: it is part of the Spend table's partition key. `costs.1d#project_id,line_item` */
export function datasetId(dataset: Dataset): string {
  return `${dataset.kind}.${dataset.width}#${dataset.grouping.join(',')}`;
}

/** The dimensions of a row, in the order in which rows carry their values. */
export function rowDimensions(dataset: Dataset): readonly Dimension[] {
  return [...dataset.grouping, ...CATALOGUE[dataset.kind].implied];
}

/** The measures of a row, in the order in which rows carry their values. */
export function rowMeasures(dataset: Dataset): readonly string[] {
  return Object.keys(CATALOGUE[dataset.kind].measures);
}
