// The world behind the server: repeatable, plausible, and with costs that follow from usage by the price list.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEMO_PROJECTS } from '../../../lib/local/simulated-organization/demo-projects.ts';
import { DEMO_DAYS, DEMO_SEED, DEMO_START } from '../../../lib/local/simulated-organization/demo-world.ts';
import { createWorld, type World } from '../../../lib/local/simulated-organization/world.ts';
import { HOUR_MS, MINUTE_MS, plusMs } from '../../../lib/time/instant.ts';
import { daysFrom, endOfDay, plusDays, startOfDay, type UtcDay } from '../../../lib/time/utc-day.ts';
import { at, sumOf, sumsOf, utcDay } from './demo-server.ts';

const DAYS = daysFrom(DEMO_START, plusDays(DEMO_START, DEMO_DAYS));
const LATER = at('2026-12-31');
const LEAD_RESEARCH = 'proj_lB9mrqrOCUV0LuULyQcpzYoj';

function demoWorld(seed = DEMO_SEED): World {
  return createWorld({ seed, start: DEMO_START });
}

function dollars(world: World, day: UtcDay, projectId?: string): number {
  const rows = world.trueCosts(day).filter((row) => projectId === undefined || row.projectId === projectId);
  return Number(sumOf(rows.map(({ amount }) => amount)));
}

describe('a world is decided by its seed', () => {
  it('whatever the order in which days, moments and kinds are asked for', () => {
    const moments = DAYS.flatMap((day) =>
      [3, 14, 30, 60].map((hours) => ({ day, now: plusMs(startOfDay(day), hours * HOUR_MS) })),
    );
    const answer = (world: World, { day, now }: (typeof moments)[number]) => ({
      costs: world.costs(day, now).map((leaf) => ({ ...leaf, amount: String(leaf.amount) })),
      usage: world.usage('completions', startOfDay(day), endOfDay(day), now).map(({ counts }) => counts),
      trueCosts: world.trueCosts(day),
    });
    const inOrder = new Map(moments.map((moment) => [moment, answer(demoWorld(), moment)]));
    fc.assert(
      fc.property(fc.shuffledSubarray(moments, { minLength: 20 }), (shuffled) => {
        const world = demoWorld();
        for (const moment of shuffled) expect(answer(world, moment)).toEqual(inOrder.get(moment));
      }),
      { numRuns: 10 },
    );
  });

  it('and another seed is another world', () => {
    expect(demoWorld(8).trueCosts(DEMO_START)).not.toEqual(demoWorld(7).trueCosts(DEMO_START));
  });
});

describe('the demonstration', () => {
  const world = demoWorld();

  it('costs about $100 to $300 a day in working weeks, and $3,500 to $5,000 in three', () => {
    const days = DAYS.map((day) => dollars(world, day));
    for (const [index, amount] of days.entries()) {
      expect(amount).toBeGreaterThan(index % 7 < 5 ? 130 : 60);
      expect(amount).toBeLessThan(320);
    }
    const total = days.reduce((sum, amount) => sum + amount, 0);
    expect(total).toBeGreaterThan(3_500);
    expect(total).toBeLessThan(5_000);
  });

  it('is quieter at weekends', () => {
    const [week, weekend] = [DAYS.slice(0, 5), DAYS.slice(5, 7)].map((days) =>
      days.map((day) => dollars(world, day)),
    );
    expect(Math.max(...(weekend ?? []))).toBeLessThan(0.7 * Math.min(...(week ?? [])));
  });

  it('works office hours', () => {
    const tokens = (hour: number) =>
      world
        .usage(
          'completions',
          plusMs(startOfDay(DEMO_START), hour * HOUR_MS),
          plusMs(startOfDay(DEMO_START), (hour + 1) * HOUR_MS),
          LATER,
        )
        .filter(({ dimensions }) => dimensions.project_id === LEAD_RESEARCH)
        .reduce((sum, { counts }) => sum + (counts.input_uncached ?? 0), 0);
    expect(tokens(5)).toBeGreaterThan(0);
    expect(tokens(13)).toBeGreaterThan(5 * tokens(5));
    expect(tokens(3)).toBe(0);
  });

  it('has one project that runs away for three days from a Friday morning on', () => {
    const usual = DAYS.slice(0, 5).map((day) => dollars(world, day, LEAD_RESEARCH));
    const mean = usual.reduce((sum, amount) => sum + amount, 0) / usual.length;
    const on = (day: string) => dollars(world, utcDay(day), LEAD_RESEARCH) / mean;
    expect(on('2026-10-15')).toBeLessThan(1.5);
    expect(on('2026-10-16')).toBeGreaterThan(4);
    expect(on('2026-10-17')).toBeGreaterThan(8);
    expect(on('2026-10-17')).toBeLessThan(10);
    expect(on('2026-10-18')).toBeGreaterThan(8);
    expect(on('2026-10-18')).toBeLessThan(10);
    expect(on('2026-10-19')).toBeGreaterThan(2.5);
    expect(on('2026-10-20')).toBeLessThan(1.5);
  });

  it('begins and ends its incident at full hours, and only in that project', () => {
    const calm = createWorld({ seed: DEMO_SEED, start: DEMO_START, incident: null });
    const friday = utcDay('2026-10-16');
    const monday = utcDay('2026-10-19');
    const hourOf = (some: World, day: UtcDay, hour: number) => {
      const from = plusMs(startOfDay(day), hour * HOUR_MS);
      const leaves = some.usage('completions', from, plusMs(from, HOUR_MS), LATER);
      return sumsOf(leaves.map((leaf) => [String(leaf.dimensions.project_id), leaf.counts.requests ?? 0]));
    };
    const { [LEAD_RESEARCH]: runaway, ...others } = hourOf(world, friday, 10);
    const { [LEAD_RESEARCH]: usual, ...calmOthers } = hourOf(calm, friday, 10);
    expect(Number(runaway)).toBeGreaterThan(3 * Number(usual));
    expect(others).toEqual(calmOthers);
    const both = (day: UtcDay, hour: number) =>
      [world, calm].map((some) => Number(hourOf(some, day, hour)[LEAD_RESEARCH] ?? 0));
    const [lastHour = 0, lastCalm = 0] = both(monday, 7);
    expect(lastHour).toBeGreaterThan(3 * lastCalm);
    // Counts are whole parts of a day's total, so outside of the incident they may differ by the rounding of one.
    for (const [hour = 0, calmHour = 0] of [both(friday, 9), both(monday, 8)]) {
      expect(Math.abs(hour - calmHour)).toBeLessThanOrEqual(1);
    }
  });

  it('has one project that is archived on the seventh day and spends nothing from then on', () => {
    const old = DEMO_PROJECTS.find(({ archivedDay }) => archivedDay !== null)?.id ?? '';
    const spent = DAYS.map((day) => dollars(world, day, old) > 0);
    expect(spent).toEqual(DAYS.map((_, index) => index < 6));
  });

  it('spends nothing before its first day', () => {
    expect(world.trueCosts(plusDays(DEMO_START, -1))).toEqual([]);
    expect(world.trueUsage('completions', plusDays(DEMO_START, -1))).toEqual([]);
  });
});

describe('a world of other projects', () => {
  it('has no incident unless it is given one, and refuses one in a project that it has not', () => {
    const projects = DEMO_PROJECTS.slice(0, 2);
    const incident = { projectId: LEAD_RESEARCH, from: startOfDay(DEMO_START), hours: 5, factor: 9 };
    expect(createWorld({ seed: 1, start: DEMO_START, projects }).projects).toHaveLength(2);
    expect(() => createWorld({ seed: 1, start: DEMO_START, projects, incident })).toThrow(LEAD_RESEARCH);
  });

  it('adds up streams of one project and model in its true totals', () => {
    const [project] = DEMO_PROJECTS;
    const [stream] = project?.streams ?? [];
    if (project === undefined || stream === undefined) throw new Error('the demonstration has no streams');
    const projects = [{ ...project, streams: [stream, stream] }];
    const world = createWorld({ seed: 1, start: DEMO_START, projects, unattributed: [], amounts: 'number' });
    const [usage, ...moreUsage] = world.trueUsage('completions', DEMO_START);
    const leaves = world.usage('completions', startOfDay(DEMO_START), endOfDay(DEMO_START), LATER);
    const [one = 0, other = 0] = leaves.map(({ counts }) => counts.output ?? 0);
    expect(one).not.toBe(other);
    expect(moreUsage).toEqual([]);
    expect(usage?.counts.output).toBe(one + other);
    const output = world.trueCosts(DEMO_START).filter(({ lineItem }) => lineItem.endsWith(', output'));
    // $10 for a million.
    expect(output.map(({ amount }) => Number(amount))).toEqual([(one + other) / 100_000]);
  });

  it('shows a project from the day on which it is created', () => {
    const [project] = DEMO_PROJECTS;
    if (project === undefined) throw new Error('the demonstration has no projects');
    const projects = [{ ...project, createdDay: 3 }];
    const world = createWorld({ seed: 1, start: DEMO_START, projects, unattributed: [] });
    const days = daysFrom(DEMO_START, plusDays(DEMO_START, 5));
    expect(days.map((day) => world.trueCosts(day).length > 0)).toEqual([false, false, false, true, true]);
  });
});

describe('costs follow from usage', () => {
  /** US dollars for a million tokens: input, cached input, cache writes, output. */
  const PRICES: Readonly<Record<string, readonly [number, number, number, number]>> = {
    'gpt-5-2025-08-07': [1.25, 0.125, 1.5, 10],
    'gpt-5-mini-2025-08-07': [0.25, 0.025, 0.3, 2],
    'gpt-5-nano-2025-08-07': [0.05, 0.005, 0.06, 0.4],
    'gpt-4.1-2025-04-14': [2, 0.5, 2.4, 8],
    'gpt-4.1-mini-2025-04-14': [0.4, 0.1, 0.48, 1.6],
    'o4-mini-2025-04-16': [1.1, 0.275, 1.32, 4.4],
    'gpt-4o-mini-2024-07-18': [0.15, 0.075, 0.18, 0.6],
    'ft-gpt-4o-mini-2024-07-18': [0.3, 0.15, 0.36, 1.2],
  };
  const ITEMS = [
    ['input', 'input_uncached'],
    ['cached input', 'input_cached'],
    ['cache writes', 'input_cache_write'],
    ['output', 'output'],
  ] as const;

  /** Tokens × price in 10^-10 dollars, which is whole for every price of the list. */
  function expectedCosts(world: World, day: UtcDay): Record<string, string> {
    const rows = world.usage('completions', startOfDay(day), endOfDay(day), LATER).flatMap((leaf) => {
      const { model, batch, project_id: projectId, api_key_id: keyId } = leaf.dimensions;
      const billedAs = String(model).startsWith('ft:') ? 'ft-gpt-4o-mini-2024-07-18' : String(model);
      const free = keyId === 'key_Q0ffSyKzbTgaoCgP';
      return ITEMS.flatMap(([item, meter], index): [string, string][] => {
        const tokens = leaf.counts[meter] ?? 0;
        if (tokens === 0) return [];
        const price = free ? 0 : (PRICES[billedAs]?.[index] ?? Number.NaN) / (batch === true ? 2 : 1);
        const units = BigInt(tokens) * BigInt(Math.round(price * 10_000));
        const key = `${projectId} ${free ? 'evals | ' : ''}${billedAs}, ${item}`;
        return [[key, `${units / 10n ** 10n}.${String(units % 10n ** 10n).padStart(10, '0')}`]];
      });
    });
    return sumsOf(rows);
  }

  const tokenCosts = (world: World, day: UtcDay) =>
    sumsOf(
      world
        .trueCosts(day)
        .filter(({ lineItem }) => lineItem.includes(', '))
        .map(({ projectId, lineItem, amount }) => [`${projectId} ${lineItem}`, amount]),
    );

  it('exactly, where amounts are numbers', () => {
    const world = createWorld({ seed: 3, start: DEMO_START, amounts: 'number' });
    for (const day of DAYS) expect(tokenCosts(world, day)).toEqual(expectedCosts(world, day));
  });

  it('to the ninth digit, where they are strings with decimals that do not end', () => {
    const world = createWorld({ seed: 3, start: DEMO_START, amounts: 'string' });
    const costs = tokenCosts(world, DEMO_START);
    const expected = expectedCosts(world, DEMO_START);
    expect(Object.keys(costs)).toEqual(Object.keys(expected));
    for (const [item, amount] of Object.entries(costs)) {
      const list = Number(expected[item]);
      expect(Math.abs(Number(amount) - list)).toBeLessThanOrEqual(list * 2e-10);
      expect(amount.split('.')[1]?.length ?? 0).toBeLessThanOrEqual(39);
    }
  });

  it('in numbers that a double gives back unchanged', () => {
    const world = createWorld({ seed: 3, start: DEMO_START, amounts: 'number' });
    for (const day of DAYS) {
      for (const { amount } of world.trueCosts(day)) expect(sumOf([Number(amount)])).toBe(amount);
    }
  });
});

describe('usage', () => {
  it('of any parts of a day adds up to the day', () => {
    const world = demoWorld();
    const totals = (from: number, until: number) => {
      const start = startOfDay(utcDay('2026-10-16'));
      const leaves = world.usage(
        'completions',
        plusMs(start, from * 1000),
        plusMs(start, until * 1000),
        LATER,
      );
      return sumsOf(
        leaves.flatMap(({ dimensions, counts }) => {
          const { project_id, model, batch } = dimensions;
          return Object.entries(counts).map(([meter, count]): [string, number] => [
            `${project_id} ${model} ${batch} ${meter}`,
            count,
          ]);
        }),
      );
    };
    const whole = totals(0, 86_400);
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 86_399 }), { maxLength: 30 }), (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), 86_400];
        const parts = edges
          .slice(1)
          .flatMap((until, index) => Object.entries(totals(edges[index] ?? 0, until)));
        expect(sumsOf(parts)).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  it('appears after minutes, never falls, and is complete within the hour', () => {
    const world = demoWorld();
    const from = at('2026-10-06T12:00:00Z');
    const until = at('2026-10-06T13:00:00Z');
    const requests = (minutes: number) =>
      world
        .usage('completions', from, until, plusMs(from, minutes * MINUTE_MS))
        .reduce((sum, { counts }) => sum + (counts.requests ?? 0), 0);
    const seen = Array.from({ length: 120 }, (_, minute) => requests(minute));
    expect(seen.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(requests(20)).toBeGreaterThan(0);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(requests(70)).toBeLessThan(requests(115));
    expect(world.usageFinalAt(until)).toBe(plusMs(from, 115 * MINUTE_MS));
    expect(requests(115)).toBe(requests(10_000));
  });
});
