// When what was said about a rolling budget is forgotten: only once a settled window after it was far enough below.

import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../lib/alert/alert-key.ts';
import type { Latch, LatchKey } from '../../lib/alert/latch.ts';
import { spendByPeriod } from '../../lib/alert/period-spend.ts';
import { rearmRolling } from '../../lib/alert/rearm-rolling.ts';
import { seriesOf } from '../../lib/budget/budget-series.ts';
import { type DayTotals, groupKey } from '../../lib/spend/day-totals.ts';
import { NO_ROOT, type Root } from '../../lib/spend/root.ts';
import type { PeriodRule } from '../../lib/time/period-rule.ts';
import { daysFrom } from '../../lib/time/utc-day.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { storedBudgetOf } from '../fakes/budgets-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';
import { projectTotals } from '../fakes/totals-of.ts';

/** Half an hour after the 17th has settled: the windows of three days until the 15th, 16th and 17th are low. */
const TICK = instantOf('2026-11-20T00:30:00Z');
const ROLLING: PeriodRule = { kind: 'rolling', days: 3, zone: 'UTC' };

interface Case {
  readonly saidAt?: string;
  readonly said?: string;
  readonly member?: string;
  /** Of proj_a; 85 on the 12th, when it was said. */
  readonly spent?: Readonly<Record<string, string>>;
  readonly unread?: string;
  readonly doubted?: string;
  readonly changedAt?: Readonly<Record<string, string>>;
  /** `null`: no day was ever read. */
  readonly readAt?: string | null;
  /** Of the 15th. */
  readonly readFor?: readonly string[];
  readonly key?: Partial<LatchKey>;
}

function isForgotten(given: Case): boolean {
  const stored = storedBudgetOf({ id: 'roll', period: ROLLING, each: given.member !== undefined });
  const { saidAt = '2026-11-12T10:00:00Z', said = '100:80', member = '-', unread = '', doubted } = given;
  const { readAt, readFor = null } = given;
  const days = daysFrom(dayOf('2026-11-01'), dayOf('2026-11-21')).filter((day) => day !== unread);
  const spent = new Map(Object.entries({ '2026-11-12': '85', ...given.spent }));
  const changedAt = new Map(Object.entries(given.changedAt ?? {}));
  const totals = new Map(
    days.map((day): [typeof day, DayTotals] => {
      const members = ['proj_a'];
      const groups = new Map([[groupKey(members), { members, amount: amountOf(spent.get(day) ?? '0') }]]);
      const projects = day === '2026-11-15' ? readFor : null;
      return [day, { groups, unknownRows: 0, otherCurrencyRows: 0, projects }];
    }),
  );
  const root: Root = {
    ...NO_ROOT,
    days: new Map(
      days.map((day) => {
        const at = instantOf(changedAt.get(day) ?? day);
        return [day, { run: 'r', parts: 1, hash: 'h', changedAt: at, projects: null }];
      }),
    ),
    reads:
      readAt === null
        ? []
        : [
            {
              from: dayOf('2026-11-01'),
              until: dayOf('2026-11-21'),
              at: readAt === undefined ? TICK : instantOf(readAt),
            },
          ],
    doubted: new Map(doubted === undefined ? [] : [[dayOf(doubted), TICK]]),
  };
  const key = { periodEnd: null, budgetId: 'roll', shape: shapeOf(stored.budget), shard: '-', ...given.key };
  const announcement = { spent: '85', reason: 'first-breach', messageId: 'm', note: '' } as const;
  const latch: Latch = {
    key,
    version: 1,
    announced: new Map([
      [member, new Map([[said, { state: 'announced', at: instantOf(saidAt), ...announcement }]])],
    ]),
    claim: null,
  };
  const spendOf = spendByPeriod(new Map([[seriesOf(stored.budget).key, totals]]), TICK);
  const [after] = rearmRolling([latch], [stored], { spendOf, rootOf: () => root }, TICK);
  return after?.announced.size === 0;
}

/** Of the windows of three days, only the one until the 17th is low. */
const LOW_ON_17TH: Case = { spent: { '2026-11-14': '85' } };

describe('what was said about a rolling budget', () => {
  it.each<[string, Case]>([
    ['a settled window was low', {}],
    ['it was more than 1 % of the limit below', { spent: { '2026-11-15': '78.99' } }],
    ['it was low for a member without a row', { member: 'proj_gone' }],
    ['it was said under a limit of before, and is low under that', { said: '50:40' }],
    ['an older settled window was low, and a newer is high', { spent: { '2026-11-17': '90' } }],
    ['it was said just before the end of a low window', { saidAt: '2026-11-17T23:59:59Z' }],
    [
      'the only low window was read 48 hours after its end',
      { ...LOW_ON_17TH, readAt: '2026-11-20T00:00:00Z' },
    ],
    [
      'the only low window had not changed for 24 hours when it was read',
      { ...LOW_ON_17TH, changedAt: { '2026-11-17': '2026-11-19T00:30:00Z' } },
    ],
  ])('is forgotten when %s', (_, given) => {
    expect(isForgotten(given)).toBe(true);
  });

  it.each<[string, Case]>([
    ['it was said after every settled window', { saidAt: '2026-11-18T10:00:00Z' }],
    ['it was said at the end of the last settled window', { saidAt: '2026-11-18T00:00:00Z' }],
    [
      'the only low window was read less than 48 hours after its end',
      { ...LOW_ON_17TH, readAt: '2026-11-19T23:59:59Z' },
    ],
    [
      'the only low window had changed less than 24 hours before it was read',
      { ...LOW_ON_17TH, changedAt: { '2026-11-17': '2026-11-19T00:30:01Z' } },
    ],
    ['no day was ever read', { readAt: null }],
    ['the low ones hold a day that was read for some projects only', { readFor: ['proj_a'] }],
    ['every settled window is high', { spent: { '2026-11-15': '85' } }],
    ['the low one is 1 % of the limit below and no more', { spent: { '2026-11-15': '79' } }],
    ['the low ones lack a day', { unread: '2026-11-15' }],
    ['the low ones hold a day in doubt', { doubted: '2026-11-15' }],
    [
      'a day of the low ones changed in the day before it was read',
      { changedAt: { '2026-11-15': '2026-11-19T12:00:00Z' } },
    ],
    ['the low window of a member is of another', { member: 'proj_a', spent: { '2026-11-15': '85' } }],
    ['the latch is of another shape', { key: { shape: '000000' } }],
    ['the latch is of another budget', { key: { budgetId: 'other' } }],
    ['the latch has a period that ends', { key: { periodEnd: instantOf('2026-12-01') } }],
  ])('is kept when %s', (_, given) => {
    expect(isForgotten(given)).toBe(false);
  });

  it('is forgotten for each budget, member and threshold by itself, and nothing else of a latch changes', () => {
    const days = daysFrom(dayOf('2026-11-01'), dayOf('2026-11-21'));
    const rows = projectTotals([
      ['low', amountOf('1')],
      ['high', amountOf('50')],
    ]);
    const totals = new Map(days.map((day): [typeof day, DayTotals] => [day, rows]));
    const version = { run: 'r', parts: 1, hash: 'h', changedAt: instantOf('2026-11-01'), projects: null };
    const root: Root = {
      ...NO_ROOT,
      days: new Map(days.map((day) => [day, version])),
      reads: [{ from: dayOf('2026-11-01'), until: dayOf('2026-11-21'), at: TICK }],
    };
    const budgets = [
      storedBudgetOf({ id: 'each', period: ROLLING, each: true }),
      storedBudgetOf({ id: 'of-low', period: ROLLING, projects: ['low'] }),
      storedBudgetOf({ id: 'of-high', period: ROLLING, projects: ['high'] }),
      storedBudgetOf({ id: 'monthly' }),
    ];
    const announcement = { spent: '85', reason: 'first-breach', messageId: 'm', note: '' } as const;
    const said = { state: 'announced', at: instantOf('2026-11-12T10:00:00Z'), ...announcement } as const;
    const latches = budgets.flatMap(({ budget }) =>
      ['-', 'a'].map((shard, version): Latch => {
        const members = budget.each === null ? ['-'] : ['low', 'high'];
        const thresholds = ['100:80', '100:160', '1:1'];
        return {
          key: { periodEnd: null, budgetId: budget.id, shape: shapeOf(budget), shard },
          version,
          announced: new Map(
            members.map((member) => [member, new Map(thresholds.map((key) => [key, said]))]),
          ),
          claim: null,
        };
      }),
    );
    const spendOf = spendByPeriod(new Map([['cost', totals]]), TICK);
    const after = rearmRolling(latches, budgets, { spendOf, rootOf: () => root }, TICK);
    const left = after.map(({ key, version, announced }) => {
      const kept = [...announced].map(
        ([member, byThreshold]) => `${member} ${[...byThreshold.keys()].join(' ')}`,
      );
      return [key.budgetId, key.shard, version, ...kept];
    });
    // In three days 3 of low and 150 of high, so that 80 and 160 are far below 3, and only 160 below 150.
    const lowLeft = '1:1';
    const highLeft = '100:80 1:1';
    const all = '100:80 100:160 1:1';
    expect(left).toEqual(
      [
        ['each', `low ${lowLeft}`, `high ${highLeft}`],
        ['of-low', `- ${lowLeft}`],
        ['of-high', `- ${highLeft}`],
        ['monthly', `- ${all}`],
      ].flatMap(([id, ...kept]) => [
        [id, '-', 0, ...kept],
        [id, 'a', 1, ...kept],
      ]),
    );
  });
});
