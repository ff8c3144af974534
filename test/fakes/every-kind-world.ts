// A small organization that uses everything: every kind of spend, with at least two members in every dimension.
import type { ProjectPlan } from '../../lib/local/simulated-organization/project-plan.ts';
import {
  completions,
  fileSearchStorage,
  type Stream,
  unbilledUsage,
} from '../../lib/local/simulated-organization/stream.ts';
import { createWorld, type World } from '../../lib/local/simulated-organization/world.ts';
import { dayOf } from './time-of.ts';

type Dimensions = Stream['dimensions'];

/** What differs between the streams of one kind: a value of each dimension for each of two. */
const VARIANTS: readonly Dimensions[] = [
  {
    user_id: 'user-ann',
    api_key_id: 'key_one',
    model: 'gpt-5-2025-08-07',
    batch: false,
    service_tier: 'default',
    api_source: 'unlabeled',
    size: '512x512',
    source: 'image.generation',
    context_level: 'low',
    vector_store_id: 'vs_docs',
  },
  {
    user_id: 'user-bob',
    api_key_id: 'key_two',
    model: 'gpt-4.1-mini-2025-04-14',
    batch: true,
    service_tier: 'flex',
    api_source: 'agents_api',
    size: '1024x1024',
    source: 'image.edit',
    context_level: 'high',
    vector_store_id: 'vs_code',
  },
  { batch: false },
];

const TOKENS = {
  input_uncached: 700_001,
  input_audio: 11_003,
  input_image: 13_007,
  input_cached: 300_011,
  input_cached_audio: 1_009,
  input_cached_image: 2_003,
  input_cache_write: 40_009,
  input_cache_write_12h: 5_003,
  output: 90_001,
  output_audio: 7_001,
  output_image: 3_001,
  requests: 997,
};

/** Kind → meter → what a planned day holds. */
const METERS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  completions: TOKENS,
  decisions: TOKENS,
  embeddings: { input: 50_021, requests: 31 },
  moderations: { input: 9_001, requests: 77 },
  images: { images: 53, requests: 41 },
  audio_speeches: { characters: 80_021, requests: 19 },
  audio_transcriptions: { seconds: 7_207, requests: 23 },
  vector_stores: { bytes: 3_000_000_019 },
  code_interpreter_sessions: { sessions: 61 },
  file_search_calls: { calls: 211 },
  web_search_calls: { calls: 307, requests: 101 },
};

const usage = (variant: number): Stream[] =>
  Object.entries(METERS).map(([kind, perDay]) =>
    unbilledUsage({ kind, dimensions: VARIANTS[variant] ?? {}, rhythm: 'constant', perDay }),
  );

const billed = (
  apiKeyId: string,
  userId: string | null,
  model: 'gpt-5-2025-08-07' | 'gpt-4.1-mini-2025-04-14',
) =>
  completions({
    apiKeyId,
    userId,
    model,
    rhythm: 'office',
    millionInput: 3,
    millionOutput: 0.4,
    requests: 500,
    cachedShare: 0.3,
    ...(userId === null ? {} : { apiSource: 'agents_api' as const }),
  });

const PROJECTS: readonly ProjectPlan[] = [
  {
    id: 'proj_alpha',
    name: 'Alpha',
    createdDay: -10,
    archivedDay: null,
    streams: [...usage(0), ...usage(1), billed('key_one', 'user-ann', 'gpt-5-2025-08-07')],
  },
  {
    id: 'proj_beta',
    name: 'Beta',
    createdDay: -10,
    archivedDay: 2,
    streams: [...usage(1), billed('key_three', null, 'gpt-4.1-mini-2025-04-14')],
  },
];

export const EVERY_KIND_START = dayOf('2026-11-02');

export function everyKindWorld(): World {
  return createWorld({
    seed: 5,
    start: EVERY_KIND_START,
    projects: PROJECTS,
    unattributed: [...usage(2), fileSearchStorage({ gibibytes: 3 })],
    users: [
      { id: 'user-ann', name: 'Ann', email: 'ann@example.com' },
      { id: 'user-bob', name: null, email: 'bob@example.com' },
    ],
  });
}
