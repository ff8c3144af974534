// Names and the admin key's expiry, once a day in one item; what cannot be read costs no run and calls no warning off.
import { beforeEach, describe, expect, it } from 'vitest';
import { refreshNames } from '../../lib/run/refresh-names.ts';
import type { KeyExpiry } from '../../lib/spend/key-expiry.ts';
import { SourceError, type UsageSource } from '../../lib/spend/usage-source.ts';
import { type RunWorld, runWorld } from '../fakes/run-world.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = '2026-11-20T10:00:00Z';
const NEXT_DAY = '2026-11-21T10:00:00Z';
const DECEMBER: KeyExpiry = { name: 'Budget alerts', expiresAt: instantOf('2026-12-04T10:00:00Z') };
const NEW_YEAR: KeyExpiry = { name: 'The new one', expiresAt: instantOf('2027-01-01T00:00:00Z') };

let world: RunWorld;
const remembered = () => world.remembered.keyExpiry('org');
const failing = (code: SourceError['code']) => () => {
  throw new SourceError(code, 'no');
};

beforeEach(async () => {
  world = runWorld();
  await world.apply(TICK, { id: 'org' });
  world.keyExpiry = () => DECEMBER;
});

describe("the admin key's expiry", () => {
  it('is read and written with the names: no request to the table more', async () => {
    for (const tick of [TICK, '2026-11-21T08:00:00Z', '2026-11-21T09:00:00Z']) await world.collect(tick);
    const before = { ...world.tables.spend.requests };
    world.keyExpiry = () => NEW_YEAR;
    expect(await world.collect(NEXT_DAY)).toMatchObject({ problems: [] });
    const { reads, writes } = world.tables.spend.requests;
    expect(await remembered()).toEqual(NEW_YEAR);
    // The root and the names are read; the root and the names are written.
    expect([reads - before.reads, writes - before.writes]).toEqual([2, 2]);
  });

  it('is asked for once a day', async () => {
    let asked = 0;
    world.keyExpiry = () => {
      asked += 1;
      return DECEMBER;
    };
    for (const tick of [
      TICK,
      '2026-11-20T11:00:00Z',
      '2026-11-21T09:00:00Z',
      NEXT_DAY,
      '2026-11-21T11:00:00Z',
    ])
      await world.collect(tick);
    expect(asked).toBe(2);
  });

  it('is forgotten when the key has none any more', async () => {
    await world.collect(TICK);
    world.keyExpiry = () => null;
    await world.collect(NEXT_DAY);
    expect(await remembered()).toBe(null);
  });

  it('stays as it was where OpenAI does not answer, without a problem, and the names are new all the same', async () => {
    await world.collect(TICK);
    world.keyExpiry = failing('openai-unavailable');
    world.names.set('proj_a', 'Search');
    expect(await world.collect(NEXT_DAY)).toMatchObject({ problems: [] });
    expect(await world.remembered.projectNames('org')).toEqual({
      names: new Map([['proj_a', 'Search']]),
      keyExpiry: DECEMBER,
      readAt: instantOf(NEXT_DAY),
    });
  });

  it('that could never be read is null, and no problem', async () => {
    world.keyExpiry = failing('openai-deadline');
    expect(await world.collect(TICK)).toMatchObject({ problems: [] });
    expect(await remembered()).toBe(null);
  });

  it('is no way to hide a defect', async () => {
    world.keyExpiry = () => {
      throw new TypeError('a defect');
    };
    await expect(world.collect(TICK)).rejects.toThrow('a defect');
  });
});

describe('names of users', () => {
  it('are asked for once a day while everybody who spends has one, and once an hour while somebody has none', async () => {
    let asked = 0;
    const source: UsageSource = {
      async *pages() {},
      projectNames: async () => new Map(),
      userNames: async () => {
        asked += 1;
        return new Map([['user_a', 'Ada']]);
      },
      apiKeyNames: async () => new Map(),
      keyExpiry: async () => null,
    };
    const refresh = (tick: string, ...users: readonly string[]) =>
      refreshNames(
        { organization: 'org', tick: instantOf(tick), deadline: instantOf(tick) },
        new Map([['user' as const, new Set(users)]]),
        { names: world.remembered, source },
      );
    const asksAt = async (tick: string, ...users: readonly string[]) => {
      const before = asked;
      expect(await refresh(tick, ...users)).toBeNull();
      return asked - before;
    };
    expect(await asksAt(TICK, 'user_a')).toBe(1);
    expect(await asksAt('2026-11-21T09:59:59Z', 'user_a')).toBe(0);
    expect(await asksAt(NEXT_DAY, 'user_a')).toBe(1);
    expect(await asksAt('2026-11-21T10:59:59Z', 'user_b')).toBe(0);
    expect(await asksAt('2026-11-21T11:00:00Z', 'user_b')).toBe(1);
    expect((await world.remembered.memberNames('org', 'user')).names).toEqual(new Map([['user_a', 'Ada']]));
  });
});

describe('names that cannot be read', () => {
  const NAMED = new Map([['proj_a', 'Search']]);

  beforeEach(async () => {
    world.names.set('proj_a', 'Search');
    await world.collect(TICK);
  });

  it('because the key is refused, leave the expiry: it may be the very reason', async () => {
    world.projectNames = failing('openai-key-rejected');
    expect(await world.collect(NEXT_DAY)).toMatchObject({ problems: [{ code: 'names-unavailable' }] });
    expect(await world.remembered.projectNames('org')).toEqual({
      names: NAMED,
      keyExpiry: DECEMBER,
      readAt: instantOf(TICK),
    });
  });

  it('because the key in use now lacks the scope, end the warning about the one before, in one write', async () => {
    world.projectNames = failing('openai-scope-missing');
    expect(await world.collect(NEXT_DAY)).toMatchObject({ problems: [{ code: 'names-unavailable' }] });
    expect(await world.remembered.projectNames('org')).toEqual({
      names: NAMED,
      keyExpiry: null,
      readAt: instantOf(TICK),
    });
    const before = world.tables.spend.requests.writes;
    await world.collect('2026-11-21T11:00:00Z');
    // The root alone.
    expect(world.tables.spend.requests.writes - before).toBe(1);
  });
});
