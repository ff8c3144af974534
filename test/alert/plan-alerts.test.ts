// What has to be said: one row per situation that a member of a budget can be in.

import { describe, expect, it } from 'vitest';
import type { Alert } from '../../lib/alert/alert.ts';
import { alertId, announcementKey, shapeOf, shardOf } from '../../lib/alert/alert-key.ts';
import { alertOfIntent } from '../../lib/alert/alert-of-intent.ts';
import { withClaim, withOutcomes } from '../../lib/alert/claim-alerts.ts';
import type { Observation } from '../../lib/alert/evaluate.ts';
import { type Latch, latchGroup, latchId } from '../../lib/alert/latch.ts';
import { planAlerts } from '../../lib/alert/plan-alerts.ts';
import { periodAt } from '../../lib/time/period.ts';
import { factsAt, outcomesOf } from '../fakes/alert-facts.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { type BudgetCase, budgetOf } from '../fakes/budgets-of.ts';
import { observationOf } from '../fakes/observation-of.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = instantOf('2026-11-20T10:00:00Z');
const NOVEMBER = periodAt('monthly', TICK);

const observation = (spent: string, budget: BudgetCase = {}, member = '-'): Observation =>
  observationOf({ spent, period: NOVEMBER, open: true, budget, member });

const alertsOf = (observations: readonly Observation[], latches: readonly Latch[]) =>
  planAlerts(observations, latches).map((intent) => ({
    key: intent.latchKey,
    alert: alertOfIntent(intent, factsAt(TICK)),
  }));

/** Plans, claims and records each step in turn, as runs that all succeed would; returns what each step said. */
const play = (steps: readonly (readonly [spent: string, given?: BudgetCase])[]) => {
  let latches: Latch[] = [];
  return steps.map(([spent, given]) => {
    const planned = alertsOf([observation(spent, given)], latches);
    for (const { key, alert } of planned) {
      const before = latches.find((latch) => latch.key.shape === key.shape) ?? emptyLatch(key);
      const claimed = withClaim(before, 'run', TICK, [alert], TICK);
      const outcomes = outcomesOf({ [alert.id]: { outcome: 'accepted', messageId: 'm' } });
      const { latch } = withOutcomes(claimed, outcomes, TICK, TICK);
      latches = [...latches.filter((other) => other.key.shape !== key.shape), latch];
    }
    return planned.map(({ alert }) => said(alert)).join();
  });
};
const emptyLatch = (key: Latch['key']): Latch => ({ key, version: 0, announced: new Map(), claim: null });
const said = ({ threshold, reason, supersedes }: Alert) =>
  [threshold, reason, ...supersedes.map((lower) => `(${lower.threshold})`)].join(' ');

describe('what is said', () => {
  it.each<[string, (readonly [string, BudgetCase?])[], string[]]>([
    ['nothing below every threshold', [['79.99']], ['']],
    ['the threshold that is reached', [['80']], ['80% first-breach']],
    ['the highest for all that are reached at once', [['250']], ['100% first-breach (80%)']],
    ['nothing again while it stays', [['90'], ['90'], ['91']], ['80% first-breach', '', '']],
    ['a higher threshold when it comes', [['90'], ['100']], ['80% first-breach', '100% higher-threshold']],
    [
      'one alert for 79 → 81 → 79.9 → 80.1 %',
      [['79'], ['81'], ['79.9'], ['80.1']],
      ['', '80% first-breach', '', ''],
    ],
    [
      'nothing for a lower threshold that a higher one spoke for',
      [['100'], ['85'], ['100']],
      ['100% first-breach (80%)', '', ''],
    ],
    [
      'a lowered limit, at once',
      [['85'], ['85', { limit: '50' }]],
      ['80% first-breach', '100% limit-changed (80%)'],
    ],
    [
      'a raised limit once its own thresholds are reached',
      [['85'], ['85', { limit: '200' }], ['165', { limit: '200' }]],
      ['80% first-breach', '', '80% limit-changed'],
    ],
    [
      'nothing on going back to the old limit',
      [['85'], ['85', { limit: '50' }], ['85']],
      ['80% first-breach', '100% limit-changed (80%)', ''],
    ],
    [
      'only the new one when a threshold is added',
      [['95'], ['95', { thresholds: ['80%', '90%', '100%'] }]],
      ['80% first-breach', '90% higher-threshold'],
    ],
    [
      'an added lower threshold as a first breach of its own',
      [['95'], ['95', { thresholds: ['50%', '80%'] }]],
      ['80% first-breach', '50% first-breach'],
    ],
    [
      'a higher threshold of a limit that came back',
      [['85'], ['85', { limit: '50' }], ['100']],
      ['80% first-breach', '100% limit-changed (80%)', '100% higher-threshold'],
    ],
    ['nothing on a new name', [['85'], ['85', { name: 'Renamed' }]], ['80% first-breach', '']],
    ['nothing on new labels', [['85'], ['85', { labels: { team: 'x' } }]], ['80% first-breach', '']],
    [
      'the same threshold written as an amount is the same alert',
      [['85'], ['85', { thresholds: ['80', '100'] }]],
      ['80% first-breach', ''],
    ],
    [
      'another scope as another sum',
      [['85'], ['85', { projects: ['proj_a'] }]],
      ['80% first-breach', '80% first-breach'],
    ],
    [
      'a limit of 0 with the first cent',
      [
        ['0', { limit: '0', thresholds: ['100%'] }],
        ['0.01', { limit: '0', thresholds: ['100%'] }],
      ],
      ['', '100% first-breach'],
    ],
  ])('%s', (_, steps, expected) => {
    expect(play(steps)).toEqual(expected);
  });

  it('is a changed limit where the limit was just lowered and nothing was said before', () => {
    const lowered = { ...observation('85'), limitJustLowered: true };
    expect(alertsOf([lowered], []).map(({ alert }) => said(alert))).toEqual(['80% limit-changed']);
  });

  it('is nothing while somebody has claimed it', () => {
    const [planned] = alertsOf([observation('85')], []);
    if (planned === undefined) throw new Error('85 of 100 must be said');
    const claimed = withClaim(emptyLatch(planned.key), 'other', TICK, [planned.alert], TICK);
    expect(alertsOf([observation('85')], [claimed])).toEqual([]);
    expect(alertsOf([observation('100')], [claimed]).map(({ alert }) => said(alert))).toEqual([
      '100% higher-threshold',
    ]);
  });

  it('is said for each member by itself', () => {
    const each = { each: true };
    const seen = [observation('85', each, 'proj_a'), observation('100', each, 'proj_b')];
    const planned = alertsOf(seen, []);
    expect(planned.map(({ alert }) => [alert.member, alert.threshold])).toEqual([
      ['proj_a', '80%'],
      ['proj_b', '100%'],
    ]);
  });

  it('finds what another shard of the same budget holds', () => {
    const each = { each: true };
    const [planned] = alertsOf([observation('85', each, 'proj_a')], []);
    if (planned === undefined) throw new Error('85 of 100 must be said');
    const elsewhere = withClaim(
      emptyLatch({ ...planned.key, shard: 'f' }),
      'run',
      TICK,
      [planned.alert],
      TICK,
    );
    expect(alertsOf([observation('85', each, 'proj_a')], [elsewhere])).toEqual([]);
  });
});

describe('an alert id', () => {
  it('is readable and made of content', () => {
    const budget = budgetOf({ id: 'every-project', each: true });
    expect(alertId(budget, NOVEMBER, 'proj_abc', amountOf('80'))).toBe(
      `every-project#2026-11#${shapeOf(budget)}#proj_abc#100:80`,
    );
    expect(shapeOf(budget)).toMatch(/^[0-9a-f]{6}$/);
  });

  it('keeps delimiters of a member out of its own', () => {
    expect(alertId(budgetOf(), NOVEMBER, 'a#b:c, d', amountOf('80'))).toContain('#a%23b%3Ac%2C%20d#');
    expect(() => alertId(budgetOf(), NOVEMBER, '\ud800', amountOf('80'))).not.toThrow();
  });

  it('has one shape whatever the order of a group, and another for another sum', () => {
    const shape = (given: BudgetCase) => shapeOf(budgetOf(given));
    expect(shape({ projects: ['b', 'a'] })).toBe(shape({ projects: ['a', 'b'] }));
    const shapes = [
      shape({}),
      shape({ projects: ['a'] }),
      shape({ each: true }),
      shape({ period: 'daily' }),
      shape({ measure: 'completions.total_tokens' }),
    ];
    expect(new Set(shapes).size).toBe(shapes.length);
    expect(shape({ limit: '5', thresholds: ['50%'], except: ['x'], labels: { a: 'b' } })).toBe(shape({}));
  });

  it('names limit and threshold exactly', () => {
    expect(announcementKey(amountOf('100.50'), amountOf('0.1'))).toBe('100.5:0.1');
  });
});

describe('a latch', () => {
  it('begins with what it has in common with the others of its budget and period, and names no other', () => {
    const key = { periodEnd: NOVEMBER.end, budgetId: 'org-monthly', shape: 'abcdef' };
    expect(latchGroup(key)).toBe('2026-12-01T00:00:00Z#org-monthly#abcdef#');
    expect(latchId({ ...key, shard: '3f' })).toBe(`${latchGroup(key)}3f`);
    expect(latchGroup({ ...key, periodEnd: null })).toBe('open#org-monthly#abcdef#');
  });

  it.each([
    [200, 2, 1],
    [500, 2, 1],
    [501, 2, 16],
    [8_000, 2, 16],
    [8_001, 2, 256],
  ])('of %i members × %i thresholds is one of at most %i', (members, thresholds, most) => {
    const shards = new Set(
      Array.from({ length: 5_000 }, (_, index) => shardOf(`proj_${index}`, members, thresholds)),
    );
    expect(shards.size).toBe(most);
  });
});
