// What is held back and what is taken back: one sentence for each situation.

import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../lib/alert/alert-key.ts';
import { alertOfIntent } from '../../lib/alert/alert-of-intent.ts';
import { withClaim, withOutcomes, withSuppressions } from '../../lib/alert/claim-alerts.ts';
import type { Observation } from '../../lib/alert/evaluate.ts';
import { type AnnouncedState, emptyLatch, type Latch } from '../../lib/alert/latch.ts';
import { type Intent, planAlerts } from '../../lib/alert/plan-alerts.ts';
import { planCorrections } from '../../lib/alert/plan-corrections.ts';
import { suppress } from '../../lib/alert/suppress.ts';
import { type Silence, silenceOver } from '../../lib/budget/silence.ts';
import { formatInstant, plusMs } from '../../lib/time/instant.ts';
import { periodAt, periodOf } from '../../lib/time/period.ts';
import { factsAt, outcomesOf } from '../fakes/alert-facts.ts';
import { alertFixture } from '../fakes/alert-fixture.ts';
import { type BudgetCase, budgetOf } from '../fakes/budgets-of.ts';
import { observationOf } from '../fakes/observation-of.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = instantOf('2026-11-20T10:00:00Z');
const OCTOBER = periodAt('monthly', instantOf('2026-10-15'));

const observation = (spent: string, budget: BudgetCase = {}, member = '-'): Observation =>
  observationOf({ spent, period: OCTOBER, open: false, budget, member });
const facts = factsAt(TICK);

/** What the latch holds after runs that announced each amount in turn. */
const announced = (...amounts: string[]): Latch[] => {
  let latches: Latch[] = [];
  for (const amount of amounts) latches = send(planAlerts([observation(amount)], latches), latches);
  return latches;
};
const send = (intents: readonly Intent[], latches: readonly Latch[]): Latch[] => {
  const [intent] = intents;
  if (intent === undefined) return [...latches];
  const alert = alertOfIntent(intent, facts);
  const claimed = withClaim(latches[0] ?? emptyLatch(intent.latchKey), 'run', TICK, [alert], TICK);
  return [
    withOutcomes(claimed, outcomesOf({ [alert.id]: { outcome: 'accepted', messageId: 'm' } }), TICK, TICK)
      .latch,
  ];
};
const said = ({ threshold, supersedes, reason }: Intent) =>
  `${[threshold, ...supersedes].map(({ label }) => label).join(' ')} ${reason}`;

describe('a correction', () => {
  const corrections = (spent: string, latches: readonly Latch[], given = {}, stood = true) =>
    planCorrections([observation(spent, given)], latches, () => stood).map(said);

  it.each([
    ['nothing was announced', '50', announced(), []],
    ['the amount still holds', '85', announced('85'), []],
    ['the amount is less than 1 % of the limit below', '79', announced('85'), []],
    ['the amount is just more than 1 % below', '78.99', announced('85'), ['80% correction']],
    ['only the higher threshold is gone', '85', announced('120'), ['100% correction']],
    ['both thresholds are gone', '50', announced('85', '120'), ['100% 80% correction']],
    ['a lower one that a higher spoke for is gone, too', '50', announced('120'), ['100% 80% correction']],
    ['all was restated to nothing', '0', announced('120'), ['100% 80% correction']],
  ])('when %s', (_, spent, latches, expected) => {
    expect(corrections(spent, latches)).toEqual(expected);
  });

  it('waits until the days have been seen unchanged for three days', () => {
    expect(corrections('50', announced('85'), {}, false)).toEqual([]);
  });

  it('is about the present limit only', () => {
    expect(corrections('50', announced('85'), { limit: '200' })).toEqual([]);
  });

  it('of a limit of 0 comes when nothing is left', () => {
    const zero = { limit: '0', thresholds: ['100%'] };
    const latches = send(planAlerts([observation('5', zero)], []), []);
    expect(corrections('0.01', latches, zero)).toEqual([]);
    expect(corrections('0', latches, zero)).toEqual(['100% correction']);
  });

  it('is said once, and a breach that comes back is not announced again', () => {
    const before = announced('120');
    const plan = planCorrections([observation('50')], before, () => true);
    const after = send(plan, before);
    expect(corrections('50', after)).toEqual([]);
    expect(planAlerts([observation('120')], after)).toEqual([]);
    expect([...(after[0]?.announced.get('-')?.values() ?? [])].map(({ state }) => state)).toEqual([
      'corrected',
      'corrected',
    ]);
  });

  it('is not planned while it is being said', () => {
    const before = announced('120');
    const [plan] = planCorrections([observation('50')], before, () => true);
    if (plan === undefined || before[0] === undefined) throw new Error('50 after 120 must be corrected');
    const claimed = withClaim(before[0], 'other', TICK, [alertOfIntent(plan, facts)], TICK);
    expect(corrections('50', [claimed])).toEqual([]);
  });

  it('names the alert that it takes back', () => {
    const [plan] = planCorrections([observation('50')], announced('120'), () => true);
    if (plan === undefined) throw new Error('50 after 120 must be corrected');
    const alert = alertOfIntent(plan, facts);
    expect(alert.id).toMatch(/^org-monthly#2026-10#[0-9a-f]{6}#-#100:100#correction$/);
    expect([alert.severity, alert.reason]).toEqual(['critical', 'correction']);
  });
});

/** What the latches of one budget hold, whatever they came to hold it by. */
describe('a correction of what several latches may hold', () => {
  type Said = readonly [at: string, state: AnnouncedState];
  const budgetKey = { periodEnd: OCTOBER.end, budgetId: 'org-monthly', shape: shapeOf(budgetOf()) };
  const latchOf = (
    shard: string,
    said: Readonly<Record<string, Readonly<Record<string, Said>>>>,
    change: Partial<Latch> = {},
  ): Latch => ({
    key: { ...budgetKey, shard },
    version: 1,
    announced: new Map(
      Object.entries(said).map(([member, byThreshold]) => [
        member,
        new Map(
          Object.entries(byThreshold).map(([key, [at, state]]) => [
            key,
            {
              state,
              at: instantOf(at),
              spent: '120',
              reason: 'first-breach' as const,
              messageId: 'm',
              note: '',
            },
          ]),
        ),
      ]),
    ),
    claim: null,
    ...change,
  });
  const DAYS = ['2026-10-10', '2026-10-11', '2026-10-12', '2026-10-13'] as const;
  const [FIRST, SECOND, THIRD, FOURTH] = DAYS;
  const planned = (spent: string, latches: readonly Latch[], given: BudgetCase = {}) =>
    planCorrections([observation(spent, given)], latches, () => true).map(
      (intent) => `${said(intent)} in ${intent.latchKey.shard}`,
    );

  it.each<[string, Latch[], string[]]>([
    [
      'takes back all that holds no more, the highest for all, in the first that holds the member',
      [
        latchOf('0', { proj_b: { '100:80': [FIRST, 'announced'] } }),
        latchOf('1', { '-': { '100:100': [FIRST, 'announced'], '100:80': [FIRST, 'superseded'] } }),
        latchOf('a', { '-': { '100:50': [SECOND, 'announced'] } }),
      ],
      ['100% 50 80% correction in 1'],
    ],
    [
      'is not said again of what was taken back in another one',
      [
        latchOf('-', { '-': { '100:80': [FOURTH, 'corrected'], '100:100': [FOURTH, 'corrected'] } }),
        latchOf('a', { '-': { '100:100': [SECOND, 'announced'] } }),
      ],
      [],
    ],
    [
      'is not tried again where it was given up in another one',
      [
        latchOf('-', { '-': { '100:80': [FOURTH, 'dead'] } }),
        latchOf('a', { '-': { '100:80': [SECOND, 'announced'] } }),
      ],
      [],
    ],
    [
      'is said of what was held back in one and announced in another later',
      [
        latchOf('-', { '-': { '100:80': [FIRST, 'suppressed'] } }),
        latchOf('a', { '-': { '100:80': [SECOND, 'announced'] } }),
      ],
      ['80% correction in -'],
    ],
    [
      'is said of nothing that only others were told of',
      [latchOf('-', { proj_b: { '100:80': [FIRST, 'announced'] } })],
      [],
    ],
    [
      'takes no notice of what is no threshold',
      [latchOf('-', { '-': { '100:x': [FIRST, 'announced'] } })],
      [],
    ],
  ])('%s', (_, latches, expected) => {
    expect(planned('40', latches)).toEqual(expected);
  });

  it('is planned once, whatever order the latches come in, and recorded for good', () => {
    const before = [
      latchOf('-', { '-': { '100:80': [FIRST, 'announced'] } }),
      latchOf('a', { '-': { '100:100': [SECOND, 'announced'] } }),
    ];
    const [intent] = planCorrections([observation('40')], before, () => true);
    if (intent === undefined) throw new Error('40 after 100 must be corrected');
    expect(said(intent)).toBe('100% 80% correction');
    expect(intent.suppressedBefore).toBe(false);
    const [recorded] = send([intent], before);
    const after = [recorded ?? before[0], before[1]].flatMap((latch) => latch ?? []);
    expect([planned('40', after), planned('40', after.toReversed())]).toEqual([[], []]);
  });

  it('waits for the days to stand since something was last said about the member', () => {
    const latches = [
      latchOf('-', {
        '-': { '100:80': [THIRD, 'announced'], '50:50': [SECOND, 'announced'] },
        proj_b: { '100:80': [FOURTH, 'announced'] },
      }),
      latchOf('a', { '-': { '100:100': [FIRST, 'announced'] } }),
    ];
    const asked: string[] = [];
    planCorrections([observation('40')], latches, (_, announcedAt) => {
      asked.push(formatInstant(announcedAt));
      return false;
    });
    expect(asked).toEqual([`${THIRD}T00:00:00Z`]);
  });

  it.each<[string, string, string, string[]]>([
    ['the member in another latch', 'x', '-', []],
    ['the member among others', '-', 'proj_b', []],
    ['others only', '-', 'proj_c', ['80% correction in -']],
  ])('waits while something is on its way to %s', (_, shard, member, expected) => {
    const said = latchOf('-', { '-': { '100:80': [FIRST, 'announced'] } });
    const others = ['proj_b', 'proj_c'].map((other) => alertFixture({ id: other, member: other }));
    const own = alertFixture({ id: 'own', member: '-' });
    const alerts = member === '-' ? [own] : member === 'proj_b' ? [...others, own] : others;
    const claimed = (latch: Latch) => withClaim(latch, 'other', TICK, alerts, TICK);
    const latches = shard === '-' ? [claimed(said)] : [said, claimed(latchOf(shard, {}))];
    expect(planned('40', latches)).toEqual(expected);
  });

  it('names a threshold as it is declared today, and by its amount where it is no more', () => {
    const latches = [
      latchOf('-', { '-': { '100:70': [FIRST, 'announced'], '100:80': [FIRST, 'announced'] } }),
    ];
    expect(planned('40', latches, { thresholds: ['80'] })).toEqual(['80 70 correction in -']);
  });

  it('is never said of a rolling window, which falls below its thresholds by itself', () => {
    const rule = { kind: 'rolling', days: 7, zone: 'UTC' } as const;
    const budget = budgetOf({ period: rule });
    const latch = latchOf('-', { '-': { '100:80': [FIRST, 'announced'] } });
    const open = { ...latch, key: { ...latch.key, periodEnd: null, shape: shapeOf(budget) } };
    const seen = observationOf({
      spent: '40',
      period: periodOf(rule, TICK) ?? OCTOBER,
      open: true,
      budget: { period: rule },
    });
    expect(planCorrections([seen], [open], () => true)).toEqual([]);
  });
});

describe('a silence', () => {
  const silence = (more: Partial<Silence> = {}): Silence => ({
    id: 's',
    budgetId: null,
    member: null,
    until: plusMs(TICK, 1),
    reason: 'migration',
    createdAt: TICK,
    createdBy: 'anna',
    ...more,
  });

  it.each([
    ['of everything', silence(), 'each', 'proj_a', true],
    ['of the budget', silence({ budgetId: 'each' }), 'each', 'proj_a', true],
    ['of the member', silence({ budgetId: 'each', member: 'proj_a' }), 'each', 'proj_a', true],
    ['of the member in every budget', silence({ member: 'proj_a' }), 'each', 'proj_a', true],
    ['of another budget', silence({ budgetId: 'other' }), 'each', 'proj_a', false],
    ['of another member', silence({ budgetId: 'each', member: 'proj_b' }), 'each', 'proj_a', false],
    ['that is over', silence({ until: TICK }), 'each', 'proj_a', false],
  ])('%s', (_, given, budgetId, member, expected) => {
    expect(silenceOver([given], budgetId, member, TICK) !== null).toBe(expected);
  });

  it('of several the longest counts', () => {
    const long = silence({ id: 'long', until: plusMs(TICK, 9) });
    expect(silenceOver([silence(), long, silence()], 'b', '-', TICK)).toBe(long);
  });

  it('holds an alert back, says why, and lets it through once when it is over', () => {
    const first = suppress(planAlerts([observation('85')], []), [silence()], TICK);
    expect([first.kept, first.suppressed.map(({ silence: { reason } }) => reason)]).toEqual([
      [],
      ['migration'],
    ]);
    const [suppression] = first.suppressed;
    if (suppression === undefined) throw new Error('it must be suppressed');
    const recorded = withSuppressions(emptyLatch(suppression.intent.latchKey), first.suppressed, TICK);
    expect(recorded.version).toBe(1);
    expect(recorded.announced.get('-')?.get('100:80')).toEqual({
      state: 'suppressed',
      at: TICK,
      spent: '85',
      reason: 'first-breach',
      messageId: '',
      note: 'migration',
    });

    const still = suppress(planAlerts([observation('85')], [recorded]), [silence()], TICK);
    expect(still.suppressed.map(({ intent }) => intent.suppressedBefore)).toEqual([true]);

    const over = suppress(planAlerts([observation('85')], [recorded]), [], TICK);
    expect(over.kept.map(said)).toEqual(['80% silence-expired']);
    const sent = send(over.kept, [recorded]);
    expect(planAlerts([observation('85')], sent)).toEqual([]);
  });

  it('that is over says nothing of what no longer holds', () => {
    const [suppression] = suppress(planAlerts([observation('85')], []), [silence()], TICK).suppressed;
    if (suppression === undefined) throw new Error('it must be suppressed');
    const recorded = withSuppressions(emptyLatch(suppression.intent.latchKey), [suppression], TICK);
    expect(planAlerts([observation('79')], [recorded])).toEqual([]);
  });

  it('records a higher threshold that is reached while it lasts', () => {
    const [suppression] = suppress(planAlerts([observation('85')], []), [silence()], TICK).suppressed;
    if (suppression === undefined) throw new Error('it must be suppressed');
    const recorded = withSuppressions(emptyLatch(suppression.intent.latchKey), [suppression], TICK);
    const higher = suppress(planAlerts([observation('100')], [recorded]), [silence()], TICK);
    expect(higher.suppressed.map(({ intent }) => intent.suppressedBefore)).toEqual([false]);
  });
});
