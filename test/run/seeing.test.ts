// What status, history and explain see of real stores, at every stage of an alert's life; and that they only look.
import { beforeEach, describe, expect, it } from 'vitest';
import { createDynamoDbAlertLedger } from '../../lib/aws/dynamodb-alert-ledger.ts';
import { createDynamoDbBudgetStore } from '../../lib/aws/dynamodb-budget-store.ts';
import { createDynamoDbSpendStore } from '../../lib/aws/dynamodb-spend-store.ts';
import type { Silence } from '../../lib/budget/silence.ts';
import { ZERO_AMOUNT } from '../../lib/money/amount.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';
import { explainBudget } from '../../lib/run/explain-budget.ts';
import { type PastAlert, readHistory } from '../../lib/run/read-history.ts';
import { readStatus } from '../../lib/run/read-status.ts';
import { SourceError } from '../../lib/spend/usage-source.ts';
import { formatInstant } from '../../lib/time/instant.ts';
import { costRow } from '../fakes/day-of-rows.ts';
import { type RunWorld, runWorld } from '../fakes/run-world.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = '2026-11-20T10:00:00Z';
const NEXT = '2026-11-20T10:15:00Z';
const LATER = '2026-11-20T12:00:00Z';

let world: RunWorld;
const spend = (amount: string, day = '2026-11-19') =>
  world.rows.set(day, [costRow(['proj_a', 'gpt-5, input', amount])]);
const ports = () => ({
  budgets: createDynamoDbBudgetStore(world.tables.budgets),
  spend: createDynamoDbSpendStore(world.tables.spend, () => world.now),
  ledger: createDynamoDbAlertLedger(world.tables.ledger),
  names: world.remembered,
});
const status = (tick = LATER) => readStatus({ organization: 'org', tick: instantOf(tick) }, ports());
const history = (more: { tick?: string; since?: string; budgetId?: string } = {}) => {
  const { tick = LATER, since = null, budgetId = null } = more;
  return readHistory({ organization: 'org', tick: instantOf(tick), since, budgetId }, ports());
};
const explain = (budgetId = 'org', member: string | null = null) =>
  explainBudget({ organization: 'org', tick: instantOf(LATER), budgetId, member }, ports());
const lines = (alerts: readonly PastAlert[]) =>
  alerts.map(({ at, threshold, state, reason, spent }) => {
    return `${formatInstant(at).slice(5, 16)} ${threshold} ${state} ${reason} ${spent}`;
  });
const silence = (more: Partial<Silence> = {}) =>
  world.silence({
    id: 'quiet',
    budgetId: null,
    member: null,
    until: instantOf('2026-11-21T00:00:00Z'),
    reason: 'migration',
    createdAt: instantOf(TICK),
    createdBy: 'anna',
    ...more,
  });

beforeEach(async () => {
  world = runWorld();
  await world.apply(TICK, { id: 'org', limit: '100' });
  spend('85');
  await world.collect(TICK);
});

describe('looking', () => {
  it('writes nothing, sends nothing and asks OpenAI nothing, even where a check would', async () => {
    const counts = () => [
      ...Object.values(world.tables).map(({ requests }) => requests.writes),
      world.messages.length,
      world.notices.length,
      world.requests.length,
      world.audienceQuestions,
    ];
    const before = counts();
    await status();
    await history();
    await explain();
    expect(counts()).toEqual(before);
    expect((await world.check(LATER)).delivered).toHaveLength(1);
  });
});

describe('status', () => {
  it('has the budgets and sources that a check has', async () => {
    const report = await world.check(TICK);
    const seen = await status(TICK);
    expect([seen.observations, seen.sources]).toEqual([report.observations, report.sources]);
    expect([seen.delivered, seen.problems, seen.heldBack, seen.notices]).toEqual([[], [], [], []]);
  });

  it('knows when a check last left word, or that none has', async () => {
    expect((await status()).lastCheckAt).toBeNull();
    await world.check(TICK);
    await world.check(NEXT);
    expect((await status()).lastCheckAt).toBe(instantOf(TICK));
  });

  it('shows the silences that are not over', async () => {
    await silence();
    await silence({ id: 'over', until: instantOf(LATER) });
    expect((await status()).silences.map(({ id }) => id)).toEqual(['quiet']);
  });

  it('shows what is held back as soon as it is, since when it is on record, and no more once it may be said', async () => {
    const held = async () =>
      (await status()).heldBack.map(({ intent, silence: { reason }, since }) => {
        return [intent.threshold.label, intent.reason, reason, since && formatInstant(since)];
      });
    expect(await held()).toEqual([]);
    await silence();
    expect(await held()).toEqual([['80%', 'first-breach', 'migration', null]]);
    await world.check(TICK);
    expect(await held()).toEqual([['80%', 'silence-expired', 'migration', TICK]]);
    await world.unsilence('quiet');
    expect(await held()).toEqual([]);
  });

  it('knows of no record of what is held back, where the budget has one of something else', async () => {
    await world.check(TICK);
    await silence();
    spend('100');
    await world.collect(NEXT);
    expect((await status()).heldBack.map(({ intent, since }) => [intent.threshold.label, since])).toEqual([
      ['100%', null],
    ]);
  });

  it('shows what operations were told, until it is over', async () => {
    const open = async () => (await status()).notices.map(({ subject, said }) => [subject, said?.state]);
    world.failure = new SourceError('openai-key-rejected', 'Make another key.');
    await world.collect(NEXT);
    await world.check(NEXT);
    expect(await open()).toEqual([['source.costs', 'failing openai-key-rejected']]);
    expect((await status()).sources[0]?.failing).toMatchObject({ code: 'openai-key-rejected', failures: 1 });
    world.failure = null;
    await world.collect(LATER);
    await world.check(LATER);
    expect(await open()).toEqual([]);
  });
});

describe('history', () => {
  it('tells the life of alerts: held back, then said; refused, then given up', async () => {
    expect(await history()).toEqual([]);
    await silence();
    await world.check(TICK);
    expect(lines(await history())).toEqual(['11-20T10:00 80% suppressed first-breach 85']);
    expect((await history())[0]).toMatchObject({ note: 'migration', messageId: '' });
    await world.unsilence('quiet');
    await world.check(NEXT);
    expect(lines(await history())).toEqual(['11-20T10:15 80% announced silence-expired 85']);

    spend('100');
    await world.collect(NEXT);
    world.deliver = () => ({ outcome: 'refused', why: 'throttled' });
    await world.check(NEXT);
    await world.check(LATER, { alone: true });
    const [onItsWay] = await history();
    expect(onItsWay).toMatchObject({ threshold: '100%', state: 'claimed', attempts: 2, spent: '100' });
    expect(onItsWay?.id).toBe(onItsWay?.alert?.id);
    for (let tries = 3; tries <= 12; tries += 1) await world.check('2026-11-23T11:00:00Z', { alone: true });
    expect(lines(await history({ tick: '2026-11-23T12:00:00Z' }))).toEqual([
      '11-23T11:00 100% dead higher-threshold 100',
      '11-20T10:15 80% announced silence-expired 85',
    ]);
  });

  it('has the id and the message that people were sent, and each threshold that one spoke for', async () => {
    spend('100');
    await world.collect(TICK);
    await world.check(TICK);
    const alerts = await history();
    expect(lines(alerts)).toEqual([
      '11-20T10:00 100% announced first-breach 100',
      '11-20T10:00 80% superseded first-breach 100',
    ]);
    const [message] = world.messages;
    expect(alerts[0]).toMatchObject({ id: message?.alerts[0]?.id, messageId: message?.messageId });
    expect(alerts.map(({ period, unit }) => [period?.key, unit])).toEqual([
      ['2026-11', 'usd'],
      ['2026-11', 'usd'],
    ]);
  });

  it('names members, and is of one budget if it is told to', async () => {
    world.names.set('proj_a', 'Search');
    await world.apply(TICK, { id: 'org', limit: '100' }, { id: 'each', limit: '100', each: true });
    await world.collect('2026-11-20T11:30:00Z');
    await world.check(LATER);
    const [each, ...others] = await history({ budgetId: 'each' });
    expect([each?.member, each?.memberName, others]).toEqual(['proj_a', 'Search', []]);
    expect(await history({ budgetId: 'no-such' })).toEqual([]);
    expect((await history()).map(({ key }) => key.budgetId)).toEqual(['each', 'org']);
  });

  it('has no name for a member that has none', async () => {
    world.names.set('proj_a', 'Search');
    world.rows.set('2026-11-19', [costRow(['proj_a', 'x', '85']), costRow(['proj_b', 'x', '90'])]);
    await world.apply(TICK, { id: 'each', limit: '100', each: true });
    await world.collect(LATER);
    await world.check(LATER);
    const named = (await history({ budgetId: 'each' })).map(({ member, memberName }) => [member, memberName]);
    expect(named.sort()).toEqual([
      ['proj_a', 'Search'],
      ['proj_b', null],
    ]);
  });

  it.each([
    ['a limit that was edited to its threshold', { id: 'org', limit: '80' }, 'usd', '2026-11'],
    [
      'an edited scope has neither name nor unit',
      { id: 'org', limit: '100', projects: ['proj_a'] },
      null,
      undefined,
    ],
    ['a budget that is gone has neither', { id: 'another' }, null, undefined],
  ])('of %s', async (_, edited, unit, period) => {
    await world.check(TICK);
    const before = await history();
    expect(before.map(({ threshold }) => threshold)).toEqual(['80%']);
    await world.declare(NEXT, []);
    await world.apply(NEXT, edited);
    const [after] = await history();
    expect(after).toMatchObject({ threshold: '80', thresholdAmount: '80', spent: '85', limit: '100' });
    expect([after?.unit, after?.period?.key]).toEqual([unit, period]);
    expect(after?.id).toBe(period === undefined ? null : before[0]?.id);
  });

  describe('since', () => {
    const TWO_MONTHS_ON = '2027-01-20T10:00:00Z';
    beforeEach(() => world.check(TICK));

    it.each([
      [
        'not told, what is about periods that ended in the last 35 days',
        '2027-01-04T23:00:00Z',
        undefined,
        1,
      ],
      ['not told, nothing older', '2027-01-05T00:00:00Z', undefined, 0],
      ['a day before it was said', TWO_MONTHS_ON, '2026-11-20', 1],
      ['the very instant', TWO_MONTHS_ON, TICK, 1],
      ['the instant after', TWO_MONTHS_ON, '2026-11-20T10:00:01Z', 0],
      ['a duration', TWO_MONTHS_ON, '9w', 1],
      ['a shorter one, though the period is still open', LATER, '1h', 0],
      ['this instant', LATER, LATER, 0],
      ['as long ago as anything is remembered', LATER, '400d', 1],
    ])('%s', async (_, tick, since, found) => {
      expect(await history(since === undefined ? { tick } : { tick, since })).toHaveLength(found);
    });

    it('then finds what was said late, about a period that had ended before', async () => {
      spend('99', '2026-10-31');
      await world.declare('2026-11-20T13:00:00Z', []);
      await world.apply('2026-10-15T00:00:00Z', { id: 'org', limit: '100' });
      await world.collect('2026-11-20T14:00:00Z');
      await world.check('2026-11-20T14:00:00Z');
      const late = await history({ tick: TWO_MONTHS_ON, since: '2026-11-20T13:30:00Z' });
      expect(late.map(({ period, at }) => [period?.key, formatInstant(at)])).toEqual([
        ['2026-10', '2026-11-20T14:00:00Z'],
      ]);
    });

    it.each([
      ['nonsense', 'Write --since as'],
      ['2026-11-21', 'is in the future'],
      ['401d', 'may go back to 2025-10-16T12:00:00Z'],
    ])('%s is refused', async (since, why) => {
      await expect(history({ since })).rejects.toMatchObject({
        code: 'since-invalid',
        message: expect.stringContaining(why),
      });
    });
  });
});

describe('explain', () => {
  it('shows days that add up to the sum, and what it would take', async () => {
    spend('0.000000000000000000000000000000000000001', '2026-11-18');
    await world.collect(NEXT);
    await world.check(NEXT);
    const { members, period, source } = await explain();
    const [only, ...others] = members;
    expect([others, period.key, source.state]).toEqual([[], '2026-11', 'fresh']);
    expect(formatAmount(only?.observation.spent ?? ZERO_AMOUNT)).toBe(
      '85.000000000000000000000000000000000000001',
    );
    expect(only?.days.filter(({ amount }) => amount !== 0n).map(({ day }) => day)).toEqual([
      '2026-11-18',
      '2026-11-19',
    ]);
    expect(only?.days).toHaveLength(20);
    expect(only?.days.filter(({ provisional }) => provisional).map(({ day }) => day)).toEqual([
      '2026-11-19',
      '2026-11-20',
    ]);
    expect(only?.thresholds.map(({ entry }) => entry?.messageId ?? null)).toEqual([
      world.messages[0]?.messageId,
      null,
    ]);
    expect(formatAmount(only?.next?.missing ?? ZERO_AMOUNT)).toBe(
      '14.999999999999999999999999999999999999999',
    );
  });

  it('is about the open period alone, though the one before is still evaluated', async () => {
    await world.declare(TICK, []);
    await world.apply('2026-10-15', { id: 'org', limit: '100' });
    await world.collect(NEXT);
    expect((await status()).observations.map(({ period }) => period.key)).toEqual(['2026-10', '2026-11']);
    expect((await explain()).members.map(({ observation }) => observation.period.key)).toEqual(['2026-11']);
  });

  it('marks a day that OpenAI suddenly answers nothing for', async () => {
    world.rows.delete('2026-11-19');
    await world.collect(NEXT);
    const doubted = (await explain()).members[0]?.days.filter(({ doubtedSince }) => doubtedSince !== null);
    expect(doubted).toMatchObject([
      { day: '2026-11-19', amount: 85n * 10n ** 40n, doubtedSince: instantOf(NEXT) },
    ]);
  });

  it('of a budget for each project has all of them, or the one that is named', async () => {
    world.names.set('proj_a', 'Search');
    world.rows.set('2026-11-18', [costRow(['proj_b', 'x', '5']), costRow([null, 'x', '1'])]);
    await world.apply(TICK, { id: 'each', limit: '100', each: true });
    await world.collect(LATER);
    const members = async (member: string | null = null) =>
      (await explain('each', member)).members.map(({ observation }) => observation.member);
    expect(await members()).toEqual(['proj_a', 'proj_b', 'unattributed']);
    expect(await members('search')).toEqual(['proj_a']);
    expect(await members('proj_b')).toEqual(['proj_b']);
  });

  it.each([
    ['a budget that does not exist', 'orgs', null, 'budget-unknown', 'did you mean org?'],
    ['a member of a budget without members', 'org', 'proj_a', 'member-unknown', 'has no members'],
    ['a project without spend', 'each', 'proj_z', 'member-unknown', 'nothing to alert on'],
    ['a project that is left out', 'each', 'proj_b', 'member-unknown', 'leaves out'],
  ])('refuses %s', async (_, budget, member, code, message) => {
    await world.apply(TICK, { id: 'org' }, { id: 'each', each: true, except: ['proj_b'] });
    await expect(explain(budget, member)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });
});
