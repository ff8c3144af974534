// What OpenAI's admin API can be asked about: one entry for each kind of spend, with its path, grouping and measures.

export type Unit = 'usd' | 'tokens' | 'requests';

export type SpendKind = 'costs' | 'completions';

/** A dimension by OpenAI's field name, as it stands in `group_by` and in a result. */
export type Dimension = 'project_id' | 'line_item' | 'model' | 'currency';

export interface CatalogueEntry {
  readonly kind: SpendKind;
  /** Below the API's base URL, which ends in `/v1`. */
  readonly path: string;
  /** The `object` of a result; rows of any other kind are not ours. */
  readonly resultObject: string;
  /** The most daily buckets that one request may ask for (`limit`). */
  readonly maxDaysPerRequest: number;
  /** The grouping that serves every scope known so far. */
  readonly grouping: readonly Dimension[];
  /** Dimensions that OpenAI sends without being asked to group by them, and that keep rows apart. */
  readonly implied: readonly Dimension[];
  /** Result field → unit, in the order in which rows carry their values. */
  readonly measures: Readonly<Record<string, Unit>>;
}

/** Money is nested (`amount.value`, `amount.currency`): the decoder lays it out as a measure and a dimension. */
const COSTS: CatalogueEntry = {
  kind: 'costs',
  path: '/organization/costs',
  resultObject: 'organization.costs.result',
  maxDaysPerRequest: 180,
  grouping: ['project_id', 'line_item'],
  implied: ['currency'],
  measures: { amount: 'usd' },
};

const COMPLETIONS: CatalogueEntry = {
  kind: 'completions',
  path: '/organization/usage/completions',
  resultObject: 'organization.usage.completions.result',
  maxDaysPerRequest: 31,
  grouping: ['project_id', 'model'],
  implied: [],
  measures: {
    input_tokens: 'tokens',
    output_tokens: 'tokens',
    num_model_requests: 'requests',
    input_uncached_tokens: 'tokens',
    input_cached_tokens: 'tokens',
    input_cache_write_tokens: 'tokens',
    input_cache_write_30m_tokens: 'tokens',
    input_cache_write_12h_tokens: 'tokens',
    input_text_tokens: 'tokens',
    output_text_tokens: 'tokens',
    input_cached_text_tokens: 'tokens',
    input_audio_tokens: 'tokens',
    input_cached_audio_tokens: 'tokens',
    output_audio_tokens: 'tokens',
    input_image_tokens: 'tokens',
    input_cached_image_tokens: 'tokens',
    output_image_tokens: 'tokens',
  },
};

export const CATALOGUE: Readonly<Record<SpendKind, CatalogueEntry>> = {
  costs: COSTS,
  completions: COMPLETIONS,
};

export const SPEND_KINDS = Object.keys(CATALOGUE) as readonly SpendKind[];
