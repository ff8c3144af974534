// What operations read of each thing that a heartbeat finds, and when it finds nothing.
import { describe, expect, it } from 'vitest';
import type { Announcement, Latch } from '../../lib/alert/latch.ts';
import {
  audienceCondition,
  deliveryConditions,
  rejectedCondition,
} from '../../lib/notify/heartbeat-conditions.ts';
import { unknownRouteCondition } from '../../lib/notify/unknown-route-condition.ts';
import { storedBudgetOf } from '../fakes/budgets-of.ts';
import { instantOf } from '../fakes/time-of.ts';

const NOW = instantOf('2026-11-24T07:16:00Z');

describe('nobody listens', () => {
  it.each([
    [0, 'default', 'Nobody is subscribed to the alerts topic.'],
    [2, 'default', '2 subscriptions to the alerts topic wait for their confirmation.'],
    [0, 'team', 'Nobody is subscribed to the topic of the route team.'],
  ])('with %d asked on the route %s', (pending, route, says) => {
    expect(audienceCondition({ confirmed: 0, pending }, route)?.text).toContain(says);
  });

  it('is not said where somebody does, or where it cannot be known', () => {
    expect(audienceCondition({ confirmed: 1, pending: 0 }, 'default')).toBeNull();
    expect(audienceCondition(null, 'default')).toBeNull();
  });
});

describe('alerts that were given up', () => {
  const dead = (at: string, spent: string): Announcement => ({
    state: 'dead',
    at: instantOf(at),
    spent,
    reason: 'first-breach',
    messageId: '',
    note: 'not heard on default',
  });
  const latchOf = (budgetId: string, ...announcements: readonly Announcement[]): Latch => ({
    key: { periodEnd: instantOf('2026-12-01'), budgetId, shape: 'abcdef', shard: '-' },
    version: 1,
    announced: new Map([
      ['-', new Map(announcements.map((announcement, index) => [`100:${index}`, announcement]))],
    ]),
    claim: null,
  });
  const found = (...latches: readonly Latch[]) => deliveryConditions(latches, NOW)[1];

  it('are counted each, and named by budget once: two of one budget are no others', () => {
    const twice = latchOf('org', dead('2026-11-10T10:00Z', '80'), dead('2026-11-20T10:00Z', '100'));
    expect(found(twice)?.title).toBe('2 alerts were given up after three days of refusals');
    expect(found(twice)?.text).toContain('Nobody was told about: org (-). Tell');
  });

  it('are named up to ten', () => {
    const latches = Array.from({ length: 11 }, (_, index) => latchOf(`b${index}`, dead('2026-11-20', '80')));
    expect(found(...latches)?.text).toContain('b8 (-), b9 (-) and others. Tell');
    expect(found(...latches.slice(1))?.text).toContain('b9 (-), b10 (-). Tell');
  });
});

describe('stored budgets that cannot be read', () => {
  const rejected = (count: number) =>
    rejectedCondition(
      Array.from({ length: count }, (_, index) => ({
        code: 'budget-unreadable',
        path: `budgets.b${index}`,
        line: null,
        message: `Budget b${index} cannot be read.`,
        severity: 'error',
      })),
    );

  it('are counted, and ten of them explained', () => {
    expect(rejected(0)).toBeNull();
    expect(rejected(1)?.title).toBe('1 stored budget cannot be read');
    expect(rejected(12)?.title).toBe('12 stored budgets cannot be read');
    expect(rejected(12)?.text.split('\n')).toHaveLength(10);
  });
});

describe('routes that are not deployed', () => {
  const onRoutes = (...routes: readonly string[]) =>
    routes.map((route, index) => storedBudgetOf({ id: `b${index}`, notify: [route] }));

  it('are named with their budgets and with the routes that there are', () => {
    const condition = unknownRouteCondition(onRoutes('team', 'tema'), { names: ['default', 'team'] });
    expect(condition?.title).toBe('A budget names a route that the deployment does not have');
    expect(condition?.text).toBe(
      'b1 names tema\n\nTheir alerts go to the default route meanwhile. The deployment has default, team: ' +
        'add the route to `routes` and deploy, or correct `notify` in the budgets file and apply it.',
    );
  });

  it('are listed up to ten; the others are counted', () => {
    const condition = unknownRouteCondition(onRoutes(...Array.from({ length: 12 }, () => 'x')), {
      names: ['default'],
    });
    expect(condition?.title).toBe('Budgets name routes that the deployment does not have');
    expect(condition?.text).toContain('b9 names x\nand 2 more\n\n');
  });

  it('do not exist where any name will do', () => {
    expect(unknownRouteCondition(onRoutes('x'), { names: null })).toBeNull();
  });
});
