// The collect use case over real stores: what is asked, what is kept, and what a failure leaves alone.
import { beforeEach, describe, expect, it } from 'vitest';
import { SourceError } from '../../lib/spend/usage-source.ts';
import { costRow } from '../fakes/day-of-rows.ts';
import { type RunWorld, runWorld } from '../fakes/run-world.ts';

const TICK = '2026-11-20T10:00:00Z';
const NEXT = '2026-11-20T11:00:00Z';

let world: RunWorld;
const spentAt = async (tick: string) =>
  (await world.check(tick)).observations.map(({ spent }) => Number(spent / 10n ** 40n));

beforeEach(() => {
  world = runWorld();
});

describe('a collect', () => {
  it('asks for nothing that no budget needs', async () => {
    await world.apply(TICK, { id: 'org' });
    expect(await world.collect(TICK, 'completions')).toMatchObject({ needed: false, requests: 0 });
    expect(world.requests).toEqual([]);
  });

  it('ends with a defect, which is no failure of the source and is not stored as one', async () => {
    await world.apply(TICK, { id: 'org' });
    world.failure = new TypeError('a defect');
    await expect(world.collect(TICK)).rejects.toThrow('a defect');
    expect(world.tables.spend.requests.writes).toBe(0);
  });

  it('reads the month at first, then the trailing days', async () => {
    await world.apply(TICK, { id: 'org' });
    await world.collect(TICK);
    await world.collect(NEXT);
    expect(world.requests).toEqual(['costs 2026-11-01/2026-11-21', 'costs 2026-11-17/2026-11-21']);
  });

  it('of unchanged days is one read and one write', async () => {
    await world.apply(TICK, { id: 'org' });
    world.rows.set('2026-11-19', [costRow(['proj_a', 'x', '1'])]);
    world.names.set('proj_a', 'Search');
    await world.collect(TICK);
    await world.collect(NEXT);
    const before = { ...world.tables.spend.requests };
    expect(await world.collect('2026-11-20T12:00:00Z')).toMatchObject({ daysRead: 4, daysChanged: 0 });
    const { reads, writes } = world.tables.spend.requests;
    // The root and the names are read; the root is written.
    expect([reads - before.reads, writes - before.writes]).toEqual([2, 1]);
  });

  it('replaces whole days, up or down', async () => {
    await world.apply(TICK, { id: 'org' });
    for (const [tick, amount] of [
      [TICK, '10'],
      [NEXT, '7'],
      ['2026-11-20T12:00:00Z', '12'],
    ] as const) {
      world.rows.set('2026-11-19', [costRow(['proj_a', 'x', amount])]);
      await world.collect(tick);
      expect(await spentAt(tick)).toEqual([Number(amount)]);
    }
  });

  it('counts the rows of another kind, and warns of days on which there is nothing else', async () => {
    await world.apply(TICK, { id: 'org' });
    world.rows.set('2026-11-18', [costRow(['proj_a', 'x', '1'])]);
    world.ignoredRows.set('2026-11-18', 2).set('2026-11-19', 3);
    const report = await world.collect(TICK);
    expect(report.ignoredRows).toBe(5);
    expect(report.problems).toMatchObject([
      { code: 'rows-of-another-kind', path: 'sources.costs', severity: 'warning' },
    ]);
    expect(report.problems[0]?.message).toContain('for 2026-11-19, and');
    expect(await spentAt(TICK)).toEqual([1]);
  });

  it('fills a year in several requests, the present first, and commits each', async () => {
    await world.apply(TICK, { id: 'org', period: 'yearly' });
    world.rows.set('2026-01-05', [costRow(['proj_a', 'x', '3'])]);
    expect(await world.collect(TICK)).toMatchObject({ requests: 2, daysRead: 324 });
    expect(world.requests).toEqual(['costs 2026-06-30/2026-11-21', 'costs 2026-01-01/2026-06-30']);
    expect(await spentAt(TICK)).toEqual([3]);
  });

  it('leaves a day without a bucket unknown, and asks for it again', async () => {
    await world.apply(TICK, { id: 'org' });
    world.rows.set('2026-11-05', null);
    await world.collect(TICK);
    expect((await world.check(TICK)).observations[0]?.missingDays).toEqual(['2026-11-05']);
    await world.collect(NEXT);
    expect(world.requests.at(-1)).toBe('costs 2026-11-05/2026-11-06');
  });

  it('that fails says so, keeps what is known, and is over with the next success', async () => {
    await world.apply(TICK, { id: 'org' });
    world.rows.set('2026-11-19', [costRow(['proj_a', 'x', '10'])]);
    await world.collect(TICK);
    world.failure = new SourceError('openai-unavailable', 'OpenAI answered 502.');
    const failed = await world.collect(NEXT);
    expect(failed.problems).toMatchObject([
      { code: 'openai-unavailable', path: 'sources.costs', severity: 'error' },
    ]);
    const report = await world.check(NEXT);
    expect(report.sources).toMatchObject([{ state: 'failing', completeThrough: '2026-11-19' }]);
    expect(await spentAt(NEXT)).toEqual([10]);
    world.failure = null;
    await world.collect('2026-11-20T12:00:00Z');
    expect((await world.check('2026-11-20T12:00:00Z')).sources).toMatchObject([{ state: 'fresh' }]);
  });

  it('that runs out of time while catching up goes on in the next run and is no failure', async () => {
    await world.apply(TICK, { id: 'org', period: 'yearly' });
    world.rows = new Proxy(world.rows, {
      get(target, key) {
        if (key === 'get' && world.requests.length === 2)
          throw new SourceError('openai-deadline', 'No time left.');
        const value = Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    expect(await world.collect(TICK)).toMatchObject({ requests: 2, problems: [] });
    expect((await world.check(TICK)).observations[0]?.missingDays).toHaveLength(180);
    await world.collect(NEXT);
    expect((await world.check(NEXT)).observations[0]?.missingDays).toEqual([]);
  });

  it('is stale after six hours of silence', async () => {
    await world.apply(TICK, { id: 'org' });
    await world.collect(TICK);
    const stateAt = async (tick: string) => (await world.check(tick)).sources[0]?.state;
    expect(await stateAt('2026-11-20T16:00:00Z')).toBe('fresh');
    expect(await stateAt('2026-11-20T16:00:01Z')).toBe('stale');
  });

  it('is stale while an ended day has been missing for 36 hours', async () => {
    await world.apply('2026-11-15', { id: 'org' });
    world.rows.set('2026-11-18', null);
    await world.collect('2026-11-20T12:00:00Z');
    expect((await world.check('2026-11-20T12:00:00Z')).sources[0]?.state).toBe('fresh');
    await world.collect('2026-11-20T13:00:00Z');
    expect((await world.check('2026-11-20T13:00:00Z')).sources[0]?.state).toBe('stale');
  });

  it('learns the name of a new project within the hour, and otherwise once a day', async () => {
    await world.apply(TICK, { id: 'org', each: true, limit: '1' });
    world.names.set('proj_a', 'Search');
    world.rows.set('2026-11-20', [costRow(['proj_a', 'x', '2'])]);
    await world.collect(TICK);
    world.names.set('proj_b', 'Newcomer');
    world.rows.set('2026-11-20', [costRow(['proj_a', 'x', '2']), costRow(['proj_b', 'x', '2'])]);
    await world.collect('2026-11-20T11:00:00Z');
    await world.check('2026-11-20T11:00:00Z');
    expect(world.messages[0]?.text).toContain('Newcomer (proj_b)');
  });
});
