// Some hundred simulated worlds in every run of the tests; `npm run simulate` plays as many as are wanted.
import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAULTS } from './faults.ts';
import { type PlayedSeed, type PlayerOptions, playSeeds } from './players.ts';
import { failureText } from './report.ts';

const SEEDS = 300;
const DAYS = 3;
const THREADS = availableParallelism();
const PLAIN: PlayerOptions = {
  days: DAYS,
  mutant: null,
  worldsOf: null,
  remembers: true,
  shrinkingReplays: 100,
};

function numbersFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, position) => first + position);
}

const sum = (played: readonly PlayedSeed[], of: (figures: PlayedSeed['played']['figures']) => number) =>
  played.reduce((total, { played: { figures } }) => total + of(figures), 0);

describe('simulated worlds', { timeout: 300_000 }, () => {
  it(`violate no invariant in ${SEEDS} histories that differ in everything`, async () => {
    const played = await playSeeds(numbersFrom(1, SEEDS), THREADS, PLAIN, ({ played: { violation } }) => {
      return violation !== null;
    });
    expect(played.map((seed) => failureText(seed, DAYS)).join('')).toBe('');
    // They are hostile enough, and enough happens in them, to mean something.
    expect(played.length).toBe(SEEDS);
    for (const fault of FAULTS)
      expect(
        sum(played, ({ faults }) => faults[fault] ?? 0),
        fault,
      ).toBeGreaterThan(0);
    expect(sum(played, ({ due }) => due)).toBeGreaterThan(SEEDS);
    expect(sum(played, ({ duplicated }) => duplicated)).toBeGreaterThan(SEEDS / 20);
    const [ticks, healthy] = [
      sum(played, (figures) => figures.ticks),
      sum(played, (figures) => figures.healthyTicks),
    ];
    expect(healthy).toBeGreaterThan(ticks / 3);
    expect(healthy).toBeLessThan(ticks * 0.9);
  });

  it('are the same whenever they are played, and whether or not pure functions remember what they said', async () => {
    const seeds = numbersFrom(1, 4);
    const traces = async (remembers: boolean) =>
      (await playSeeds(seeds, THREADS, { ...PLAIN, remembers })).map(({ played: { trace, injected } }) => {
        return { trace, injected };
      });
    const [once, again, plainly] = [await traces(true), await traces(true), await traces(false)];
    expect(again).toEqual(once);
    expect(plainly).toEqual(once);
    expect(new Set(once.map(({ trace }) => trace)).size).toBe(seeds.length);
  });

  it('come down, where they fail, to the few faults that it takes', async () => {
    const worlds = 'orphans removed before the swap';
    const options = { ...PLAIN, days: 5, mutant: worlds, worldsOf: worlds, shrinkingReplays: 300 } as const;
    const [failed] = await playSeeds(numbersFrom(1, 20), 1, options, ({ played: { violation } }) => {
      return violation !== null;
    }).then((played) => played.slice(-1));
    const { injected = [], violation } = failed?.played ?? {};
    const { schedule = [], played: shortest } = failed?.shrunk ?? {};
    expect(schedule.length).toBeGreaterThan(0);
    expect(schedule.length).toBeLessThanOrEqual(6);
    expect(schedule.length).toBeLessThan(injected.length / 4);
    expect(shortest?.violation?.invariant).toBe(violation?.invariant);
    expect(shortest?.injected).toEqual(schedule);
  });
});

describe('the model', () => {
  it.each(['chance', 'declared', 'expected-spend', 'faults', 'known-spend', 'true-spend', 'utc-periods'])(
    'works out %s without the code under test',
    (name) => {
      const source = readFileSync(join(import.meta.dirname, `${name}.ts`), 'utf8');
      expect(source).not.toContain('/lib/');
    },
  );

  it('is the only way in: nothing of a simulation is in the program', () => {
    const files = globSync('{lib,functions,infra}/**/*.ts', { cwd: join(import.meta.dirname, '../..') });
    const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
    expect(files.filter((path) => /from '.*test\//.test(read(path)))).toEqual([]);
  });
});
