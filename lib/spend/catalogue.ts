// What OpenAI's admin API can be asked about: one entry for each kind of spend, with its path, grouping and measures.

export type Unit = 'usd' | 'tokens' | 'requests' | 'images' | 'characters' | 'seconds' | 'bytes' | 'sessions';

export type SpendKind =
  | 'costs'
  | 'completions'
  | 'decisions'
  | 'embeddings'
  | 'moderations'
  | 'images'
  | 'audio_speeches'
  | 'audio_transcriptions'
  | 'vector_stores'
  | 'code_interpreter_sessions'
  | 'file_search_calls'
  | 'web_search_calls';

/** What spend can be grouped by, under OpenAI's field name, as it stands in `group_by` and in a result. */
export type GroupDimension =
  | 'project_id'
  | 'user_id'
  | 'api_key_id'
  | 'model'
  | 'line_item'
  | 'batch'
  | 'service_tier'
  | 'size'
  | 'source'
  | 'context_level'
  | 'vector_store_id'
  | 'api_source';

/** Whatever keeps rows apart. `start_minute`: of the UTC day in which they began, where days are kept in parts. */
export type Dimension = GroupDimension | 'currency' | 'start_minute';

/** A parameter that leaves everything but the named values out. */
export type Filter =
  | 'project_ids'
  | 'user_ids'
  | 'api_key_ids'
  | 'models'
  | 'line_items'
  | 'batch'
  | 'sizes'
  | 'sources'
  | 'context_levels'
  | 'vector_store_ids';

export interface MeasuredField {
  readonly unit: Unit;
  /** The rest of a sentence that begins with the field's name, for the reference. */
  readonly definition: string;
  /**
   * A level (bytes stored) does not add up over days: a period's value is the largest day's. Everything else does. Within
   * a day both add up over rows.
   */
  readonly isLevel: boolean;
}

export interface CatalogueEntry {
  readonly kind: SpendKind;
  /** Below the API's base URL, which ends in `/v1`. */
  readonly path: string;
  /** The `object` of a result, which is not always made from the path; rows of any other kind are not ours. */
  readonly resultObject: string;
  /** The most daily buckets that one request may ask for (`limit`). */
  readonly maxDaysPerRequest: number;
  /** All that it can group by, in the order in which groupings are sent. */
  readonly groupBy: readonly GroupDimension[];
  /** The grouping that is read unless a budget needs a dimension that is not in it. */
  readonly grouping: readonly GroupDimension[];
  readonly filters: readonly Filter[];
  /** Dimensions that OpenAI sends without being asked to group by them, and that keep rows apart. */
  readonly implied: readonly Dimension[];
  /** Result field → what it counts, in the order in which rows carry their values: stored days rest on that order. */
  readonly measures: Readonly<Record<string, MeasuredField>>;
}

function counted(unit: Unit, definition: string): MeasuredField {
  return { unit, definition, isLevel: false };
}

const REQUESTS = counted('requests', 'requests made to the model');

const INPUT_AND_REQUESTS = {
  input_tokens: counted('tokens', 'tokens sent to the model'),
  num_model_requests: REQUESTS,
};

const TOKEN_MEASURES = {
  input_tokens: counted(
    'tokens',
    'tokens sent to the model: text, audio and images, cached and cache writes included',
  ),
  output_tokens: counted('tokens', 'tokens that the model made, those of its reasoning included'),
  num_model_requests: REQUESTS,
  input_uncached_tokens: counted('tokens', 'input tokens neither read from the cache nor written to it'),
  input_cached_tokens: counted('tokens', 'input tokens read from the cache'),
  input_cache_write_tokens: counted('tokens', 'input tokens written to the cache'),
  input_cache_write_30m_tokens: counted('tokens', 'input tokens written to the cache for 30 minutes'),
  input_cache_write_12h_tokens: counted('tokens', 'input tokens written to the cache for 12 hours'),
  input_text_tokens: counted('tokens', 'uncached input tokens of text'),
  output_text_tokens: counted('tokens', 'output tokens of text'),
  input_cached_text_tokens: counted('tokens', 'cached input tokens of text'),
  input_audio_tokens: counted('tokens', 'uncached input tokens of audio'),
  input_cached_audio_tokens: counted('tokens', 'cached input tokens of audio'),
  output_audio_tokens: counted('tokens', 'output tokens of audio'),
  input_image_tokens: counted('tokens', 'uncached input tokens of images'),
  input_cached_image_tokens: counted('tokens', 'cached input tokens of images'),
  output_image_tokens: counted('tokens', 'output tokens of images'),
};

const BY_MODEL = ['project_id', 'user_id', 'api_key_id', 'model'] as const;
const MODEL_FILTERS = ['project_ids', 'user_ids', 'api_key_ids', 'models'] as const;

type UsageParts = Pick<CatalogueEntry, 'groupBy' | 'filters' | 'measures'> & {
  /** Where it differs from the kind. */
  readonly resultName?: string;
};

function usage(
  kind: Exclude<SpendKind, 'costs'>,
  { resultName = kind, groupBy, filters, measures }: UsageParts,
): CatalogueEntry {
  return {
    kind,
    path: `/organization/usage/${kind}`,
    resultObject: `organization.usage.${resultName}.result`,
    maxDaysPerRequest: 31,
    groupBy,
    grouping: groupBy.includes('model') ? ['project_id', 'model'] : ['project_id'],
    filters,
    implied: [],
    measures,
  };
}

const MODEL_USAGE: UsageParts = {
  groupBy: [...BY_MODEL, 'batch', 'service_tier', 'api_source'],
  filters: [...MODEL_FILTERS, 'batch'],
  measures: TOKEN_MEASURES,
};

const SEARCHES = counted('requests', 'searches made');

/** The next kind that OpenAI invents is one entry here, and one recorded answer among the tests. */
export const CATALOGUE: Readonly<Record<SpendKind, CatalogueEntry>> = {
  /** Money is nested (`amount.value`, `amount.currency`): the decoder lays it out as a measure and a dimension. */
  costs: {
    kind: 'costs',
    path: '/organization/costs',
    resultObject: 'organization.costs.result',
    maxDaysPerRequest: 180,
    groupBy: ['project_id', 'line_item', 'api_key_id', 'user_id', 'api_source'],
    grouping: ['project_id', 'line_item'],
    filters: ['project_ids', 'api_key_ids', 'line_items'],
    implied: ['currency'],
    measures: { amount: counted('usd', 'what OpenAI bills, in US dollars') },
  },
  completions: usage('completions', MODEL_USAGE),
  decisions: usage('decisions', MODEL_USAGE),
  embeddings: usage('embeddings', {
    groupBy: BY_MODEL,
    filters: MODEL_FILTERS,
    measures: INPUT_AND_REQUESTS,
  }),
  moderations: usage('moderations', {
    groupBy: BY_MODEL,
    filters: MODEL_FILTERS,
    measures: INPUT_AND_REQUESTS,
  }),
  images: usage('images', {
    groupBy: [...BY_MODEL, 'size', 'source'],
    filters: [...MODEL_FILTERS, 'sizes', 'sources'],
    measures: { images: counted('images', 'images made, edited or varied'), num_model_requests: REQUESTS },
  }),
  audio_speeches: usage('audio_speeches', {
    groupBy: BY_MODEL,
    filters: MODEL_FILTERS,
    measures: { characters: counted('characters', 'characters spoken'), num_model_requests: REQUESTS },
  }),
  audio_transcriptions: usage('audio_transcriptions', {
    groupBy: BY_MODEL,
    filters: MODEL_FILTERS,
    measures: { seconds: counted('seconds', 'seconds of audio transcribed'), num_model_requests: REQUESTS },
  }),
  vector_stores: usage('vector_stores', {
    groupBy: ['project_id'],
    filters: ['project_ids'],
    measures: { usage_bytes: { unit: 'bytes', definition: 'bytes stored', isLevel: true } },
  }),
  code_interpreter_sessions: usage('code_interpreter_sessions', {
    groupBy: ['project_id'],
    filters: ['project_ids'],
    measures: { num_sessions: counted('sessions', 'sessions begun') },
  }),
  file_search_calls: usage('file_search_calls', {
    resultName: 'file_searches',
    groupBy: ['project_id', 'user_id', 'api_key_id', 'vector_store_id'],
    filters: ['project_ids', 'user_ids', 'api_key_ids', 'vector_store_ids'],
    measures: { num_requests: SEARCHES },
  }),
  web_search_calls: usage('web_search_calls', {
    resultName: 'web_searches',
    groupBy: [...BY_MODEL, 'context_level', 'api_source'],
    filters: [...MODEL_FILTERS, 'context_levels'],
    measures: { num_model_requests: REQUESTS, num_requests: SEARCHES },
  }),
};

export const SPEND_KINDS = Object.keys(CATALOGUE) as readonly SpendKind[];
