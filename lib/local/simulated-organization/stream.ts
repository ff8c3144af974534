// A stream: traffic that agrees in every dimension, with what is counted in it and what is billed.
import type { Amount } from '../../money/amount.ts';
import { MODEL_PRICES, type PricedModel, pricePerToken, type Tariff, usd } from './price-list.ts';
import type { RhythmName } from './rhythm.ts';

/** OpenAI's field → value; a field that is absent is `null`. */
export type Dimensions = Readonly<Record<string, string | boolean | null>>;

export interface Bill {
  readonly lineItem: string;
  /** OpenAI's `quantity_unit`. */
  readonly unit: string;
  readonly listPrice: Amount;
}

export interface Meter {
  /** What usage endpoints build their measures from. */
  readonly name: string;
  /** On a planned day. */
  readonly perDay: number;
  /** `null`: counted, but nothing to pay. */
  readonly bill: Bill | null;
  /** What is there all day, rather than what happened in a part of it. */
  readonly isLevel?: boolean;
}

export interface Stream {
  /** The usage endpoint that reports it: the last part of its path. */
  readonly kind: string;
  readonly dimensions: Dimensions;
  readonly rhythm: RhythmName;
  readonly meters: readonly Meter[];
}

interface CompletionsPlan {
  readonly apiKeyId: string;
  /** The key's owner; `null` for a service account's key. */
  readonly userId: string | null;
  readonly model: PricedModel;
  readonly rhythm: RhythmName;
  /** Millions of tokens on a planned day. */
  readonly millionInput: number;
  readonly millionOutput: number;
  readonly requests: number;
  /** Parts of the input, 0 to 1. */
  readonly cachedShare?: number;
  readonly cacheWriteShare?: number;
  readonly tariff?: Tariff;
  readonly apiSource?: 'agents_api' | 'unlabeled';
}

export function completions(plan: CompletionsPlan): Stream {
  const { cachedShare = 0, cacheWriteShare = 0, tariff = 'standard' } = plan;
  const prices = MODEL_PRICES[plan.model];
  const tokens = (name: string, millions: number, item: string, usdPerMillion: string): Meter => ({
    name,
    perDay: millions * 1_000_000,
    bill: {
      lineItem: `${tariff === 'free' ? 'evals | ' : ''}${prices.billedAs}, ${item}`,
      unit: 'tokens',
      listPrice: pricePerToken(usdPerMillion, tariff),
    },
  });
  const uncached = plan.millionInput * (1 - cachedShare - cacheWriteShare);
  return {
    kind: 'completions',
    dimensions: {
      user_id: plan.userId,
      api_key_id: plan.apiKeyId,
      model: plan.model,
      batch: tariff === 'batch',
      service_tier: 'default',
      api_source: plan.apiSource ?? 'unlabeled',
    },
    rhythm: plan.rhythm,
    meters: [
      tokens('input_uncached', uncached, 'input', prices.input),
      tokens('input_cached', plan.millionInput * cachedShare, 'cached input', prices.cachedInput),
      tokens('input_cache_write', plan.millionInput * cacheWriteShare, 'cache writes', prices.cacheWrites),
      tokens('output', plan.millionOutput, 'output', prices.output),
      { name: 'requests', perDay: plan.requests, bill: null },
    ],
  };
}

/** Searches that models made: OpenAI bills them to the project, not to a key. */
export function webSearches(plan: { readonly callsPerDay: number; readonly rhythm: RhythmName }): Stream {
  return {
    kind: 'web_search_calls',
    dimensions: { api_source: 'unlabeled' },
    rhythm: plan.rhythm,
    meters: [
      {
        name: 'calls',
        perDay: plan.callsPerDay,
        bill: { lineItem: 'web search tool calls', unit: 'calls', listPrice: usd('0.01') },
      },
      { name: 'requests', perDay: plan.callsPerDay, bill: null },
    ],
  };
}

export function fileSearchStorage(plan: { readonly gibibytes: number }): Stream {
  return {
    kind: 'vector_stores',
    dimensions: { api_source: 'unlabeled' },
    rhythm: 'constant',
    meters: [
      {
        name: 'gibibyte_hours',
        perDay: plan.gibibytes * 24,
        bill: { lineItem: 'assistants api | file search', unit: 'gibibyte_hours', listPrice: usd('0.004') },
      },
      { name: 'bytes', perDay: plan.gibibytes * 2 ** 30, bill: null, isLevel: true },
    ],
  };
}

/** Usage of any kind that is counted and not billed: meter → what a planned day holds. */
export function unbilledUsage(plan: {
  readonly kind: string;
  readonly dimensions: Dimensions;
  readonly rhythm: RhythmName;
  readonly perDay: Readonly<Record<string, number>>;
}): Stream {
  return {
    kind: plan.kind,
    dimensions: plan.dimensions,
    rhythm: plan.rhythm,
    meters: Object.entries(plan.perDay).map(([name, perDay]) => {
      return { name, perDay, bill: null, isLevel: name === 'bytes' };
    }),
  };
}

/** The same stream as traffic of one project, or of none. */
export function inProject(projectId: string | null, stream: Stream): Stream {
  return { ...stream, dimensions: { ...stream.dimensions, project_id: projectId } };
}
