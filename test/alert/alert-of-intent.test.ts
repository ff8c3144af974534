// What an alert is fixed with: its facts as people will read them, and where the spend of its scope went.

import { describe, expect, it } from 'vitest';
import { type AlertFacts, alertOfIntent, scopeOf } from '../../lib/alert/alert-of-intent.ts';
import type { Observation } from '../../lib/alert/evaluate.ts';
import { emptyLatch } from '../../lib/alert/latch.ts';
import type { Intent } from '../../lib/alert/plan-alerts.ts';
import type { Budget, Scope, Threshold } from '../../lib/budget/budget.ts';
import type { DimensionWord } from '../../lib/spend/dimension-word.ts';
import type { Item } from '../../lib/spend/itemised-totals.ts';
import { periodAt } from '../../lib/time/period.ts';
import { factsAt } from '../fakes/alert-facts.ts';
import { amountOf } from '../fakes/amount-of.ts';
import type { BudgetCase } from '../fakes/budgets-of.ts';
import { observationOf } from '../fakes/observation-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const TICK = instantOf('2026-11-20T10:00:00Z');
const NOVEMBER = periodAt('monthly', TICK);
const EIGHTY: Threshold = { label: '80%', amount: amountOf('80') };
const FIFTY: Threshold = { label: '50%', amount: amountOf('50') };

interface Seen extends Partial<Omit<Observation, 'budget'>> {
  readonly given?: BudgetCase;
  readonly budget?: Partial<Budget>;
}

function observed({ given = {}, budget, ...change }: Seen = {}): Observation {
  const observation = observationOf({ spent: '85', period: NOVEMBER, open: true, budget: given });
  return { ...observation, ...change, budget: { ...observation.budget, ...budget } };
}

function alertOf(seen: Seen = {}, facts: Partial<AlertFacts> = {}, intent: Partial<Intent> = {}) {
  const planned: Intent = {
    observation: observed(seen),
    latchKey: emptyLatch({ periodEnd: NOVEMBER.end, budgetId: 'org-monthly', shape: 'abcdef', shard: '-' })
      .key,
    threshold: EIGHTY,
    supersedes: [],
    reason: 'first-breach',
    suppressedBefore: false,
    ...intent,
  };
  return alertOfIntent(planned, { ...factsAt(TICK), ...facts });
}

describe('an alert', () => {
  it('says of which budget it is, how much was spent of what, and as of when', () => {
    const alert = alertOf(
      { given: { id: 'api', name: 'The API', labels: { team: 'core' }, notify: ['finance'] } },
      { completeThrough: dayOf('2026-11-19') },
      { supersedes: [FIFTY] },
    );
    expect(alert).toMatchObject({
      budgetId: 'api',
      budgetName: 'The API',
      member: '-',
      scope: {},
      names: {},
      measure: 'cost',
      unit: 'usd',
      period: NOVEMBER,
      limit: '100',
      spent: '85',
      threshold: '80%',
      thresholdAmount: '80',
      supersedes: [{ threshold: '50%', amount: '50' }],
      reason: 'first-breach',
      severity: 'warning',
      late: false,
      labels: { team: 'core' },
      asOf: TICK,
      completeThrough: '2026-11-19',
      contributors: [],
      pace: null,
      routes: ['finance'],
    });
    expect(alert.id).toMatch(/^api#2026-11#[0-9a-f]{6}#-#100:80$/);
  });

  it.each<[string, Partial<Threshold>, Partial<Intent>, string]>([
    ['by the share of the limit', {}, {}, 'warning'],
    ['as its threshold declares it', { severity: 'critical' }, {}, 'critical'],
    [
      'as bad where it takes it back, for those who chose by it',
      { severity: 'critical' },
      { reason: 'correction' },
      'critical',
    ],
  ])('is as bad as it is: %s', (_, declared, intent, severity) => {
    expect(alertOf({}, {}, { ...intent, threshold: { ...EIGHTY, ...declared } }).severity).toBe(severity);
  });

  it('has an id of its own only where it takes something back', () => {
    const { id } = alertOf();
    expect(id.endsWith('#100:80')).toBe(true);
    expect(alertOf({}, {}, { reason: 'correction' }).id).toBe(`${id}#correction`);
  });

  it('tells the pace of a period that is open, and where one is known', () => {
    const pace = { perDay: amountOf('4.25'), byEnd: amountOf('127.5') };
    expect(alertOf({}, { pace }).pace).toEqual({ perDay: '4.25', byEnd: '127.5' });
    expect(alertOf({ open: false }, { pace })).toMatchObject({ pace: null, late: true });
    expect(alertOf({}, { pace: null }).pace).toBeNull();
  });

  it('has the names of its scope that are known, and no others', () => {
    const names = new Map([
      ['proj_a', 'Search'],
      ['user_1', 'Anna'],
      ['proj_z', 'Elsewhere'],
    ]);
    const scope: Scope = { project: ['proj_a', 'proj_b'], user: ['user_1'] };
    expect(alertOf({ budget: { scope } }, { names }).names).toStrictEqual({
      proj_a: 'Search',
      user_1: 'Anna',
    });
    expect(alertOf({ given: { each: true }, member: 'proj_z' }, { names }).names).toEqual({
      proj_z: 'Elsewhere',
    });
  });

  it('is heard where the lower thresholds that it speaks for are heard', () => {
    const supersedes = [{ ...FIFTY, notify: ['dev', 'gone'] }];
    const knowsRoute = (route: string) => route !== 'gone';
    const given = { notify: ['finance'] };
    expect(alertOf({ given }, { knowsRoute }, { supersedes }).routes).toEqual(['default', 'dev', 'finance']);
  });
});

describe('the scope that people see', () => {
  it.each<[string, Seen, ReturnType<typeof scopeOf>]>([
    ['of the whole organization is empty', {}, {}],
    ['of one project is that project', { given: { projects: ['proj_a'] } }, { project: 'proj_a' }],
    [
      'of several is a list',
      { given: { projects: ['proj_a', 'proj_b'] } },
      { project: ['proj_a', 'proj_b'] },
    ],
    ['of a member is that member', { given: { each: true }, member: 'proj_a' }, { project: 'proj_a' }],
    [
      'of a member inside a scope has both',
      { budget: { scope: { project: ['proj_a', 'proj_b'] }, each: 'user' }, member: 'user_1' },
      { project: ['proj_a', 'proj_b'], user: 'user_1' },
    ],
    [
      'of a member of what the scope names is that member only',
      { given: { projects: ['proj_a', 'proj_b'], each: true }, member: 'proj_b' },
      { project: 'proj_b' },
    ],
  ])('%s', (_, seen, expected) => {
    expect(scopeOf(observed(seen))).toEqual(expected);
  });
});

describe('where the spend went', () => {
  type Row = readonly [project: string | null, lineItem: string | null, amount: string];
  const itemsOf = (rows: readonly Row[], second: DimensionWord = 'line_item'): Item[] =>
    rows.map(([project, lineItem, amount]) => ({
      members: new Map<DimensionWord, string | null>([
        ['project', project],
        [second, lineItem],
      ]),
      amount: amountOf(amount),
    }));
  const lines = (seen: Seen, rows: readonly Row[], facts: Partial<AlertFacts> = {}) =>
    alertOf(seen, { items: itemsOf(rows), ...facts }).contributors.map(
      ({ label, amount, previous }) => `${label} ${amount}${previous === null ? '' : ` after ${previous}`}`,
    );

  const ROWS: Row[] = [
    ['proj_a', 'gpt-5', '10'],
    ['proj_b', 'gpt-5', '40'],
    ['proj_a', 'images', '30'],
    ['proj_b', 'audio', '20'],
    ['proj_b', 'credit', '-50'],
    ['proj_a', 'nothing', '0'],
  ];

  it('is told by the three largest parts, the largest first', () => {
    expect(lines({}, ROWS)).toEqual(['proj_b: gpt-5 40', 'proj_a: images 30', 'proj_b: audio 20']);
  });

  it('names what came to more than nothing only', () => {
    expect(lines({}, ROWS.slice(-2))).toEqual([]);
    expect(lines({}, [['proj_a', 'gpt-5', '0.0000000000000000000000000000000000000001']])).toEqual([
      'proj_a: gpt-5 0.0000000000000000000000000000000000000001',
    ]);
  });

  it.each<[string, Seen, string[]]>([
    ['one project, which need not be named', { given: { projects: ['proj_a'] } }, ['images 30', 'gpt-5 10']],
    ['one member', { given: { each: true }, member: 'proj_a' }, ['images 30', 'gpt-5 10']],
    [
      'several projects',
      { given: { projects: ['proj_a', 'proj_c'] } },
      ['proj_a: images 30', 'proj_a: gpt-5 10'],
    ],
    [
      'a pattern, which may be several',
      { given: { projects: ['*_a'] } },
      ['proj_a: images 30', 'proj_a: gpt-5 10'],
    ],
    ['one line item', { budget: { scope: { line_item: ['gpt-5'] } } }, ['proj_b 40', 'proj_a 10']],
    [
      'one line item of two projects',
      { budget: { scope: { project: ['proj_a', 'proj_b'], line_item: ['audio'] } } },
      ['proj_b 20'],
    ],
    [
      'all that the parts are told apart by',
      { budget: { scope: { project: ['proj_a'], line_item: ['gpt-5'] } } },
      [],
    ],
    ['nobody', { given: { projects: ['proj_z'] } }, []],
  ])('is told within the scope: %s', (_, seen, expected) => {
    expect(lines(seen, ROWS)).toEqual(expected);
  });

  it('has names where they are known', () => {
    expect(lines({}, ROWS.slice(1, 3), { names: new Map([['proj_a', 'Search']]) })).toEqual([
      'proj_b: gpt-5 40',
      'Search: images 30',
    ]);
  });

  it.each<[DimensionWord, string]>([
    ['line_item', 'unattributed: not itemised 5'],
    ['model', 'unattributed: not itemised 5'],
    ['user', 'unattributed: unattributed 5'],
  ])('says so where it is not attributed, or has no %s', (dimension, expected) => {
    expect(lines({}, [], { items: itemsOf([[null, null, '5']], dimension) })).toEqual([expected]);
  });

  it('counts what has no project in a budget of it', () => {
    const rows: Row[] = [
      [null, 'gpt-5', '5'],
      ['proj_a', 'gpt-5', '7'],
    ];
    expect(lines({ given: { projects: ['unattributed'] } }, rows)).toEqual(['gpt-5 5']);
  });

  it('is set against the same part of the period before, 0 where it had none', () => {
    const previousItems = itemsOf([
      ['proj_b', 'audio', '3'],
      ['proj_a', 'gpt-5', '4'],
      ['proj_b', 'gpt-5', '5'],
    ]);
    expect(lines({}, ROWS, { previousItems })).toEqual([
      'proj_b: gpt-5 40 after 5',
      'proj_a: images 30 after 0',
      'proj_b: audio 20 after 3',
    ]);
  });

  it('is not told of a level, which is no sum of parts', () => {
    const level: Seen = { given: { measure: 'vector_stores.usage_bytes' } };
    expect(lines(level, ROWS)).toEqual([]);
  });
});
