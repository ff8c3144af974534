// What the doctor makes of what is stored, by planted faults; and that a look that fails hides no other.
import { beforeEach, describe, expect, it } from 'vitest';
import { BudgetAlertsError } from '../../lib/errors.ts';
import { examine } from '../../lib/run/examine.ts';
import { storedProbes } from '../../lib/run/examine-stored.ts';
import { type Finding, fine } from '../../lib/run/finding.ts';
import { SourceError } from '../../lib/spend/usage-source.ts';
import { formatInstant, HOUR_MS, plusMs } from '../../lib/time/instant.ts';
import { daysFrom } from '../../lib/time/utc-day.ts';
import { costRow } from '../fakes/day-of-rows.ts';
import { type RunWorld, runWorld } from '../fakes/run-world.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const TICK = '2026-11-20T10:00:00Z';
const LATER = '2026-11-20T10:20:00Z';

let world: RunWorld;

async function findings(tick = LATER, isScheduled = true): Promise<Finding[]> {
  const state = { ...world.stores, routes: { names: world.routeNames }, clock: { now: () => world.now } };
  return await examine(storedProbes({ organization: 'org', tick: instantOf(tick), isScheduled }, state));
}

async function wrong(tick = LATER, isScheduled = true): Promise<Finding[]> {
  return (await findings(tick, isScheduled)).filter(({ state }) => state !== 'ok');
}

beforeEach(async () => {
  world = runWorld();
  await world.apply(TICK, { id: 'org', limit: '100' });
  world.rows.set('2026-11-19', [costRow(['proj_a', 'x', '85'])]);
  await world.collect(TICK);
  await world.check(TICK);
});

describe('what is stored', () => {
  it('is fine where nothing was planted, and says so of everything', async () => {
    expect((await findings()).map(({ check, state, message }) => `${state} ${check}: ${message}`)).toEqual([
      'ok budgets: 1 stored budget can be read.',
      'ok routes: Every route that a budget names is there.',
      'ok check: The last check ran at 2026-11-20T10:00:00Z.',
      'ok deliveries: No alert waits for its delivery.',
      'ok dead-deliveries: No alert was given up.',
      'ok notices: Operations have nothing open.',
      'ok source.costs: OpenAI costs was last read at 2026-11-20T10:00:00Z, complete through 2026-11-19.',
    ]);
  });

  it('is only looked at', async () => {
    const traces = () => [
      ...Object.values(world.tables).map(({ requests }) => requests.writes),
      world.messages.length + world.notices.length + world.requests.length,
    ];
    const before = traces();
    await findings();
    expect(traces()).toEqual(before);
  });

  interface Planted {
    readonly fault: string;
    readonly plant: () => Promise<void> | void;
    readonly at?: string;
    readonly expected: readonly [state: string, check: string, message: string, fix: string];
  }

  it.each<Planted>([
    {
      fault: 'a row of budgets that cannot be read',
      plant: async () =>
        void (await world.tables.budgets.put({ pk: 'org', sk: 'budget#bad', spec: '{' }, 'none')),
      expected: ['failed', 'budgets', 'BudgetRejected', 'Apply the budgets file again'],
    },
    {
      fault: 'a budget on a route that is not deployed',
      plant: () => world.apply(TICK, { id: 'org', limit: '100', notify: ['oncal'] }),
      expected: ['failed', 'routes', 'UnknownRoute', 'add the route to `routes` and deploy'],
    },
    {
      fault: 'a check that does not run any more',
      plant: () => {},
      at: '2026-11-20T13:00:01Z',
      expected: [
        'failed',
        'check',
        'CheckNotRunning',
        'last ran at 20 Nov 10:00 UTC. See whether its schedule',
      ],
    },
    {
      fault: 'a source that OpenAI refuses',
      plant: async () => {
        world.failure = new SourceError('openai-key-rejected', 'Make an admin key.');
        await world.collect('2026-11-20T10:10:00Z');
      },
      expected: ['failed', 'source.costs', 'the admin key is rejected (SourceFailing)', 'Make an admin key.'],
    },
    {
      fault: 'a source that has failed for minutes',
      plant: async () => {
        world.failure = new SourceError('openai-unavailable', 'The next run tries again.');
        await world.collect('2026-11-20T10:10:00Z');
      },
      expected: [
        'warning',
        'source.costs',
        'has failed since 2026-11-20T10:10:00Z (openai-unavailable)',
        'The next run tries again.',
      ],
    },
    {
      fault: 'alerts that wait',
      plant: async () => {
        world.deliver = () => ({ outcome: 'refused', why: 'no' });
        await world.apply(TICK, { id: 'org', limit: '50' });
        await world.check('2026-11-20T10:10:00Z');
        world.now = plusMs(world.now, HOUR_MS + 1);
      },
      expected: ['failed', 'deliveries', 'DeliveryOverdue', 'the log group of check-budgets says why'],
    },
  ])('shows $fault', async ({ plant, at, expected: [state, check, message, fix] }) => {
    await plant();
    const found = (await wrong(at)).filter((one) => one.check === check);
    expect(found).toHaveLength(1);
    expect(found[0]?.state).toBe(state);
    expect(found[0]?.message).toContain(message);
    expect(found[0]?.fix).toContain(fix);
  });

  it('shows that no check has ever run, and that nothing was read', async () => {
    world = runWorld();
    await world.apply(TICK, { id: 'org', limit: '100' });
    expect((await wrong()).map(({ state, check, fix }) => [state, check, fix])).toEqual([
      [
        'failed',
        'check',
        expect.stringContaining('It has never run; in a new deployment the first run comes within'),
      ],
      ['warning', 'source.costs', 'The collectors run within the hour; look again then.'],
    ]);
  });

  it('shows that there are no budgets', async () => {
    world = runWorld();
    await world.check(TICK);
    expect((await wrong()).map(({ state, check }) => [state, check])).toEqual([['warning', 'budgets']]);
  });

  it('shows that a source is stale', async () => {
    // Read at 10:00 and silent for more than 6 hours.
    await world.check('2026-11-20T16:00:01Z');
    const found = (await wrong('2026-11-20T16:00:01Z')).filter(({ check }) => check.startsWith('source'));
    expect(found.map(({ state, message }) => [state, message])).toEqual([
      ['failed', 'The data of OpenAI costs is out of date (SourceStale)'],
    ]);
    expect(found[0]?.fix).toContain('See whether the collector runs');
  });

  it('shows an alert that was given up: as failed while its period matters, as a warning afterwards', async () => {
    world.deliver = () => ({ outcome: 'refused', why: 'no' });
    await world.apply(TICK, { id: 'org', limit: '50' });
    // Fourteen refusals over three days and a quarter.
    for (let run = 0; run < 14; run += 1) {
      await world.check(formatInstant(world.now));
      world.now = plusMs(world.now, 6 * HOUR_MS);
    }
    const dead = async (tick: string) =>
      (await wrong(tick)).filter(({ check }) => check === 'dead-deliveries');
    const [now] = await dead('2026-11-23T22:20:00Z');
    expect(now).toMatchObject({ state: 'failed', message: expect.stringContaining('DeliveryDead') });
    expect(now?.fix).toContain('Nobody was told about: org (-)');
    // November ended on December 1; 35 days later is January 5.
    expect((await dead('2027-01-04T23:59:59Z')).map(({ state }) => state)).toEqual(['failed']);
    expect((await dead('2027-01-05T00:00:00Z')).map(({ state }) => state)).toEqual(['warning']);
  });

  it('shows what operations were told and is not over', async () => {
    world.hasAudience = false;
    await world.heartbeat('2026-11-20T10:16:00Z');
    expect((await wrong()).map(({ state, check, message }) => [state, check, message])).toEqual([
      [
        'warning',
        'notice.audience',
        'Operations were told of NoConfirmedSubscriber at 2026-11-20T10:16:00Z, and not yet that it is over.',
      ],
    ]);
  });

  it('has nothing to show of a notice that is over', async () => {
    world.hasAudience = false;
    await world.heartbeat('2026-11-20T10:16:00Z');
    world.hasAudience = true;
    await world.heartbeat('2026-11-20T10:17:00Z');
    expect(await wrong()).toEqual([]);
    expect((await findings()).map(({ message }) => message)).toContain('Operations have nothing open.');
  });

  it('shows a source of which no day has ended yet', async () => {
    world = runWorld();
    await world.apply(TICK, { id: 'org', limit: '100' });
    for (const day of daysFrom(dayOf('2026-10-01'), dayOf('2026-11-20'))) world.rows.set(day, null);
    await world.collect(TICK);
    expect((await findings()).find(({ check }) => check === 'source.costs')).toMatchObject({
      state: 'ok',
      message: 'OpenAI costs was last read at 2026-11-20T10:00:00Z, complete through no day yet.',
    });
  });

  it('shows on a laptop that nothing was read, and what reads it', async () => {
    world = runWorld();
    await world.apply(TICK, { id: 'org', limit: '100' });
    expect((await wrong(LATER, false)).find(({ check }) => check === 'source.costs')).toMatchObject({
      state: 'warning',
      message: 'OpenAI costs has not been read yet.',
      fix: '`budget-alerts check` reads it.',
    });
  });

  it('fails nobody on a laptop for what nothing runs by itself', async () => {
    const found = await wrong('2026-11-21T10:00:00Z', false);
    expect(found.map(({ state, check }) => [state, check])).toEqual([
      ['warning', 'check'],
      ['warning', 'source.costs'],
    ]);
    expect(found[0]?.fix).toContain('run `budget-alerts check`');
  });
});

describe('an examination', () => {
  it('goes on where a probe fails, and shows the failure in its place', async () => {
    const throwing = (check: string, error: unknown) => ({ check, examine: () => Promise.reject(error) });
    expect(
      await examine([
        throwing('first', new BudgetAlertsError('state-unavailable', 'Check the network.')),
        throwing('second', new TypeError('secret text')),
        throwing('a text', 'secret text'),
        { check: 'third', examine: async () => [fine('third', 'All is well.')] },
      ]),
    ).toEqual([
      {
        check: 'first',
        state: 'failed',
        message: 'It could not be examined (state-unavailable).',
        fix: 'Check the network.',
      },
      {
        check: 'second',
        state: 'failed',
        message: 'It could not be examined (TypeError).',
        fix: expect.stringContaining('Report it'),
      },
      {
        check: 'a text',
        state: 'failed',
        message: 'It could not be examined (string).',
        fix: expect.stringContaining('Report it'),
      },
      { check: 'third', state: 'ok', message: 'All is well.', fix: null },
    ]);
  });

  it('shows each look at a store that is broken on its own', async () => {
    world.ledgerFate = () => {
      throw new BudgetAlertsError('state-unavailable', 'There is no table "ledger".');
    };
    expect((await wrong()).map(({ check, fix }) => [check, fix])).toEqual([
      ['ledger', 'There is no table "ledger".'],
    ]);
  });
});
