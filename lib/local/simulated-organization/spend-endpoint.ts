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

const VECTOR_STORES: Filter = { parameter: 'vector_store_ids', dimension: 'vector_store_id', form: 'list' };
const SIZES: Filter = { parameter: 'sizes', dimension: 'size', form: 'list' };
const SOURCES: Filter = { parameter: 'sources', dimension: 'source', form: 'list' };
const CONTEXT_LEVELS: Filter = { parameter: 'context_levels', dimension: 'context_level', form: 'list' };

const UNCACHED_INPUT = ['input_uncached', 'input_audio', 'input_image'];
const CACHED_INPUT = ['input_cached', 'input_cached_audio', 'input_cached_image'];
const CACHE_WRITES = ['input_cache_write', 'input_cache_write_12h'];

/** `kind` is the last part of the path and the streams' own; the result is called otherwise for two of them. */
function usage(
  kind: string,
  parts: Pick<UsageEndpoint, 'groupBy' | 'filters' | 'measures'>,
  resultName = kind,
): UsageEndpoint {
  return {
    kind: 'usage',
    path: `/organization/usage/${kind}`,
    resultObject: `organization.usage.${resultName}.result`,
    widths: USAGE_WIDTHS,
    notTogether: [],
    streams: kind,
    ...parts,
  };
}

const MODEL_GROUPS = ['project_id', 'user_id', 'api_key_id', 'model'];
const MODEL_FILTERS = [PROJECTS, USERS, API_KEYS, MODELS];
const REQUESTS = { num_model_requests: ['requests'] };

const TOKENS = {
  groupBy: [...MODEL_GROUPS, 'batch', 'service_tier', 'api_source'],
  filters: [...MODEL_FILTERS, BATCH],
  measures: {
    input_tokens: [...UNCACHED_INPUT, ...CACHED_INPUT, ...CACHE_WRITES],
    output_tokens: ['output', 'output_audio', 'output_image'],
    ...REQUESTS,
    input_uncached_tokens: UNCACHED_INPUT,
    input_cached_tokens: CACHED_INPUT,
    input_cache_write_tokens: CACHE_WRITES,
    input_cache_write_30m_tokens: ['input_cache_write'],
    input_cache_write_12h_tokens: ['input_cache_write_12h'],
    input_text_tokens: ['input_uncached'],
    input_cached_text_tokens: ['input_cached'],
    output_text_tokens: ['output'],
    input_audio_tokens: ['input_audio'],
    input_cached_audio_tokens: ['input_cached_audio'],
    output_audio_tokens: ['output_audio'],
    input_image_tokens: ['input_image'],
    input_cached_image_tokens: ['input_cached_image'],
    output_image_tokens: ['output_image'],
  },
};

const EMBEDDED = {
  groupBy: MODEL_GROUPS,
  filters: MODEL_FILTERS,
  measures: { input_tokens: ['input'], ...REQUESTS },
};

export const SPEND_ENDPOINTS: readonly SpendEndpoint[] = [
  COSTS,
  usage('completions', TOKENS),
  usage('decisions', TOKENS),
  usage('embeddings', EMBEDDED),
  usage('moderations', EMBEDDED),
  usage('images', {
    groupBy: [...MODEL_GROUPS, 'size', 'source'],
    filters: [...MODEL_FILTERS, SIZES, SOURCES],
    measures: { images: ['images'], ...REQUESTS },
  }),
  usage('audio_speeches', {
    groupBy: MODEL_GROUPS,
    filters: MODEL_FILTERS,
    measures: { characters: ['characters'], ...REQUESTS },
  }),
  usage('audio_transcriptions', {
    groupBy: MODEL_GROUPS,
    filters: MODEL_FILTERS,
    measures: { seconds: ['seconds'], ...REQUESTS },
  }),
  usage('vector_stores', {
    groupBy: ['project_id'],
    filters: [PROJECTS],
    measures: { usage_bytes: ['bytes'] },
  }),
  usage('code_interpreter_sessions', {
    groupBy: ['project_id'],
    filters: [PROJECTS],
    measures: { num_sessions: ['sessions'] },
  }),
  usage(
    'file_search_calls',
    {
      groupBy: ['project_id', 'user_id', 'api_key_id', 'vector_store_id'],
      filters: [PROJECTS, USERS, API_KEYS, VECTOR_STORES],
      measures: { num_requests: ['calls'] },
    },
    'file_searches',
  ),
  usage(
    'web_search_calls',
    {
      groupBy: [...MODEL_GROUPS, 'context_level', 'api_source'],
      filters: [...MODEL_FILTERS, CONTEXT_LEVELS],
      measures: { ...REQUESTS, num_requests: ['calls'] },
    },
    'web_searches',
  ),
];
