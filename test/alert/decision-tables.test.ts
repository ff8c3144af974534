// What a run does about a threshold: one sentence for each state that the ledger can have it in and each situation it can meet.

import { describe, expect, it } from 'vitest';
import type { Alert, AlertReason } from '../../lib/alert/alert.ts';
import { announcementKey, shapeOf } from '../../lib/alert/alert-key.ts';
import { alertOfIntent } from '../../lib/alert/alert-of-intent.ts';
import { withClaim } from '../../lib/alert/claim-alerts.ts';
import { type AnnouncedState, emptyLatch, type Latch } from '../../lib/alert/latch.ts';
import { type Intent, planAlerts } from '../../lib/alert/plan-alerts.ts';
import { planCorrections } from '../../lib/alert/plan-corrections.ts';
import { suppress } from '../../lib/alert/suppress.ts';
import { createDynamoDbAlertLedger } from '../../lib/aws/dynamodb-alert-ledger.ts';
import type { Silence } from '../../lib/budget/silence.ts';
import { claimAlerts } from '../../lib/run/claim.ts';
import { DAY_MS, type Instant, plusMs } from '../../lib/time/instant.ts';
import { periodAt } from '../../lib/time/period.ts';
import { factsAt } from '../fakes/alert-facts.ts';
import { alertFixture } from '../fakes/alert-fixture.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { type BudgetCase, budgetOf } from '../fakes/budgets-of.ts';
import { memoryItemTable } from '../fakes/memory-item-table.ts';
import { observationOf } from '../fakes/observation-of.ts';
import { instantOf } from '../fakes/time-of.ts';

/** November 2026, $100, 80 % and 100 %; the ledger may know something about the 80 %. */
const BUDGET: BudgetCase = { id: 'org', limit: '100', thresholds: ['80%', '100%'] };
const IN_NOVEMBER = instantOf('2026-11-20T10:00Z');
const IN_DECEMBER = instantOf('2026-12-10T10:00Z');
const NOVEMBER = periodAt('monthly', IN_NOVEMBER);
const KEY = { periodEnd: NOVEMBER.end, budgetId: 'org', shape: shapeOf(budgetOf(BUDGET)), shard: '-' };

type State = AnnouncedState | 'absent' | 'claimed, its lease running' | 'claimed, its lease ended';

interface Situation {
  readonly spent: string;
  readonly tick?: Instant;
  readonly budget?: BudgetCase;
  readonly silenced?: true;
  /** No day of the period has changed for three days. */
  readonly hasStood?: true;
}

const SITUATIONS = {
  'and the sum is below it': { spent: '50' },
  'and the sum has reached it': { spent: '85' },
  'and the sum has reached the next one': { spent: '100' },
  'and the limit was lowered under the sum': { spent: '85', budget: { ...BUDGET, limit: '50' } },
  'and the limit was raised and 80 % of it is reached': { spent: '165', budget: { ...BUDGET, limit: '200' } },
  'and the sum has reached it and the period has ended': { spent: '85', tick: IN_DECEMBER },
  'and the sum has reached it under a silence': { spent: '85', silenced: true },
  'and the sum has reached the next one under a silence': { spent: '100', silenced: true },
  'and the sum was restated below it three days ago': {
    spent: '50',
    tick: IN_DECEMBER,
    hasStood: true,
  },
  'and the sum was restated below it less than three days ago': {
    spent: '50',
    tick: IN_DECEMBER,
  },
  'and the sum was restated below it three days ago, under a silence': {
    spent: '50',
    tick: IN_DECEMBER,
    hasStood: true,
    silenced: true,
  },
} satisfies Record<string, Situation>;

/** In the order of the situations. In brackets: lower thresholds that an alert speaks for. */
const TABLE: Readonly<Record<State, Readonly<Record<keyof typeof SITUATIONS, string>>>> = {
  absent: {
    'and the sum is below it': 'nothing',
    'and the sum has reached it': 'says 80% first-breach',
    'and the sum has reached the next one': 'says 100% first-breach (80%)',
    'and the limit was lowered under the sum': 'says 100% first-breach (80%)',
    'and the limit was raised and 80 % of it is reached': 'says 80% first-breach',
    'and the sum has reached it and the period has ended': 'says 80% first-breach late',
    'and the sum has reached it under a silence': 'holds back 80%',
    'and the sum has reached the next one under a silence': 'holds back 100% (80%)',
    'and the sum was restated below it three days ago': 'nothing',
    'and the sum was restated below it less than three days ago': 'nothing',
    'and the sum was restated below it three days ago, under a silence': 'nothing',
  },
  announced: {
    'and the sum is below it': 'nothing',
    'and the sum has reached it': 'nothing',
    'and the sum has reached the next one': 'says 100% higher-threshold',
    'and the limit was lowered under the sum': 'says 100% limit-changed (80%)',
    'and the limit was raised and 80 % of it is reached': 'says 80% limit-changed',
    'and the sum has reached it and the period has ended': 'nothing',
    'and the sum has reached it under a silence': 'nothing',
    'and the sum has reached the next one under a silence': 'holds back 100%',
    'and the sum was restated below it three days ago': 'says 80% correction late',
    'and the sum was restated below it less than three days ago': 'nothing',
    'and the sum was restated below it three days ago, under a silence': 'holds back the correction of 80%',
  },
  superseded: {
    'and the sum is below it': 'nothing',
    'and the sum has reached it': 'nothing',
    'and the sum has reached the next one': 'nothing',
    'and the limit was lowered under the sum': 'says 100% limit-changed (80%)',
    'and the limit was raised and 80 % of it is reached': 'says 80% limit-changed',
    'and the sum has reached it and the period has ended': 'nothing',
    'and the sum has reached it under a silence': 'nothing',
    'and the sum has reached the next one under a silence': 'nothing',
    'and the sum was restated below it three days ago': 'says 100% correction (80%) late',
    'and the sum was restated below it less than three days ago': 'nothing',
    'and the sum was restated below it three days ago, under a silence':
      'holds back the correction of 100% (80%)',
  },
  suppressed: {
    'and the sum is below it': 'nothing',
    'and the sum has reached it': 'says 80% silence-expired',
    'and the sum has reached the next one': 'says 100% silence-expired (80%)',
    'and the limit was lowered under the sum': 'says 100% first-breach (80%)',
    'and the limit was raised and 80 % of it is reached': 'says 80% first-breach',
    'and the sum has reached it and the period has ended': 'says 80% silence-expired late',
    'and the sum has reached it under a silence': 'keeps holding back 80%',
    'and the sum has reached the next one under a silence': 'holds back 100% (80%)',
    'and the sum was restated below it three days ago': 'nothing',
    'and the sum was restated below it less than three days ago': 'nothing',
    'and the sum was restated below it three days ago, under a silence': 'nothing',
  },
  dead: {
    'and the sum is below it': 'nothing',
    'and the sum has reached it': 'nothing',
    'and the sum has reached the next one': 'says 100% higher-threshold',
    'and the limit was lowered under the sum': 'says 100% limit-changed (80%)',
    'and the limit was raised and 80 % of it is reached': 'says 80% limit-changed',
    'and the sum has reached it and the period has ended': 'nothing',
    'and the sum has reached it under a silence': 'nothing',
    'and the sum has reached the next one under a silence': 'holds back 100%',
    'and the sum was restated below it three days ago': 'nothing',
    'and the sum was restated below it less than three days ago': 'nothing',
    'and the sum was restated below it three days ago, under a silence': 'nothing',
  },
  corrected: {
    'and the sum is below it': 'nothing',
    'and the sum has reached it': 'nothing',
    'and the sum has reached the next one': 'says 100% higher-threshold',
    'and the limit was lowered under the sum': 'says 100% limit-changed (80%)',
    'and the limit was raised and 80 % of it is reached': 'says 80% limit-changed',
    'and the sum has reached it and the period has ended': 'nothing',
    'and the sum has reached it under a silence': 'nothing',
    'and the sum has reached the next one under a silence': 'holds back 100%',
    'and the sum was restated below it three days ago': 'nothing',
    'and the sum was restated below it less than three days ago': 'nothing',
    'and the sum was restated below it three days ago, under a silence': 'nothing',
  },
  // Whoever holds the latch sends; what is new in it waits for the next run.
  'claimed, its lease running': {
    'and the sum is below it': 'nothing',
    'and the sum has reached it': 'nothing',
    'and the sum has reached the next one': 'nothing',
    'and the limit was lowered under the sum': 'nothing',
    'and the limit was raised and 80 % of it is reached': 'nothing',
    'and the sum has reached it and the period has ended': 'nothing',
    'and the sum has reached it under a silence': 'nothing',
    'and the sum has reached the next one under a silence': 'holds back 100%',
    'and the sum was restated below it three days ago': 'nothing',
    'and the sum was restated below it less than three days ago': 'nothing',
    'and the sum was restated below it three days ago, under a silence': 'nothing',
  },
  // It goes out as it was claimed, whatever has become of the figures since.
  'claimed, its lease ended': {
    'and the sum is below it': 'says 80% first-breach',
    'and the sum has reached it': 'says 80% first-breach',
    'and the sum has reached the next one': 'says 80% first-breach, says 100% higher-threshold',
    'and the limit was lowered under the sum': 'says 80% first-breach, says 100% limit-changed (80%)',
    'and the limit was raised and 80 % of it is reached': 'says 80% first-breach, says 80% limit-changed',
    'and the sum has reached it and the period has ended': 'says 80% first-breach',
    'and the sum has reached it under a silence': 'says 80% first-breach',
    'and the sum has reached the next one under a silence': 'says 80% first-breach, holds back 100%',
    'and the sum was restated below it three days ago': 'says 80% first-breach',
    'and the sum was restated below it less than three days ago': 'says 80% first-breach',
    'and the sum was restated below it three days ago, under a silence': 'says 80% first-breach',
  },
};

const ROWS = Object.entries(TABLE).flatMap(([state, verdicts]) =>
  Object.entries(verdicts).map(
    ([situation, verdict]) => [state as State, situation as keyof typeof SITUATIONS, verdict] as const,
  ),
);

describe('a threshold that is', () => {
  it.each(ROWS)('%s, %s: %s', async (state, situation, expected) => {
    expect(await verdictOf(state, SITUATIONS[situation])).toBe(expected);
  });

  it('in any of its states gives every reason there is, and the mark of what comes late', () => {
    const reasons: Record<Exclude<AlertReason, 'test'>, true> = {
      'first-breach': true,
      'higher-threshold': true,
      'limit-changed': true,
      'silence-expired': true,
      correction: true,
    };
    const said = ROWS.map(([, , verdict]) => verdict).join(', ');
    for (const reason of [...Object.keys(reasons), 'late']) expect(said).toContain(reason);
  });
});

/** Plans, suppresses and claims as a run does, on the ledger itself; nothing is delivered. */
async function verdictOf(state: State, situation: Situation): Promise<string> {
  const { spent, tick = IN_NOVEMBER, budget = BUDGET, silenced, hasStood = false } = situation;
  const ledger = createDynamoDbAlertLedger(memoryItemTable());
  const latch = latchIn(state, tick);
  if (latch !== null) await ledger.write('org', latch, 'before');
  const { latches } = await ledger.read('org', IN_NOVEMBER);

  const observation = observationOf({ spent, period: NOVEMBER, open: tick < NOVEMBER.end, budget });
  const intents = [
    ...planAlerts([observation], latches),
    ...planCorrections([observation], latches, () => hasStood),
  ];
  const { kept, suppressed } = suppress(intents, silenced ? [silenceAt(tick)] : [], tick);
  const facts = factsAt(tick);
  const routes = { names: null, notifierOf: () => ({ audience: async () => null, deliver: neverAsked }) };
  const claimed = await claimAlerts(
    {
      alerts: kept.map((intent) => ({ alert: alertOfIntent(intent, facts), latchKey: intent.latchKey })),
      latches,
      run: 'now',
      input: { organization: 'org', tick, deadline: plusMs(tick, 60_000) },
      voidLeases: false,
    },
    { ledger, routes, clock: { now: () => tick } },
  );
  expect(claimed.problems).toEqual([]);
  const parts = [
    ...claimed.alerts.map(({ alert }) => saidLine(alert)),
    ...suppressed.map(({ intent }) => heldBackLine(intent)),
  ];
  return parts.join(', ') || 'nothing';
}

function latchIn(state: State, now: Instant): Latch | null {
  const at = instantOf('2026-11-19T10:00Z');
  if (state === 'absent') return null;
  if (state === 'claimed, its lease running' || state === 'claimed, its lease ended') {
    const leaseUntil = state === 'claimed, its lease running' ? plusMs(now, 1) : now;
    return withClaim(emptyLatch(KEY), 'before', leaseUntil, [alertFixture({ budgetId: 'org' })], at);
  }
  const entry = (of: AnnouncedState) => {
    const note = of === 'suppressed' ? 'load test' : '';
    return { state: of, at, spent: '85', reason: 'first-breach' as const, messageId: '', note };
  };
  const keyOf = (threshold: string) => announcementKey(amountOf('100'), amountOf(threshold));
  const said = new Map([[keyOf('80'), entry(state)]]);
  if (state === 'superseded') said.set(keyOf('100'), entry('announced'));
  return { key: KEY, version: 1, announced: new Map([['-', said]]), claim: null };
}

function silenceAt(tick: Instant): Silence {
  const until = plusMs(tick, DAY_MS);
  return {
    id: 's',
    budgetId: null,
    member: null,
    until,
    reason: 'load test',
    createdAt: tick,
    createdBy: 'a',
  };
}

function saidLine({ threshold, reason, supersedes, late }: Alert): string {
  const lower = supersedes.map((spokenFor) => `(${spokenFor.threshold})`);
  return ['says', threshold, reason, ...lower, ...(late ? ['late'] : [])].join(' ');
}

function heldBackLine({ threshold, supersedes, reason, suppressedBefore }: Intent): string {
  const what = [threshold.label, ...supersedes.map(({ label }) => `(${label})`)].join(' ');
  if (reason === 'correction') return `holds back the correction of ${what}`;
  return `${suppressedBefore ? 'keeps holding back' : 'holds back'} ${what}`;
}

function neverAsked(): never {
  throw new Error('deciding delivers nothing');
}
