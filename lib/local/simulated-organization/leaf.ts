// A leaf: the smallest part that costs and usage are added up from, before any grouping.
import type { Amount } from '../../money/amount.ts';
import type { Dimensions } from './stream.ts';

export interface Leaf {
  readonly dimensions: Dimensions;
  /** US dollars; 0 in usage. */
  readonly amount: Amount;
  /** OpenAI's `quantity_unit`; `null` in usage. */
  readonly unit: string | null;
  /** Whole numbers by name: a meter of the stream, or `quantity` in costs. */
  readonly counts: Readonly<Record<string, number>>;
}
