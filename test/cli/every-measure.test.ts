// One budget for every kind, every measure and every dimension, against what the simulated world really holds.
import { expect, it } from 'vitest';
import type { Leaf } from '../../lib/local/simulated-organization/leaf.ts';
import { startSimulatedOrganization } from '../../lib/local/simulated-organization/start-simulated-organization.ts';
import type { World } from '../../lib/local/simulated-organization/world.ts';
import { daysFrom, endOfDay, startOfDay } from '../../lib/time/utc-day.ts';
import { checkRunner } from '../fakes/check-runner.ts';
import { EVERY_KIND_START, everyKindWorld } from '../fakes/every-kind-world.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

/** Seen long after everything has settled. */
const LATER = instantOf('2026-12-20');
/** A week of six days so far; one project is archived after two. */
const TICK = '2026-11-07T23:30:00Z';
const DAYS = daysFrom(EVERY_KIND_START, dayOf('2026-11-08'));

const UNCACHED = ['input_uncached', 'input_audio', 'input_image'];
const CACHED = ['input_cached', 'input_cached_audio', 'input_cached_image'];
const WRITES = ['input_cache_write', 'input_cache_write_12h'];
const INPUT = [...UNCACHED, ...CACHED, ...WRITES];
const OUTPUT = ['output', 'output_audio', 'output_image'];
const REQUESTS = { num_model_requests: ['requests'] };

const TOKENS = {
  input_tokens: INPUT,
  output_tokens: OUTPUT,
  total_tokens: [...INPUT, ...OUTPUT],
  ...REQUESTS,
  input_uncached_tokens: UNCACHED,
  input_cached_tokens: CACHED,
  input_cache_write_tokens: WRITES,
  input_cache_write_30m_tokens: ['input_cache_write'],
  input_cache_write_12h_tokens: ['input_cache_write_12h'],
  input_text_tokens: ['input_uncached'],
  output_text_tokens: ['output'],
  input_cached_text_tokens: ['input_cached'],
  input_audio_tokens: ['input_audio'],
  input_cached_audio_tokens: ['input_cached_audio'],
  output_audio_tokens: ['output_audio'],
  input_image_tokens: ['input_image'],
  input_cached_image_tokens: ['input_cached_image'],
  output_image_tokens: ['output_image'],
};
const BY_MODEL = ['project', 'user', 'api_key', 'model'];

interface Kind {
  readonly dimensions: readonly string[];
  /** Measure → the meters that it is the sum of. */
  readonly measures: Readonly<Record<string, readonly string[]>>;
}

/** By hand from OpenAI's contract, so that the catalogue is not compared with itself. */
const KINDS: Readonly<Record<string, Kind>> = {
  costs: { dimensions: ['project', 'line_item', 'api_key', 'user', 'api_source'], measures: { cost: [] } },
  completions: { dimensions: [...BY_MODEL, 'batch', 'service_tier', 'api_source'], measures: TOKENS },
  decisions: { dimensions: [...BY_MODEL, 'batch', 'service_tier', 'api_source'], measures: TOKENS },
  embeddings: { dimensions: BY_MODEL, measures: { input_tokens: ['input'], ...REQUESTS } },
  moderations: { dimensions: BY_MODEL, measures: { input_tokens: ['input'], ...REQUESTS } },
  images: { dimensions: [...BY_MODEL, 'size', 'source'], measures: { images: ['images'], ...REQUESTS } },
  audio_speeches: { dimensions: BY_MODEL, measures: { characters: ['characters'], ...REQUESTS } },
  audio_transcriptions: { dimensions: BY_MODEL, measures: { seconds: ['seconds'], ...REQUESTS } },
  vector_stores: { dimensions: ['project'], measures: { usage_bytes: ['bytes'] } },
  code_interpreter_sessions: { dimensions: ['project'], measures: { num_sessions: ['sessions'] } },
  file_search_calls: {
    dimensions: ['project', 'user', 'api_key', 'vector_store'],
    measures: { num_requests: ['calls'] },
  },
  web_search_calls: {
    dimensions: [...BY_MODEL, 'context_level', 'api_source'],
    measures: { num_requests: ['calls'], ...REQUESTS },
  },
};

const SPLITTABLE = ['project', 'user', 'api_key', 'model', 'line_item'];
const FIELDS: Readonly<Record<string, string>> = {
  project: 'project_id',
  user: 'user_id',
  api_key: 'api_key_id',
  vector_store: 'vector_store_id',
};

/** A value of each dimension, and for the last an example of a pattern. */
const MEMBERS: Readonly<Record<string, string>> = {
  project: 'proj_alpha',
  user: 'user-bob',
  api_key: 'key_one',
  model: 'gpt-5*',
  line_item: 'gpt-5-2025-08-07, *',
  batch: 'true',
  service_tier: 'flex',
  api_source: 'agents_api',
  size: '512x512',
  source: 'image.edit',
  context_level: 'high',
  vector_store: 'vs_docs',
};

function memberOf(leaf: Leaf, dimension: string): string {
  const value = leaf.dimensions[FIELDS[dimension] ?? dimension] ?? null;
  return value === null ? 'unattributed' : String(value);
}

function isIn(leaf: Leaf, dimension: string): boolean {
  const wanted = MEMBERS[dimension] ?? '';
  const member = memberOf(leaf, dimension);
  return wanted.endsWith('*') ? member.startsWith(wanted.slice(0, -1)) : member === wanted;
}

/** Costs in 10^-40 dollars, everything else in whole units: the leaves of a day, straight from the world. */
function amountOfLeaf(leaf: Leaf, kind: string, meters: readonly string[]): bigint {
  if (kind === 'costs') return leaf.amount;
  return BigInt(meters.reduce((sum, meter) => sum + (leaf.counts[meter] ?? 0), 0));
}

function leavesOf(world: World, kind: string): readonly (readonly Leaf[])[] {
  return DAYS.map((day) =>
    kind === 'costs' ? world.costs(day, LATER) : world.usage(kind, startOfDay(day), endOfDay(day), LATER),
  );
}

function decimal(amount: bigint, kind: string): string {
  if (kind !== 'costs') return String(amount);
  const digits = amount.toString().padStart(41, '0');
  return `${digits.slice(0, -40)}.${digits.slice(-40)}`.replace(/\.?0+$/, '');
}

/** Sums over the days, but the largest day of bytes stored. */
function spentOn(
  days: readonly (readonly Leaf[])[],
  kind: string,
  meters: readonly string[],
  counts: (leaf: Leaf) => boolean,
): string {
  const sums = days.map((leaves) =>
    leaves.filter(counts).reduce((sum, leaf) => sum + amountOfLeaf(leaf, kind, meters), 0n),
  );
  const largest = sums.reduce((most, sum) => (sum > most ? sum : most), 0n);
  return decimal(kind === 'vector_stores' ? largest : sums.reduce((all, sum) => all + sum, 0n), kind);
}

it('adds up exactly, whatever is counted and whatever it is looked at by', { timeout: 120_000 }, async () => {
  const world = everyKindWorld();
  const organization = await startSimulatedOrganization({
    world,
    now: LATER,
    adminKeys: [{ key: 'sk-admin-x', scopes: ['api.usage.read', 'api.management.read'] }],
  });
  using runner = checkRunner({ OPENAI_ADMIN_KEY: 'sk-admin-x', OPENAI_BASE_URL: organization.baseUrl });
  try {
    const budgets: string[] = [];
    const expected: [string, string][] = [];
    for (const [kind, { dimensions, measures }] of Object.entries(KINDS)) {
      const days = leavesOf(world, kind);
      for (const [field, meters] of Object.entries(measures)) {
        const measure = kind === 'costs' ? 'cost' : `${kind}.${field}`;
        const add = (lines: string): string => {
          const id = `b${budgets.length}`;
          budgets.push(`  - { id: ${id}, measure: ${measure}, limit: 1, period: weekly${lines} }`);
          return `${id} ${measure}${lines}`;
        };
        expected.push([add(''), spentOn(days, kind, meters, () => true)]);
        for (const dimension of dimensions) {
          const scope = `, scope: { ${dimension}: "${MEMBERS[dimension]}" }`;
          expected.push([add(scope), spentOn(days, kind, meters, (leaf) => isIn(leaf, dimension))]);
          if (!SPLITTABLE.includes(dimension)) continue;
          const name = add(`, each: ${dimension}`);
          const members = new Set(days.flat().map((leaf) => memberOf(leaf, dimension)));
          for (const member of members) {
            const spent = spentOn(days, kind, meters, (leaf) => memberOf(leaf, dimension) === member);
            expected.push([`${name} ${member}`, spent]);
          }
        }
        const [first = '', second] = dimensions.slice(1);
        if (second === undefined) continue;
        const both = `, scope: { ${first}: "${MEMBERS[first]}", ${second}: "${MEMBERS[second]}" }`;
        const inBoth = (leaf: Leaf) => isIn(leaf, first) && isIn(leaf, second);
        expected.push([add(both), spentOn(days, kind, meters, inBoth)]);
      }
    }
    runner.writeBudgets(`budgets:\n${budgets.join('\n')}\n`);
    const { document } = await runner.run(TICK);

    const lines = budgets.map((line) => /measure: (\S+), limit: 1, period: weekly(.*) \}$/.exec(line) ?? []);
    const seen = document.budgets.map(({ id, scope, spent }): [string, string] => {
      const [, measure = '', rest = ''] = lines[Number(id.slice(1))] ?? [];
      const dimension = /each: (\w+)/.exec(rest)?.[1];
      return [`${id} ${measure}${rest}${dimension === undefined ? '' : ` ${scope[dimension]}`}`, spent];
    });
    expect(document.problems).toEqual([]);
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(expected));
    expect(expected.length).toBeGreaterThan(500);
    // Nothing is compared with nothing: only where no stream has the combination is there no amount.
    expect(expected.filter(([, spent]) => spent !== '0').length).toBeGreaterThan(expected.length * 0.9);
  } finally {
    await organization.close();
  }
});
