// The contract of the costs and usage endpoints, one entry each: path, widths, grouping, filters and measures.

export type BucketWidth = '1m' | '1h' | '1d';

export interface BucketLimit {
  readonly usual: number;
  readonly max: number;
}

export interface Filter {
  readonly parameter: string;
  /** The field of a row that must have one of the values. */
  readonly dimension: string;
  readonly form: 'list' | 'list of texts with commas' | 'boolean';
}

interface Endpoint {
  /** Below the base URL. */
  readonly path: string;
  /** The `object` of each result. */
  readonly resultObject: string;
  /** How many buckets a page holds, for every width that is allowed. */
  readonly widths: Readonly<Partial<Record<BucketWidth, BucketLimit>>>;
  readonly groupBy: readonly string[];
  /** Groupings that are each allowed, but not with the other. */
  readonly notTogether: readonly (readonly [string, string])[];
  readonly filters: readonly Filter[];
}

export interface CostsEndpoint extends Endpoint {
  readonly kind: 'costs';
}

export interface UsageEndpoint extends Endpoint {
  readonly kind: 'usage';
  /** The streams that it reports. */
  readonly streams: string;
  /** Measure → the meters that it is the sum of; none: always 0. */
  readonly measures: Readonly<Record<string, readonly string[]>>;
}

export type SpendEndpoint = CostsEndpoint | UsageEndpoint;

const USAGE_WIDTHS = {
  '1m': { usual: 60, max: 1_440 },
  '1h': { usual: 24, max: 168 },
  '1d': { usual: 7, max: 31 },
} as const;

const PROJECTS: Filter = { parameter: 'project_ids', dimension: 'project_id', form: 'list' };
const USERS: Filter = { parameter: 'user_ids', dimension: 'user_id', form: 'list' };
const API_KEYS: Filter = { parameter: 'api_key_ids', dimension: 'api_key_id', form: 'list' };
const MODELS: Filter = { parameter: 'models', dimension: 'model', form: 'list' };
const BATCH: Filter = { parameter: 'batch', dimension: 'batch', form: 'boolean' };
/** Line items hold commas (`gpt-5-2025-08-07, input`) and must match as a whole. */
const LINE_ITEMS: Filter = {
  parameter: 'line_items',
  dimension: 'line_item',
  form: 'list of texts with commas',
};

const COSTS: CostsEndpoint = {
  kind: 'costs',
  path: '/organization/costs',
  resultObject: 'organization.costs.result',
  widths: { '1d': { usual: 7, max: 180 } },
  groupBy: ['project_id', 'line_item', 'api_key_id', 'user_id', 'api_source'],
  notTogether: [['user_id', 'project_id']],
  filters: [PROJECTS, API_KEYS, LINE_ITEMS],
};

const ALL_INPUT = ['input_uncached', 'input_cached', 'input_cache_write'];

const COMPLETIONS: UsageEndpoint = {
  kind: 'usage',
  path: '/organization/usage/completions',
  resultObject: 'organization.usage.completions.result',
  widths: USAGE_WIDTHS,
  groupBy: ['project_id', 'user_id', 'api_key_id', 'model', 'batch', 'service_tier', 'api_source'],
  notTogether: [],
  filters: [PROJECTS, USERS, API_KEYS, MODELS, BATCH],
  streams: 'completions',
  measures: {
    input_tokens: ALL_INPUT,
    output_tokens: ['output'],
    num_model_requests: ['requests'],
    input_uncached_tokens: ['input_uncached'],
    input_cached_tokens: ['input_cached'],
    input_cache_write_tokens: ['input_cache_write'],
    input_text_tokens: ['input_uncached'],
    input_cached_text_tokens: ['input_cached'],
    output_text_tokens: ['output'],
    input_audio_tokens: [],
    input_cached_audio_tokens: [],
    output_audio_tokens: [],
    input_image_tokens: [],
    input_cached_image_tokens: [],
    output_image_tokens: [],
  },
};

export const SPEND_ENDPOINTS: readonly SpendEndpoint[] = [COSTS, COMPLETIONS];
