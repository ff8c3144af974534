// The check use case over real stores: once per breach, whoever dies, refuses, is slow or comes second.
import { beforeEach, describe, expect, it } from 'vitest';
import { plusMs } from '../../lib/time/instant.ts';
import { budgetOf } from '../fakes/budgets-of.ts';
import { costRow } from '../fakes/day-of-rows.ts';
import { type RunWorld, runWorld } from '../fakes/run-world.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = '2026-11-20T10:00:00Z';
const NEXT = '2026-11-20T10:15:00Z';

let world: RunWorld;
const spend = (amount: string, day = '2026-11-19') =>
  world.rows.set(day, [costRow(['proj_a', 'gpt-5, input', amount])]);
/** Ledger writes, but for the word that a run took place. */
const claims = () => world.tables.ledger.requests.writes - 1;
const sentIds = () => world.messages.flatMap(({ alerts }) => alerts.map(({ id }) => id));

beforeEach(async () => {
  world = runWorld();
  await world.apply(TICK, { id: 'org', limit: '100' });
  spend('85');
  await world.collect(TICK);
});

describe('a breach', () => {
  it('is sent once and recorded: two writes for the latch and one that a run took place, then none', async () => {
    await world.check(TICK);
    expect(world.tables.ledger.requests.writes).toBe(3);
    const second = await world.check(NEXT);
    expect([sentIds().length, second.delivered, second.problems]).toEqual([1, [], []]);
    expect(world.tables.ledger.requests.writes).toBe(3);
  });

  it('names its project and what it was spent on', async () => {
    world.names.set('proj_a', 'Search');
    await world.collect('2026-11-21T10:00:00Z');
    await world.check(TICK);
    expect(world.messages[0]?.text).toContain('Search: gpt-5, input\n      $85.00  100 %');
  });

  it('waits for no name: it is sent where those that are stored cannot be read, and they are read anew', async () => {
    world.names.set('proj_a', 'Search');
    await world.tables.spend.put({ pk: 'org#names', sk: 'project', names: 'of a later version' }, 'none');
    expect((await world.check(TICK)).delivered).toHaveLength(1);
    expect((await world.collect(NEXT)).problems).toEqual([]);
    expect(await world.remembered.projectNames('org')).toMatchObject({ names: world.names });
  });

  it('that was refused is sent by the next run, from the snapshot that was claimed', async () => {
    world.deliver = () => ({ outcome: 'refused', why: 'throttled' });
    const refused = await world.check(TICK);
    expect(refused.delivered).toEqual([]);
    expect(refused.problems.map(({ code }) => code)).toEqual(['delivery-refused']);
    world.deliver = () => ({ outcome: 'accepted' });
    spend('90');
    await world.collect(NEXT);
    const next = await world.check(NEXT);
    expect(next.delivered.map(({ alert }) => alert.spent)).toEqual(['85']);
    expect((await world.check(NEXT)).delivered).toEqual([]);
  });

  it('whose answer was lost waits for its lease, then is sent again under the same id', async () => {
    world.deliver = () => ({ outcome: 'unknown', why: 'timeout' });
    await world.check(TICK);
    world.deliver = () => ({ outcome: 'accepted' });
    expect((await world.check(NEXT)).delivered).toEqual([]);
    world.now = plusMs(world.now, 121_000);
    expect((await world.check(NEXT)).delivered).toHaveLength(1);
    expect(new Set(sentIds()).size).toBe(1);
    expect(sentIds()).toHaveLength(2);
  });

  it('claimed by a run that died is taken over when the lease has ended, or at once by whoever is alone', async () => {
    for (const alone of [false, true]) {
      world = runWorld();
      await world.apply(TICK, { id: 'org', limit: '100' });
      spend('85');
      await world.collect(TICK);
      world.deliver = () => {
        throw new Error('killed');
      };
      await expect(world.check(TICK)).rejects.toThrow('killed');
      world.deliver = () => ({ outcome: 'accepted' });
      expect((await world.check(NEXT, { alone })).delivered).toHaveLength(alone ? 1 : 0);
      world.now = plusMs(world.now, 120_001);
      await world.check(NEXT);
      expect(sentIds()).toHaveLength(1);
    }
  });

  it('is sent by one of many runs that start at the same time', async () => {
    const reports = await Promise.all(Array.from({ length: 20 }, () => world.check(TICK)));
    expect(reports.filter(({ delivered }) => delivered.length > 0)).toHaveLength(1);
    expect(sentIds()).toHaveLength(1);
  });

  it('is left for the next run when too little time is left to send it', async () => {
    const late = await world.check(TICK, { deadline: plusMs(world.now, 19_000) });
    expect(late.problems.map(({ code }) => code)).toEqual(['no-time-to-claim']);
    expect([sentIds(), claims()]).toEqual([[], 0]);
    expect((await world.check(NEXT)).delivered).toHaveLength(1);
  });

  it('is not sent on a lease that is about to end, as after a sleep of the machine', async () => {
    world.names.set('proj_a', 'x');
    const deadline = plusMs(world.now, 60_000);
    world.ledgerFate = (operation) => {
      if (operation.kind === 'put') world.now = plusMs(deadline, 46_000);
      return 'works';
    };
    const slept = await world.check(TICK, { deadline });
    expect(slept.problems.map(({ code }) => code)).toEqual(['delivery-refused']);
    expect(sentIds()).toEqual([]);
  });

  it('that another run took over is recorded by that one; the first says that it came too late', async () => {
    world.deliver = async () => {
      world.deliver = () => ({ outcome: 'accepted' });
      await world.check(NEXT, { alone: true });
      return { outcome: 'accepted' };
    };
    const slow = await world.check(TICK);
    expect(slow.problems.map(({ code }) => code)).toEqual(['late-record']);
    expect(new Set(sentIds()).size).toBe(1);
    expect((await world.check(NEXT)).delivered).toEqual([]);
  });

  it('is not lost when the answer to a claim or a record is', async () => {
    world.ledgerFate = ({ kind }) => (kind === 'put' ? 'loses-answer' : 'works');
    const report = await world.check(TICK);
    expect([report.delivered.length, report.problems]).toEqual([1, []]);
    expect((await world.check(NEXT)).delivered).toEqual([]);
  });
});

describe('while nobody listens', () => {
  it('nothing is claimed, and everything is said once somebody does', async () => {
    world.hasAudience = false;
    const unheard = await world.check(TICK);
    expect(unheard.problems.map(({ code }) => code)).toEqual(['nobody-subscribed']);
    expect([sentIds(), await world.latches()]).toEqual([[], []]);
    expect(world.notices.map(({ attributes }) => attributes.code)).toEqual(['NoConfirmedSubscriber']);
    world.hasAudience = true;
    expect((await world.check(NEXT)).delivered).toHaveLength(1);
  });

  it('nobody is asked about it unless there is something to say', async () => {
    await world.check(TICK);
    await world.check(NEXT);
    expect(world.audienceQuestions).toBe(1);
  });
});

describe('a limit that was changed', () => {
  it('announces at once what is already spent under the new one', async () => {
    await world.check(TICK);
    await world.apply(NEXT, { id: 'org', limit: '50' });
    const report = await world.check(NEXT);
    expect(report.delivered.map(({ alert }) => [alert.reason, alert.threshold])).toEqual([
      ['limit-changed', '100%'],
    ]);
  });
});

describe('a closed period', () => {
  it('is evaluated for 35 days and no longer', async () => {
    await world.apply('2026-10-01', { id: 'late', limit: '10', thresholds: ['100%'] });
    await world.check('2026-10-31T23:00:00Z');
    spend('20', '2026-10-30');
    await world.collect('2026-11-02T00:00:00Z');
    const inTime = await world.check('2026-12-05T23:59:59Z');
    expect(inTime.delivered.map(({ alert }) => [alert.period.key, alert.late])).toContainEqual([
      '2026-10',
      true,
    ]);
    world = runWorld();
    await world.apply('2026-10-01', { id: 'late', limit: '10', thresholds: ['100%'] });
    spend('20', '2026-10-30');
    await world.collect('2026-11-02T00:00:00Z');
    expect((await world.check('2026-12-06T00:00:00Z')).delivered).toEqual([]);
  });
});

describe('50 budgets on each of 200 projects, all breached', () => {
  it('are a few grouped messages, 100 ledger writes, and silence in the second run', async () => {
    world = runWorld();
    const budgets = Array.from({ length: 50 }, (_, index) => ({
      id: `each-${index}`,
      each: true,
      limit: '1',
    }));
    await world.apply(TICK, ...budgets);
    world.rows.set(
      '2026-11-19',
      Array.from({ length: 200 }, (_, index) => costRow([`proj_${index}`, 'gpt-5, input', '2'])),
    );
    await world.collect(TICK);
    const report = await world.check(TICK);
    expect(report.delivered).toHaveLength(10_000);
    expect(new Set(sentIds()).size).toBe(10_000);
    expect(world.messages.length).toBe(1);
    expect(world.tables.ledger.requests.writes).toBe(101);
    expect((await world.check(NEXT)).delivered).toEqual([]);
  });
});

describe('a storm that one claim cannot hold', () => {
  it('is sent over several runs: all of it, each once, and the message says how many wait', async () => {
    world = runWorld();
    const labels = { note: 'n'.repeat(200) };
    await world.apply(TICK, {
      id: 'each',
      name: 'b'.repeat(100),
      each: true,
      limit: '1',
      thresholds: ['100%'],
      labels,
    });
    world.rows.set(
      '2026-11-19',
      Array.from({ length: 999 }, (_, index) => costRow([`proj_${'p'.repeat(150)}_${index}`, 'x', '2'])),
    );
    await world.collect(TICK);
    const first = await world.check(TICK);
    const waiting = 999 - first.delivered.length;
    expect(waiting).toBeGreaterThan(0);
    expect(world.messages[0]?.text).toContain(`${waiting} further alerts did not fit into this run`);
    await world.check(NEXT);
    expect(sentIds()).toHaveLength(999);
    expect(new Set(sentIds()).size).toBe(999);
  });
});

describe('a storm on a route, more than one claim can hold', () => {
  it('is no news to another route, which has its own alert', async () => {
    world = runWorld();
    world.routeNames = ['default', 'team'];
    const labels = { note: 'n'.repeat(200) };
    await world.apply(
      TICK,
      { id: 'each', name: 'b'.repeat(100), each: true, limit: '1', thresholds: ['100%'], labels },
      { id: 'team', limit: '1', thresholds: ['100%'], notify: ['team'] },
    );
    world.rows.set(
      '2026-11-19',
      Array.from({ length: 999 }, (_, index) => costRow([`proj_${'p'.repeat(150)}_${index}`, 'x', '2'])),
    );
    await world.collect(TICK);
    await world.check(TICK);
    const waiting = new Map(world.messages.map(({ attributes, text }) => [attributes.route, text]));
    expect(waiting.get('default')).toMatch(/^\d+ further alerts did not fit into this run/);
    expect(waiting.get('team')).not.toContain('did not fit');
  });
});

describe('what sums leave out', () => {
  it('is said: other currencies and rows without an amount', async () => {
    world.rows.set('2026-11-20', [
      costRow(['proj_a', 'x', '5', 'eur']),
      costRow(['proj_a', 'y', null]),
      costRow(['proj_a', 'z', '1']),
    ]);
    await world.collect(NEXT);
    const report = await world.check(NEXT);
    expect(report.problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['rows-without-value', 'warning'],
      ['rows-in-other-currency', 'warning'],
    ]);
    expect(report.observations.map(({ spent }) => spent)).toEqual([86n * 10n ** 40n]);
  });
});

describe('what the sums of several budgets leave out', () => {
  it('is said once for each measure, however many sums are made of it', async () => {
    await world.declare(NEXT, [
      budgetOf({ id: 'org' }),
      { ...budgetOf({ id: 'input' }), scope: { line_item: ['gpt-5, input'] } },
    ]);
    world.rows.set('2026-11-20', [costRow(['proj_a', 'gpt-5, input', null])]);
    await world.collect(NEXT);
    const { problems } = await world.check(NEXT);
    expect(problems.map(({ code, path, message }) => [code, path, message])).toEqual([
      ['rows-without-value', 'measures.cost', 'OpenAI sent 1 rows without cost: sums are lower bounds.'],
    ]);
  });
});

describe('an alert on the first day that was read', () => {
  it('says that no day is complete', async () => {
    world = runWorld();
    await world.apply(TICK, { id: 'today', limit: '10', period: 'daily' });
    for (const day of ['2026-11-17', '2026-11-18', '2026-11-19']) world.rows.set(day, null);
    spend('8', '2026-11-20');
    await world.collect(TICK);
    await world.check(TICK);
    expect(world.messages[0]?.text).toContain('read 20 Nov 10:00 UTC; no day has been read completely yet');
  });
});

describe('an idle check', () => {
  it('reads budgets, latches and one dataset, once each, and writes nothing', async () => {
    await world.check(TICK);
    const before = { ...world.tables.spend.requests };
    await world.check(NEXT);
    expect(world.tables.spend.requests.reads - before.reads).toBe(1);
    expect(world.tables.spend.requests.writes).toBe(before.writes);
    expect(instantOf(NEXT)).toBeGreaterThan(instantOf(TICK));
  });
});
