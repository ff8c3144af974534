// Usage in the days of a zone: from one local midnight to the next, whatever hour or minute of UTC that is.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Leaf } from '../../lib/local/simulated-organization/leaf.ts';
import {
  type SimulatedOrganization,
  startSimulatedOrganization,
} from '../../lib/local/simulated-organization/start-simulated-organization.ts';
import type { Instant } from '../../lib/time/instant.ts';
import { daysFrom, endOfDay, plusDays, startOfDay, utcDayOf } from '../../lib/time/utc-day.ts';
import { type CheckRunner, checkRunner } from '../fakes/check-runner.ts';
import { everyKindWorld } from '../fakes/every-kind-world.ts';
import { instantOf } from '../fakes/time-of.ts';

/** Seen long after everything has settled. */
const LATER = instantOf('2026-12-20');
const TICK = '2026-11-07T23:30:00Z';
/** Today's bucket is whole in this world. */
const END_OF_TODAY = instantOf('2026-11-08');

const TOKENS = ['input_uncached', 'input_audio', 'input_image', 'input_cached', 'input_cached_audio'].concat(
  ['input_cached_image', 'input_cache_write', 'input_cache_write_12h'],
  ['output', 'output_audio', 'output_image'],
);

/** By hand: when the open period begins and ends in UTC. */
const PERIODS = [
  // Winter: an hour ahead of UTC, so 8 November has begun.
  ['berlin-day', 'Europe/Berlin', 'daily', '2026-11-07T23:00Z', '2026-11-08T23:00Z'],
  ['berlin-week', 'Europe/Berlin', 'weekly', '2026-11-01T23:00Z', '2026-11-08T23:00Z'],
  // Clocks were set back on 1 November at 06:00 UTC.
  ['new-york-day', 'America/New_York', 'daily', '2026-11-07T05:00Z', '2026-11-08T05:00Z'],
  ['new-york-month', 'America/New_York', 'monthly', '2026-11-01T04:00Z', '2026-12-01T05:00Z'],
  ['kathmandu-day', 'Asia/Kathmandu', 'daily', '2026-11-07T18:15Z', '2026-11-08T18:15Z'],
  ['kolkata-week', 'Asia/Kolkata', 'weekly', '2026-11-01T18:30Z', '2026-11-08T18:30Z'],
  // Summer there: eleven hours ahead, ten and a half in its winter.
  ['lord-howe-3-days', 'Australia/Lord_Howe', '{ rolling: 3d }', '2026-11-05T13:00Z', '2026-11-08T13:00Z'],
  ['abidjan-week', 'Africa/Abidjan', 'weekly', '2026-11-02T00:00Z', '2026-11-09T00:00Z'],
] as const;

/** Another kind in the days of another zone, so that each kind is read by the hour. */
const KINDS: readonly (readonly [measure: string, meter: string])[] = [
  ['decisions.num_model_requests', 'requests'],
  ['embeddings.input_tokens', 'input'],
  ['moderations.input_tokens', 'input'],
  ['images.images', 'images'],
  ['audio_speeches.characters', 'characters'],
  ['audio_transcriptions.seconds', 'seconds'],
  ['code_interpreter_sessions.num_sessions', 'sessions'],
  ['file_search_calls.num_requests', 'calls'],
  ['web_search_calls.num_requests', 'calls'],
];

const world = everyKindWorld();

/** What the world did between two instants, a UTC day at a time as it can be asked. */
function leavesBetween(kind: string, from: Instant, until: Instant): Leaf[] {
  return daysFrom(utcDayOf(from), plusDays(utcDayOf(until), 1)).flatMap((day) => {
    const start = Math.max(from, startOfDay(day)) as Instant;
    const end = Math.min(until, endOfDay(day)) as Instant;
    return start < end ? world.usage(kind, start, end, LATER) : [];
  });
}

function total(leaves: readonly Leaf[], meters: readonly string[]): string {
  return String(
    leaves.reduce((sum, { counts }) => sum + meters.reduce((all, meter) => all + (counts[meter] ?? 0), 0), 0),
  );
}

describe('usage in the days of a zone', () => {
  let organization: SimulatedOrganization;
  let runner: CheckRunner;

  beforeAll(async () => {
    organization = await startSimulatedOrganization({
      world,
      now: LATER,
      adminKeys: [{ key: 'sk-admin-x', scopes: ['api.usage.read', 'api.management.read'] }],
    });
    runner = checkRunner({ OPENAI_ADMIN_KEY: 'sk-admin-x', OPENAI_BASE_URL: organization.baseUrl });
  });
  afterAll(async () => {
    runner[Symbol.dispose]();
    await organization.close();
  });

  const spentBy = async (budgets: readonly string[]) => {
    runner.writeBudgets(`budgets:\n${budgets.map((budget) => `  - { ${budget} }`).join('\n')}\n`);
    const { document } = await runner.run(TICK);
    expect(document.problems).toEqual([]);
    return document.budgets;
  };

  it('is counted from midnight to midnight, to the token', async () => {
    const limit = 'measure: completions.total_tokens, limit: 1000000000000';
    const shown = await spentBy(
      PERIODS.map(([id, zone, period]) => `id: ${id}, ${limit}, period: ${period}, timezone: ${zone}`),
    );
    for (const [id, , , from, until] of PERIODS) {
      const end = Math.min(instantOf(until), END_OF_TODAY) as Instant;
      const budget = shown.find((candidate) => candidate.id === id);
      expect({ id, spent: budget?.spent, missing: budget?.missingDays }).toEqual({
        id,
        spent: total(leavesBetween('completions', instantOf(from), end), TOKENS),
        missing: [],
      });
      expect(budget).not.toHaveProperty('countedDays');
    }
  });

  it('is so for each kind that adds up, and for each member', async () => {
    const shown = await spentBy(
      KINDS.map(
        ([measure], at) =>
          `id: kind-${at}, each: project, measure: ${measure}, limit: 1000000000, period: weekly, timezone: America/New_York`,
      ),
    );
    KINDS.forEach(([measure, meter], at) => {
      const [kind = ''] = measure.split('.');
      // Monday 00:00 in New York, a day after its clocks were set back.
      const leaves = leavesBetween(kind, instantOf('2026-11-02T05:00Z'), END_OF_TODAY);
      const projects = Map.groupBy(leaves, ({ dimensions }) => dimensions.project_id ?? 'unattributed');
      const spent = shown.filter(({ id }) => id === `kind-${at}`).map((of) => [of.scope.project, of.spent]);
      expect(Object.fromEntries(spent), measure).toEqual(
        Object.fromEntries([...projects].map(([project, own]) => [project, total(own, [meter])])),
      );
    });
  });

  it('asks for hours where hours will do, for minutes where they must be, and for days of costs and levels', async () => {
    const asked = organization.requests.length;
    await spentBy(
      [
        'id: usd, limit: 100000, period: monthly, timezone: Asia/Kathmandu',
        'id: stored, measure: vector_stores.usage_bytes, limit: 1e12, period: daily, timezone: Asia/Kathmandu',
        'id: hours, measure: images.images, limit: 1e12, period: daily, timezone: Europe/Berlin, scope: { project: proj_beta }',
        'id: minutes, measure: embeddings.input_tokens, limit: 1e12, period: daily, timezone: Asia/Kathmandu',
        'id: plain, measure: moderations.input_tokens, limit: 1e12, period: daily',
      ].map((budget) => budget.replace('1e12', '1000000000000')),
    );
    const widths = organization.requests
      .slice(asked)
      .filter(({ query }) => query.includes('bucket_width'))
      .map(({ path, query }) => {
        const parameters = new URLSearchParams(query);
        return [path.replace(/.*\//, ''), parameters.get('bucket_width'), parameters.getAll('project_ids')];
      });
    expect(Object.fromEntries(widths.map(([kind, width, projects]) => [kind, [width, projects]]))).toEqual({
      costs: ['1d', []],
      vector_stores: ['1d', []],
      images: ['1h', ['proj_beta']],
      embeddings: ['1m', []],
      moderations: ['1d', []],
    });
  });
});
