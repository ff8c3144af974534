// Where a sum stands: what was said of each threshold, what is due, and what exactly would be said next.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertOfIntent } from '../../lib/alert/alert-of-intent.ts';
import {
  type AlertOutcome,
  withClaim,
  withOutcomes,
  withSuppressions,
} from '../../lib/alert/claim-alerts.ts';
import type { Observation } from '../../lib/alert/evaluate.ts';
import { emptyLatch, type Latch } from '../../lib/alert/latch.ts';
import { ledgerEntries } from '../../lib/alert/ledger-entries.ts';
import { type Intent, planAlerts } from '../../lib/alert/plan-alerts.ts';
import { isReached } from '../../lib/alert/reached.ts';
import { standingsOf } from '../../lib/alert/threshold-standing.ts';
import type { Silence } from '../../lib/budget/silence.ts';
import { type Amount, amountOfUnits } from '../../lib/money/amount.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';
import { DAY_MS, plusMs } from '../../lib/time/instant.ts';
import { periodAt } from '../../lib/time/period.ts';
import { factsAt, outcomesOf } from '../fakes/alert-facts.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { type BudgetCase, budgetOf } from '../fakes/budgets-of.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = instantOf('2026-11-20T10:00:00Z');
const THIRDS: BudgetCase = { thresholds: ['50%', '80%', '100%'] };
const SILENCE: Silence = {
  id: 'quiet',
  budgetId: 'org-monthly',
  member: null,
  until: plusMs(TICK, DAY_MS),
  reason: 'migration',
  createdAt: TICK,
  createdBy: 'anna',
};

const observationOf = (spent: Amount, given: BudgetCase = THIRDS): Observation => {
  const budget = budgetOf(given);
  return {
    budget,
    period: periodAt('monthly', TICK),
    open: true,
    member: '-',
    present: true,
    memberCount: 1,
    spent,
    reached: budget.thresholds.filter((threshold) => isReached(spent, threshold.amount)),
    atLimit: isReached(spent, budget.limit),
    missingDays: [],
    known: true,
    limitJustLowered: false,
  };
};
const observation = (spent: string, given?: BudgetCase) => observationOf(amountOf(spent), given);

const intentFor = (spent: string, latches: readonly Latch[] = []): Intent => {
  const [intent] = planAlerts([observation(spent)], latches);
  if (intent === undefined) throw new Error(`${spent} must have something to say`);
  return intent;
};
const claimed = (intent: Intent, latch = emptyLatch(intent.latchKey)): Latch => {
  return withClaim(latch, 'run', TICK, [alertOfIntent(intent, factsAt(TICK))], TICK);
};
const recorded = (latch: Latch, outcome: AlertOutcome, tick = TICK): Latch => {
  const ids = latch.claim?.alerts.map(({ alert }) => alert.id) ?? [];
  return withOutcomes(latch, outcomesOf(Object.fromEntries(ids.map((id) => [id, outcome]))), tick, tick)
    .latch;
};
const announced = (spent: string) =>
  recorded(claimed(intentFor(spent)), { outcome: 'accepted', messageId: `message-${spent}` });
const suppressed = (spent: string) => {
  const intent = intentFor(spent);
  return withSuppressions(emptyLatch(intent.latchKey), [{ intent, silence: SILENCE }], TICK);
};
const dead = (spent: string) => {
  let latch = claimed(intentFor(spent));
  for (let tries = 1; tries < 12; tries += 1) latch = withClaim(latch, 'run', TICK, [], TICK);
  return recorded(latch, { outcome: 'refused' }, plusMs(TICK, 3 * DAY_MS));
};
const corrected = (spent: string) => {
  const before = announced(spent);
  return recorded(claimed({ ...intentFor(spent), reason: 'correction' }, before), {
    outcome: 'accepted',
    messageId: 'taken-back',
  });
};

const standing = (seen: Observation, latches: readonly Latch[] = [], silences: readonly Silence[] = []) => {
  const [only] = standingsOf([seen], latches, silences, TICK);
  if (only === undefined) throw new Error('every observation has a standing');
  return only;
};

describe('a sum', () => {
  const row = (seen: Observation, latches: readonly Latch[] = []) => {
    const { thresholds, due, next } = standing(seen, latches);
    return {
      said: thresholds.map(({ entry }) => entry?.state ?? '-').join(' '),
      due: due?.label ?? '-',
      next: next === null ? '-' : `${formatAmount(next.missing)} to ${next.threshold.label}`,
    };
  };

  it.each([
    ['below every threshold', observation('10'), [], '- - -', '-', '40 to 50%'],
    ['that has reached two, before a check', observation('85'), [], '- - -', '80%', '15 to 100%'],
    ['that was announced', observation('85'), [announced('85')], 'superseded announced -', '-', '15 to 100%'],
    [
      'whose alert is on its way',
      observation('85'),
      [claimed(intentFor('85'))],
      'claimed claimed -',
      '-',
      '15 to 100%',
    ],
    [
      'that is silenced',
      observation('85'),
      [suppressed('85')],
      'suppressed suppressed -',
      '80%',
      '15 to 100%',
    ],
    [
      'that fell after it was announced',
      observation('40'),
      [announced('85')],
      'superseded announced -',
      '-',
      '60 to 100%',
    ],
    [
      'that fell while it was silenced',
      observation('40'),
      [suppressed('85')],
      'suppressed suppressed -',
      '-',
      '10 to 50%',
    ],
    [
      'that was announced at its limit',
      observation('120'),
      [announced('120')],
      'superseded superseded announced',
      '-',
      '-',
    ],
    ['that could not be delivered', observation('120'), [dead('120')], 'dead dead dead', '-', '-'],
    ['that was taken back', observation('20'), [corrected('120')], 'corrected corrected corrected', '-', '-'],
    [
      'under a limit that was raised',
      observation('85', { ...THIRDS, limit: '200' }),
      [announced('85')],
      '- - -',
      '-',
      '15 to 50%',
    ],
    [
      'announced under the limit before',
      observation('120', { ...THIRDS, limit: '200' }),
      [announced('120')],
      '- - -',
      '50%',
      '40 to 80%',
    ],
    [
      'whose correction is on its way',
      observation('20'),
      [claimed({ ...intentFor('120'), reason: 'correction' }, announced('120'))],
      'claimed claimed claimed',
      '-',
      '-',
    ],
    [
      'of nothing under a limit of 0',
      observation('0', { limit: '0', thresholds: ['100%'] }),
      [],
      '-',
      '-',
      '0 to 100%',
    ],
    [
      'of a cent under a limit of 0',
      observation('0.01', { limit: '0', thresholds: ['100%'] }),
      [],
      '-',
      '100%',
      '-',
    ],
    ['of a credit', observation('-5'), [], '- - -', '-', '55 to 50%'],
  ])('%s', (_, seen, latches, said, due, next) => {
    expect(row(seen, latches)).toEqual({ said, due, next });
  });

  it('is about its own budget, period, member and shape', () => {
    const latch = announced('85');
    const strangers: Latch[] = [
      { ...latch, key: { ...latch.key, budgetId: 'other' } },
      { ...latch, key: { ...latch.key, shape: '000000' } },
      { ...latch, key: { ...latch.key, periodEnd: plusMs(periodAt('monthly', TICK).end, DAY_MS) } },
      { ...latch, announced: new Map([['proj_a', new Map(latch.announced.get('-'))]]) },
    ];
    expect(row(observation('85'), strangers)).toMatchObject({ said: '- - -', due: '80%' });
  });

  it('whose members moved to other latches goes by what was said last', () => {
    const early = suppressed('85');
    const late = recorded(claimed(intentFor('85')), { outcome: 'accepted', messageId: 'm' }, plusMs(TICK, 1));
    const sharded = { ...late, key: { ...late.key, shard: 'a' } };
    for (const latches of [
      [early, sharded],
      [sharded, early],
    ]) {
      expect(row(observation('85'), latches).said).toBe('superseded announced -');
    }
  });

  it('goes by what is on its way, wherever that is, until it is recorded', () => {
    const way = claimed(intentFor('85'));
    const early = suppressed('85');
    const later = recorded(
      claimed(intentFor('85')),
      { outcome: 'accepted', messageId: 'm' },
      plusMs(TICK, 1),
    );
    for (const other of [early, later]) {
      const sharded = { ...other, key: { ...other.key, shard: 'a' } };
      expect(row(observation('85'), [way, sharded]).said).toBe('claimed claimed -');
      expect(row(observation('85'), [sharded, way]).said).toBe('claimed claimed -');
    }
  });

  it('knows which message said it, and when', () => {
    const [, eighty] = standing(observation('85'), [announced('85')]).thresholds;
    expect(eighty?.entry).toMatchObject({ at: TICK, messageId: 'message-85', spent: '85' });
  });

  it('has the silences over it, the longest first', () => {
    const longer = { ...SILENCE, id: 'longer', budgetId: null, until: plusMs(SILENCE.until, 1) };
    const other = { ...SILENCE, id: 'other', budgetId: 'other' };
    const { silences } = standing(observation('85'), [], [SILENCE, longer, other]);
    expect(silences.map(({ id }) => id)).toEqual(['longer', 'quiet']);
  });

  it('that grows by what is missing has exactly the promised alert, and by any less has not', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 42n), max: 2n * 10n ** 42n }), (units) => {
        const { next, due } = standing(observationOf(amountOfUnits(units)));
        if (next === null) return;
        const grownBy = (more: bigint) =>
          planAlerts([observationOf(amountOfUnits(units + more))], [])[0]?.threshold.label ?? null;
        expect(grownBy(next.missing)).toBe(next.threshold.label);
        expect(grownBy(next.missing - 1n)).toBe(due?.label ?? null);
      }),
    );
  });
});

describe('the ledger as a list', () => {
  it('has an entry for each threshold, recorded or on its way', () => {
    const intent = intentFor('120', [announced('60')]);
    const latch = claimed(intent, announced('60'));
    expect(
      ledgerEntries([latch]).map(({ state, limit, thresholdAmount, attempts, messageId, note }) => {
        return [state, limit, thresholdAmount, attempts, messageId, note];
      }),
    ).toEqual([
      ['announced', '100', '50', 0, 'message-60', ''],
      ['claimed', '100', '100', 1, '', ''],
      ['claimed', '100', '80', 1, '', ''],
    ]);
  });
});
