// How a latch changes: who may send, what is remembered, and what is tried again.

import { describe, expect, it } from 'vitest';
import type { Alert } from '../../lib/alert/alert.ts';
import { type AlertOutcome, isLeased, withClaim, withOutcomes } from '../../lib/alert/claim-alerts.ts';
import type { ClaimedAlert, Latch } from '../../lib/alert/latch.ts';
import { plusMs } from '../../lib/time/instant.ts';
import { outcomesOf } from '../fakes/alert-facts.ts';
import { alertFixture } from '../fakes/alert-fixture.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = instantOf('2026-11-20T10:00:00Z');
const LEASE = plusMs(TICK, 90_000);
const LATER = plusMs(TICK, 5_000);
const EMPTY: Latch = {
  key: { periodEnd: instantOf('2026-12-01'), budgetId: 'org-monthly', shape: 'abcdef', shard: '-' },
  version: 4,
  announced: new Map(),
  claim: null,
};
const FIRST = alertFixture({ id: 'first' });
const SECOND = alertFixture({ id: 'second', member: 'proj_b', thresholdAmount: '100', threshold: '100%' });

const claimed = (alerts: readonly Alert[] = [FIRST]) => withClaim(EMPTY, 'run-1', LEASE, alerts, TICK);
const recorded = (latch: Latch, outcomes: Record<string, AlertOutcome>, tick = TICK) =>
  withOutcomes(latch, outcomesOf(outcomes), tick, LATER);
const accepted: AlertOutcome = { outcome: 'accepted', messageId: 'm-1' };

describe('a claim', () => {
  it('adds one to the version and counts the first try', () => {
    expect(claimed()).toMatchObject({
      version: 5,
      claim: { run: 'run-1', leaseUntil: LEASE, alerts: [{ attempts: 1, firstClaimedAt: TICK }] },
    });
  });

  it('takes over what was left behind, as it was, with one more try', () => {
    const again = withClaim(claimed([FIRST]), 'run-2', LEASE, [SECOND], LATER);
    expect(again.claim?.alerts).toEqual([
      { alert: FIRST, open: ['default'], attempts: 2, firstClaimedAt: TICK },
      { alert: SECOND, open: ['default'], attempts: 1, firstClaimedAt: LATER },
    ]);
  });

  it('is leased until its last moment, and not at it', () => {
    const { claim } = claimed();
    expect([isLeased(claim, plusMs(LEASE, -1)), isLeased(claim, LEASE), isLeased(null, TICK)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('a record', () => {
  it('announces what was accepted, with the thresholds it spoke for', () => {
    const alert = alertFixture({ id: 'x', supersedes: [{ threshold: '50%', amount: '50' }] });
    const { latch } = recorded(claimed([alert]), { x: accepted });
    const common = { at: TICK, spent: '85', reason: 'first-breach', messageId: 'm-1', note: '' };
    expect(latch).toMatchObject({ version: 6, claim: null });
    expect(latch.announced.get('-')).toEqual(
      new Map([
        ['100:50', { state: 'superseded', ...common }],
        ['100:80', { state: 'announced', ...common }],
      ]),
    );
  });

  it('ends the lease of what was refused, so that the next run sends it', () => {
    const { latch } = recorded(claimed(), { first: { outcome: 'refused' } });
    expect(latch.claim).toMatchObject({ leaseUntil: LATER, alerts: [{ alert: FIRST, attempts: 1 }] });
    expect(latch.announced.size).toBe(0);
  });

  it('lets the lease run out for what may have arrived', () => {
    const { latch } = recorded(claimed(), { first: { outcome: 'unknown', messageId: 'm' } });
    expect(latch.claim?.leaseUntil).toBe(LEASE);
  });

  it('counts an alert that nobody tried as refused', () => {
    expect(recorded(claimed(), {}).latch.claim?.leaseUntil).toBe(LATER);
  });

  it('keeps only what is open when some was accepted', () => {
    const { latch } = recorded(claimed([FIRST, SECOND]), { second: accepted });
    expect(latch.claim?.alerts.map(({ alert }) => alert.id)).toEqual(['first']);
    expect([...latch.announced.keys()]).toEqual(['proj_b']);
  });

  it.each([
    ['after twelve tries in less than three days, it goes on', 12, 71, false],
    ['after three days with few tries, it goes on', 11, 73, false],
    ['after twelve tries and three days, it is given up', 12, 72, true],
  ])('%s', (_, attempts, hours, dead) => {
    const latch: Latch = {
      ...claimed(),
      claim: {
        run: 'r',
        leaseUntil: LEASE,
        alerts: [{ alert: FIRST, open: ['default'], attempts, firstClaimedAt: TICK }],
      },
    };
    const result = recorded(latch, { first: { outcome: 'refused' } }, plusMs(TICK, hours * 3_600_000));
    expect(result.dead.map(({ alert }) => alert.id)).toEqual(dead ? ['first'] : []);
    expect(result.latch.announced.get('-')?.get('100:80')?.state).toBe(dead ? 'dead' : undefined);
    expect(result.latch.claim === null).toBe(dead);
  });

  it.each([
    ['an alert', 'higher-threshold'],
    ['a correction', 'correction'],
  ] as const)('gives up with %s all that it spoke for: nobody heard of any of it', (_, reason) => {
    const alert = { ...FIRST, reason, supersedes: [{ amount: '50', threshold: '50%' }] };
    const latch: Latch = {
      ...claimed(),
      claim: {
        run: 'r',
        leaseUntil: LEASE,
        alerts: [{ alert, open: ['default'], attempts: 12, firstClaimedAt: TICK }],
      },
    };
    const { announced } = recorded(
      latch,
      { first: { outcome: 'refused' } },
      plusMs(TICK, 72 * 3_600_000),
    ).latch;
    const states = [...(announced.get('-') ?? [])].map(([key, { state }]) => `${key} ${state}`);
    expect(states).toEqual(['100:50 dead', '100:80 dead']);
  });

  it('of a latch that nobody has claimed changes nothing but its version', () => {
    expect(recorded(EMPTY, { first: accepted })).toEqual({ latch: { ...EMPTY, version: 5 }, dead: [] });
  });
});

describe('a record of several routes', () => {
  const WIDE = alertFixture({ id: 'wide', routes: ['a', 'b', 'c'] });
  const refused: AlertOutcome = { outcome: 'refused' };
  const unheard: AlertOutcome = { outcome: 'unheard' };
  const unknown: AlertOutcome = { outcome: 'unknown', messageId: 'm-unknown' };
  const onRoutes = (routes: Record<string, AlertOutcome>, more: Partial<ClaimedAlert> = {}, tick = TICK) => {
    const entry = { alert: WIDE, open: WIDE.routes, attempts: 1, firstClaimedAt: TICK, ...more };
    const latch = { ...EMPTY, claim: { run: 'r', leaseUntil: LEASE, alerts: [entry] } };
    return withOutcomes(latch, new Map([['wide', new Map(Object.entries(routes))]]), tick, LATER);
  };
  const A_WEEK_LATER = plusMs(TICK, 7 * 24 * 3_600_000);

  it.each<[string, Record<string, AlertOutcome>, string[], 'ended' | 'runs out']>([
    ['what each accepted', { a: accepted, b: accepted, c: accepted }, [], 'ended'],
    ['what one refused', { a: accepted, b: refused, c: accepted }, ['b'], 'ended'],
    ['what one was not asked', { a: accepted, b: accepted }, ['c'], 'ended'],
    ['what may have arrived on one', { a: refused, b: unknown, c: accepted }, ['a', 'b'], 'runs out'],
    [
      'what was unheard on one and may have arrived on another',
      { a: unheard, b: unknown, c: accepted },
      ['a', 'b'],
      'runs out',
    ],
    ['what was unheard on one', { a: unheard, b: accepted, c: accepted }, ['a'], 'ended'],
  ])('keeps the routes that are open: %s', (_, outcomes, open, lease) => {
    const { claim } = onRoutes(outcomes).latch;
    expect(claim?.alerts.flatMap((entry) => entry.open) ?? []).toEqual(open);
    if (claim !== null) expect(claim.leaseUntil).toBe(lease === 'ended' ? LATER : LEASE);
  });

  it('lets the lease run out if any alert of the claim may have arrived', () => {
    const latch = claimed([FIRST, SECOND]);
    for (const [first, second] of [
      [unknown, refused],
      [refused, unknown],
    ] as const) {
      expect(recorded(latch, { first, second }).latch.claim?.leaseUntil).toBe(LEASE);
    }
  });

  it('names the first message that was accepted', () => {
    const { announced } = onRoutes({
      a: accepted,
      b: { outcome: 'accepted', messageId: 'm-2' },
      c: accepted,
    }).latch;
    expect(announced.get('-')?.get('100:80')).toMatchObject({ state: 'announced', messageId: 'm-1' });
  });

  it.each<[string, Record<string, AlertOutcome>, string, string]>([
    ['of which one accepted', { a: unknown, b: accepted, c: refused }, 'm-1', 'not heard on a, c'],
    ['of which none accepted', { a: refused, b: unknown, c: refused }, '', 'not heard on a, b, c'],
    ['of which one was unheard', { a: unheard, b: refused, c: accepted }, 'm-1', 'not heard on a, b'],
  ])('says on which an alert was given up, %s', (_, outcomes, messageId, note) => {
    const { latch, dead } = onRoutes(outcomes, { attempts: 12 }, A_WEEK_LATER);
    expect(latch.claim).toBeNull();
    expect(latch.announced.get('-')?.get('100:80')).toEqual({
      state: 'dead',
      at: A_WEEK_LATER,
      spent: '85',
      reason: 'first-breach',
      messageId,
      note,
    });
    expect(dead.map(({ open }) => `not heard on ${open.join(', ')}`)).toEqual([note]);
  });

  it('counts no try while nobody listens on any of them, and keeps the alert whole', () => {
    const { latch, dead } = onRoutes({ a: accepted, b: unheard, c: unheard }, { attempts: 12 }, A_WEEK_LATER);
    expect(dead).toEqual([]);
    expect(latch.announced.size).toBe(0);
    expect(latch.claim).toEqual({
      run: 'r',
      leaseUntil: LATER,
      alerts: [{ alert: WIDE, open: ['b', 'c'], attempts: 0, firstClaimedAt: A_WEEK_LATER }],
    });
  });

  it('leaves what was said before as it was', () => {
    const said = {
      state: 'announced',
      at: TICK,
      spent: '60',
      reason: 'first-breach',
      messageId: 'm',
      note: '',
    } as const;
    const before = { ...claimed(), announced: new Map([['-', new Map([['100:50', said]])]]) };
    const { announced } = recorded(before, { first: accepted }).latch;
    expect([...(announced.get('-') ?? [])].map(([key, { messageId }]) => `${key} ${messageId}`)).toEqual([
      '100:50 m',
      '100:80 m-1',
    ]);
    expect([...(before.announced.get('-')?.keys() ?? [])]).toEqual(['100:50']);
  });
});
