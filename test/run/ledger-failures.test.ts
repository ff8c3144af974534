// A ledger that cannot be written in the middle of a run: what can still be said is said, and each failure says what follows.
import { beforeEach, describe, expect, it } from 'vitest';
import { BudgetAlertsError } from '../../lib/errors.ts';
import { SourceError } from '../../lib/spend/usage-source.ts';
import { plusMs } from '../../lib/time/instant.ts';
import { costRow } from '../fakes/day-of-rows.ts';
import type { Operation } from '../fakes/memory-item-table.ts';
import { type RunWorld, runWorld } from '../fakes/run-world.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = '2026-11-20T10:00:00Z';
const NEXT = '2026-11-20T10:15:00Z';
const AFTER_THE_LEASE_MS = 121_000;

let world: RunWorld;
const sent = () => world.messages.flatMap(({ alerts }) => alerts.map(({ budgetId }) => budgetId));
const unavailable = () => new BudgetAlertsError('state-unavailable', 'There is no answer.');

/** The writes of a kind fail, counted from 0. */
function fail(isMeant: (operation: Operation, write: number) => boolean, error: Error = unavailable()): void {
  let writes = 0;
  world.ledgerFate = (operation) => {
    if (operation.kind !== 'put') return 'works';
    writes += 1;
    if (isMeant(operation, writes - 1)) throw error;
    return 'works';
  };
}

beforeEach(async () => {
  world = runWorld();
  await world.apply(TICK, { id: 'one', limit: '100' }, { id: 'two', limit: '100' });
  world.rows.set('2026-11-19', [costRow(['proj_a', 'x', '85'])]);
  await world.collect(TICK);
});

describe('a claim that cannot be written', () => {
  it('keeps no other alert from being sent, and is sent by the next run', async () => {
    fail(({ sk }) => sk.includes('#one#'));
    const { problems } = await world.check(TICK);
    expect(sent()).toEqual(['two']);
    expect(problems).toMatchObject([{ code: 'claim-failed', severity: 'error' }]);
    expect(problems[0]?.message).toMatch(
      /^2026-12-01T00:00:00Z#one#[\da-f]{6}#-: There is no answer\. Its alerts were not sent; a later run sends them\.$/,
    );
    world.ledgerFate = () => 'works';
    await world.check(NEXT);
    expect(sent()).toEqual(['two', 'one']);
  });

  it('because of a defect ends the run', async () => {
    fail(({ sk }) => sk.includes('#one#'), new TypeError('a defect'));
    await expect(world.check(TICK)).rejects.toThrow('a defect');
  });
});

describe('outcomes that cannot be written', () => {
  it('are said, and the alert is sent again when its lease has ended', async () => {
    // The claims of both are the first two writes.
    fail(({ sk }, write) => write >= 2 && sk.includes('#one#'));
    const { problems, delivered } = await world.check(TICK);
    expect(delivered.map(({ alert }) => alert.budgetId)).toEqual(['one', 'two']);
    expect(problems.map(({ code }) => code)).toEqual(['record-failed']);
    expect(problems[0]?.message).toContain('so a later run may send them again.');
    world.ledgerFate = () => 'works';
    world.now = plusMs(world.now, AFTER_THE_LEASE_MS);
    await world.check(NEXT);
    expect(sent()).toEqual(['one', 'two', 'one']);
  });
});

describe('silenced alerts that cannot be recorded', () => {
  it('are said to be held back, and not to have been sent', async () => {
    await world.silence({
      id: 's',
      budgetId: 'one',
      member: null,
      until: instantOf('2026-11-30T00:00:00Z'),
      reason: 'migration',
      createdAt: instantOf(TICK),
      createdBy: 'anna',
    });
    fail(({ sk }) => sk.includes('#one#'));
    const { problems } = await world.check(TICK);
    expect(sent()).toEqual(['two']);
    expect(problems.map(({ code }) => code)).toEqual(['record-failed']);
    expect(problems[0]?.message).toContain(
      'There is no answer. What a silence holds back could not be recorded; a later run records it.',
    );
    expect(problems[0]?.message).not.toContain('sent');
    world.ledgerFate = () => 'works';
    expect((await world.check(NEXT)).problems).toEqual([]);
    expect((await world.latches()).map(({ key, announced }) => [key.budgetId, announced.size])).toEqual([
      ['one', 1],
      ['two', 1],
    ]);
  });
});

describe('a notice that cannot be claimed', () => {
  beforeEach(async () => {
    await world.check(TICK);
    world.failure = new SourceError('openai-key-rejected', 'Make an admin key.');
    await world.collect(NEXT);
    world.hasAudience = false;
  });
  const told = () => world.notices.map(({ attributes }) => attributes.code);

  it('keeps no other from being sent, and is sent by the next run', async () => {
    fail(({ sk }) => sk === 'notice#audience');
    const { problems } = await world.heartbeat(NEXT);
    expect(problems).toMatchObject([
      {
        code: 'notice-undelivered',
        message: 'Operations could not be told about audience (state-unavailable); the next run tries again.',
      },
    ]);
    expect(told()).toEqual([]);
    await world.check(NEXT);
    expect(told()).toEqual(['SourceFailing']);
    world.ledgerFate = () => 'works';
    await world.heartbeat(NEXT);
    expect(told()).toEqual(['SourceFailing', 'NoConfirmedSubscriber']);
  });

  it('because of a defect ends the run', async () => {
    fail(({ sk }) => sk === 'notice#audience', new TypeError('a defect'));
    await expect(world.heartbeat(NEXT)).rejects.toThrow('a defect');
  });
});
