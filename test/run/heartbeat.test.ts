// The heartbeat over real stores: each thing that it finds is told once when it begins and once when it ends.
import { beforeEach, describe, expect, it } from 'vitest';
import { BudgetAlertsError } from '../../lib/errors.ts';
import { heartbeat } from '../../lib/run/heartbeat.ts';
import { plusMs } from '../../lib/time/instant.ts';
import { costRow } from '../fakes/day-of-rows.ts';
import { type RunWorld, runWorld } from '../fakes/run-world.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = '2026-11-20T07:16:00Z';
const NEXT_DAY = '2026-11-21T07:16:00Z';

let world: RunWorld;
const told = () => world.notices.map(({ title }) => title);

beforeEach(async () => {
  world = runWorld();
  await world.apply(TICK, { id: 'org', limit: '100' });
  world.rows.set('2026-11-19', [costRow(['proj_a', 'x', '85'])]);
  await world.collect('2026-11-20T07:00:00Z');
  await world.check('2026-11-20T07:10:00Z');
  await world.heartbeat(TICK);
});

describe('a heartbeat', () => {
  it('has nothing to tell while all is well', () => {
    expect(told()).toEqual([]);
  });

  it('tells once that nobody would hear, and once that it is over', async () => {
    world.hasAudience = false;
    await world.heartbeat(NEXT_DAY);
    await world.heartbeat('2026-11-21T08:16:00Z');
    expect(told().filter((title) => title.includes('Nobody'))).toEqual(['Nobody would hear an alert']);
    expect(world.notices[0]?.text).toContain('A subscription to the alerts topic waits for its confirmation');
    world.hasAudience = true;
    await world.check('2026-11-21T09:00:00Z');
    await world.heartbeat('2026-11-21T09:16:00Z');
    expect(told()).toContain('Resolved: somebody hears alerts');
  });

  it('tells once that subscribers were lost, and that it is over when as many are back', async () => {
    const LOST = 'The alerts topic has lost subscribers: 3 before, 2 now';
    world.confirmed = 3;
    await world.heartbeat(TICK);
    world.confirmed = 2;
    for (let day = 0; day < 3; day += 1) await world.heartbeat(TICK);
    expect(told()).toEqual([LOST]);
    world.confirmed = 3;
    await world.heartbeat(TICK);
    expect(told()).toEqual([LOST, 'Resolved: no further subscribers were lost']);
  });

  it('tells that the check does not run', async () => {
    await world.heartbeat('2026-11-20T10:10:00Z');
    expect(told()).toEqual([]);
    await world.heartbeat('2026-11-20T10:10:01Z');
    expect(told()).toEqual(['The check of budgets does not run']);
    expect(world.notices[0]?.text).toContain('last ran at 20 Nov 07:10 UTC');
  });

  it('tells that alerts have waited for more than an hour', async () => {
    world.deliver = () => ({ outcome: 'refused', why: 'no' });
    await world.apply(TICK, { id: 'org', limit: '50' });
    await world.check('2026-11-20T07:25:00Z');
    world.now = plusMs(world.now, 3_600_000);
    await world.heartbeat(TICK);
    expect(told()).toEqual([]);
    world.now = plusMs(world.now, 1);
    await world.heartbeat(TICK);
    expect(told()).toEqual(['An alert has waited for more than an hour']);
  });

  it('tells that a stored budget cannot be read, and which', async () => {
    await world.tables.budgets.put({ pk: 'org', sk: 'budget#broken', spec: '{' }, 'none');
    await world.heartbeat(TICK);
    expect(told()).toEqual(['1 stored budget cannot be read']);
    expect(world.notices[0]?.text).toContain('"broken"');
  });

  it('tells 14 and 3 days ahead that the admin key expires', async () => {
    world.keyExpiry = () => ({ name: 'budget-alerts', expiresAt: plusMs(world.now, 10 * 86_400_000) });
    await world.collect('2026-11-21T08:00:00Z');
    await world.heartbeat(TICK);
    expect(world.notices.map(({ attributes }) => attributes.code)).toEqual(['AdminKeyExpiring']);
    expect(world.notices[0]?.text).toContain('budget-alerts');
  });

  it('waits with all of it until operations can hear', async () => {
    world.hasAudience = false;
    world.operationsHear = false;
    const { problems } = await world.heartbeat(TICK);
    expect(problems.map(({ code }) => code)).toEqual(['operations-unheard']);
    expect(told()).toEqual([]);
    world.operationsHear = true;
    await world.heartbeat(TICK);
    expect(told()).toEqual(['Nobody would hear an alert']);
  });

  it('asks the default route where any name will do, and tells nothing of an audience that cannot be known', async () => {
    const asked: string[] = [];
    const state = {
      ...world.state,
      routes: {
        names: null,
        notifierOf: (route: string) => {
          asked.push(route);
          return { audience: async () => null, deliver: async () => ({ outcome: 'accepted' as const }) };
        },
      },
    };
    const when = { tick: instantOf(TICK), deadline: plusMs(world.now, 60_000), alone: false };
    const report = await heartbeat({ organization: 'org', ...when, signOfLifeOn: null }, state);
    expect(asked).toEqual(['default']);
    expect(report.audience).toBeNull();
    expect(report.watched.filter(({ condition }) => condition !== null)).toEqual([]);
  });

  it('whose sign of life was refused says what that means', async () => {
    world.deliver = () => ({ outcome: 'refused', why: 'no' });
    const { problems } = await world.heartbeat('2026-11-23T07:16:00Z', 1);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      [
        'heartbeat-undelivered',
        'The weekly sign of life was not delivered (refused): alerts would not be either.',
      ],
    ]);
  });

  it('gives a sign of life the way that alerts go, on its day only', async () => {
    const before = world.messages.length;
    await world.heartbeat('2026-11-22T07:16:00Z', 1);
    expect(world.messages.length).toBe(before);
    await world.heartbeat('2026-11-23T07:16:00Z', 1);
    expect(world.messages.at(-1)).toMatchObject({
      title: 'OpenAI budget alerts: one thing needs attention: The check of budgets does not run',
      attributes: { kind: 'heartbeat', severity: 'warning' },
    });
  });

  describe('that is repeated on the day of its sign of life', () => {
    const MONDAY = '2026-11-23T07:16:00Z';
    const signs = () => world.messages.filter(({ attributes }) => attributes.kind === 'heartbeat');

    it('gives one, whatever else made it fail, and one in the week after', async () => {
      world.operationsHear = false;
      expect((await world.heartbeat(MONDAY, 1)).problems.map(({ code }) => code)).toEqual([
        'operations-unheard',
      ]);
      await Promise.all([world.heartbeat(MONDAY, 1), world.heartbeat(MONDAY, 1)]);
      expect(signs()).toHaveLength(1);
      await world.heartbeat('2026-11-30T07:16:00Z', 1);
      expect(signs()).toHaveLength(2);
    });

    it('gives one where another run does at the same time', async () => {
      await Promise.all([world.heartbeat(MONDAY, 1), world.heartbeat(MONDAY, 1)]);
      expect(signs()).toHaveLength(1);
    });

    it('gives it after one that was refused, and none after one that may have arrived', async () => {
      world.deliver = () => ({ outcome: 'refused', why: 'no' });
      await world.heartbeat(MONDAY, 1);
      world.deliver = () => ({ outcome: 'unknown', why: 'no answer' });
      const { problems } = await world.heartbeat(MONDAY, 1);
      expect(problems[0]?.message).toMatch(/was not delivered \(unknown\)/);
      expect((await world.heartbeat(MONDAY, 1)).problems).toEqual([]);
      expect(signs()).toHaveLength(1);
    });

    it('says that it could not, while the ledger cannot be written', async () => {
      world.ledgerFate = ({ kind, sk }) => {
        if (kind === 'put' && sk === 'memo#sign-of-life')
          throw new BudgetAlertsError('state-unavailable', 'There is no answer.');
        return 'works';
      };
      const { problems } = await world.heartbeat(MONDAY, 1);
      expect(problems[0]?.message).toMatch(/was not delivered \(state-unavailable\)/);
      expect(signs()).toEqual([]);
    });
  });
});
