// The digest: what it says, on which routes, and when it stays away.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Budget } from '../../lib/budget/budget.ts';
import { BudgetAlertsError } from '../../lib/errors.ts';
import { sendDigests } from '../../lib/run/send-digests.ts';
import { SourceError } from '../../lib/spend/usage-source.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { budgetOf } from '../fakes/budgets-of.ts';
import { costRow } from '../fakes/day-of-rows.ts';
import { Died } from '../fakes/memory-item-table.ts';
import { type RunWorld, runWorld } from '../fakes/run-world.ts';
import { instantOf } from '../fakes/time-of.ts';

const MORNING = '2026-11-24T07:29:00Z';
let world: RunWorld;

const spend = (day: string, byProject: Record<string, string>) =>
  world.rows.set(
    day,
    Object.entries(byProject).map(([project, amount]) => costRow([project, 'gpt-5, input', amount])),
  );
const digest = (every: 'daily' | 'weekly' = 'daily', at = MORNING) => {
  world.now = instantOf(at);
  return sendDigests({ organization: 'org', tick: instantOf(at), every }, world.state);
};
const texts = () => world.messages.map(({ attributes, text }) => `${attributes.route}: ${text}`);

beforeEach(async () => {
  world = runWorld();
  world.now = instantOf(MORNING);
  world.names.set('proj_a', 'Search');
  await world.apply(
    '2026-10-05T10:00:00Z',
    { id: 'org', name: 'Everything', limit: '100' },
    { id: 'search', projects: ['proj_a'], limit: '1000', notify: ['team'] },
  );
  world.routeNames = ['default', 'team'];
  spend('2026-11-02', { proj_b: '30' });
  spend('2026-11-22', { proj_a: '20', proj_b: '5' });
  spend('2026-11-23', { proj_a: '62.5', proj_b: '5' });
  await world.collect(MORNING);
});

describe('a daily digest', () => {
  it('says what yesterday came to, what moved, and where budgets stand', async () => {
    expect(await digest()).toEqual({ sent: ['default', 'team'], problems: [] });
    const [message] = world.messages;
    expect(message?.title).toBe(
      'OpenAI spend, 23 Nov 2026 (UTC): $67.50 so far (+$42.50); the budget is at its limit',
    );
    expect(message?.attributes).toEqual({
      kind: 'digest',
      severity: 'warning',
      organization: 'org',
      route: 'default',
      labels: {},
    });
    expect(message?.text).toContain('Budgets: 1 at or over its limit, 0 over a threshold, 0 below:');
    expect(message?.text).toContain(
      '  Everything:\n      $122.50 of $100, 122 % (org, monthly); at this pace $153 by its\n      end',
    );
    expect(message?.text).toContain('What moved most, against the day before:\n  Search: $62.50, +$42.50');
    expect(message?.text).not.toContain('proj_b');
    expect(message?.text.replaceAll('\n', ' ')).toContain('A day may still grow for a day after its end.');
  });

  it('on a route is about the projects of its budgets', async () => {
    await digest();
    const [, message] = world.messages;
    expect(message?.title).toBe('OpenAI spend, 23 Nov 2026 (UTC): $62.50 so far (+$42.50)');
    expect(message?.text).toContain('Budgets: 0 at or over their limit, 0 over a threshold, 1 below');
  });

  describe('on a route', () => {
    const scoped = async (budget: Partial<Budget>) => {
      const plain = [
        budgetOf({ id: 'org', limit: '1000' }),
        { ...budgetOf({ id: 'search', notify: ['team'], limit: '1000' }), ...budget },
      ];
      await world.declare('2026-10-05T10:00:00Z', plain);
      spend('2026-11-23', { proj_a: '60', proj_b: '5' });
      world.rows.set('2026-11-23', [
        ...(world.rows.get('2026-11-23') ?? []),
        costRow([null, 'gpt-5, input', '1']),
      ]);
      await world.collect('2026-11-24T07:20:00Z');
      await digest();
      return world.messages.find(({ attributes }) => attributes.route === 'team')?.digest?.total;
    };

    it.each<[string, Partial<Budget>, string]>([
      ['of whole projects is about these', { scope: { project: ['proj_b'] } }, '$5.00 so far'],
      [
        'of whatever project there is leaves out what has none',
        { scope: { project: ['*'] } },
        '$65.00 so far',
      ],
      ['of what has no project is about that', { scope: { project: ['unattributed'] } }, '$1.00 so far'],
      [
        'for each line item of a project is about that project',
        { scope: { project: ['proj_a'] }, each: 'line_item' },
        '$60.00 so far',
      ],
      ['for each project is about all', { each: 'project' }, '$66.00 so far'],
      ['of a line item is about all projects', { scope: { line_item: ['gpt-5, input'] } }, '$66.00 so far'],
    ])('a budget %s', async (_, budget, total) => {
      expect(await scoped(budget)).toBe(total);
    });
  });

  describe('on a route, the morning on which periods begin', () => {
    const every = budgetOf({ id: 'every', each: true, notify: ['team'], limit: '1000' });
    const one = budgetOf({ id: 'one', projects: ['proj_b'], notify: ['team'], limit: '1000' });
    const totalOnTheFirst = async (budgets: readonly Budget[], spentToday: Record<string, string>) => {
      world = runWorld();
      world.routeNames = ['default', 'team'];
      world.now = instantOf('2026-12-01T07:00:00Z');
      await world.declare('2026-10-05T10:00:00Z', [budgetOf({ id: 'org', limit: '1000' }), ...budgets]);
      spend('2026-11-30', { proj_a: '60', proj_b: '5' });
      spend('2026-12-01', spentToday);
      await world.collect('2026-12-01T07:00:00Z');
      await digest('daily', '2026-12-01T07:29:00Z');
      return world.messages.find(({ attributes }) => attributes.route === 'team')?.digest?.total;
    };

    it.each<[string, readonly Budget[], string]>([
      ['for each project, comes with all of yesterday', [every], '$65.00 so far'],
      ['for each project beside one for some, is about all of them', [one, every], '$65.00 so far'],
      [
        'for each line item of a project, is about that project',
        [{ ...every, each: 'line_item', scope: { project: ['proj_a'] } }],
        '$60.00 so far',
      ],
    ])('a budget %s, whoever has spent since', async (_, budgets, total) => {
      expect(await totalOnTheFirst(budgets, {})).toBe(total);
      expect(await totalOnTheFirst(budgets, { proj_a: '0.01' })).toBe(total);
    });
  });

  it('says nothing of a change where a day before was never read', async () => {
    world = runWorld();
    await world.apply('2026-11-24T07:00:00Z', { id: 'org', limit: '100' });
    world.rows.set('2026-11-22', null);
    spend('2026-11-23', { proj_a: '7' });
    await world.collect(MORNING);
    await digest();
    expect(world.messages[0]?.title).toMatch(/^OpenAI spend, 23 Nov 2026 \(UTC\): \$7\.00 so far$/);
    expect(world.messages[0]?.text).toContain('Largest projects:\n  proj_a: $7.00');
  });

  it('says that its total is a lower bound where a day of its own was never read, and of which', async () => {
    world = runWorld();
    await world.apply('2026-11-24T07:00:00Z', { id: 'org', limit: '100' });
    for (const day of ['2026-11-18', '2026-11-19', '2026-11-21']) world.rows.set(day, null);
    spend('2026-11-20', { proj_a: '5' });
    spend('2026-11-23', { proj_a: '7' });
    await world.collect(MORNING);
    await digest('weekly');
    const [message] = world.messages;
    expect(message?.title).toBe('OpenAI spend, 17 Nov to 23 Nov 2026 (UTC): at least $12.00 so far');
    expect(message?.text).toContain('Largest projects:\n  proj_a: $12.00\n\n');
    expect(message?.text).toContain(
      'Not in the total:\n  Days that were never read: 18 Nov, 19 Nov, 21 Nov\n\n',
    );
  });

  it('has no pace of a level, which does not add up', async () => {
    await world.apply(
      '2026-10-05T10:00:00Z',
      { id: 'stored', measure: 'vector_stores.usage_bytes', limit: '100' },
      { id: 'org', limit: '1000' },
    );
    for (let day = 10; day < 24; day += 1)
      world.usageRows.set(`2026-11-${day}`, [{ dimensions: ['proj_a'], values: [amountOf('90')] }]);
    await world.collect(MORNING, 'vector_stores');
    await digest();
    expect(world.messages[0]?.text).toContain('stored: 90 bytes of 100 bytes, 90 % (stored, monthly)\n');
  });

  it('comes once, however often its run is repeated, and again the next day', async () => {
    await digest();
    expect((await digest()).sent).toEqual([]);
    expect(world.messages).toHaveLength(2);
    spend('2026-11-24', { proj_a: '1' });
    await world.collect('2026-11-25T07:00:00Z');
    expect((await digest('daily', '2026-11-25T07:29:00Z')).sent).toEqual(['default', 'team']);
  });

  it('comes once where two of its runs are at work at the same time', async () => {
    const reports = await Promise.all([digest(), digest()]);
    expect(world.messages.map(({ attributes }) => attributes.route).sort()).toEqual(['default', 'team']);
    expect(reports.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('does not come again after that of a later day, when its run is repeated late', async () => {
    await world.collect('2026-11-25T07:00:00Z');
    spend('2026-11-24', { proj_a: '1' });
    await world.collect('2026-11-25T07:10:00Z');
    await digest('daily', '2026-11-25T07:29:00Z');
    expect((await digest()).sent).toEqual([]);
    expect((await digest('daily', '2026-11-25T07:29:00Z')).sent).toEqual([]);
  });

  it('that may have arrived is not sent again', async () => {
    world.deliver = () => ({ outcome: 'unknown', why: 'no answer' });
    expect(await digest()).toEqual({ sent: ['default', 'team'], problems: [] });
    expect((await digest()).sent).toEqual([]);
  });

  it('is not sent while the ledger cannot be written, and keeps no other route from its own', async () => {
    world.ledgerFate = ({ kind, sk }) => {
      if (kind === 'put' && sk === 'memo#digest.default')
        throw new BudgetAlertsError('state-unavailable', 'There is no answer.');
      return 'works';
    };
    const { sent, problems } = await digest();
    expect(sent).toEqual(['team']);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      [
        'digest-undelivered',
        'The digest for the route default was not delivered (state-unavailable). The next one is due as usual; alerts are sent on their own.',
      ],
    ]);
    world.ledgerFate = () => 'works';
    expect((await digest()).sent).toEqual(['default']);
  });

  it('whose run ends between its memo and the message is missed rather than sent again', async () => {
    world.ledgerFate = ({ kind }) => (kind === 'put' ? 'dies-after' : 'works');
    await expect(digest()).rejects.toThrow(Died);
    world.ledgerFate = () => 'works';
    expect((await digest()).sent).toEqual(['team']);
  });

  it('stays away where nothing was spent', async () => {
    spend('2026-11-23', {});
    await world.collect('2026-11-24T07:35:00Z');
    await world.collect('2026-11-24T07:50:00Z');
    expect((await digest('daily', '2026-11-24T08:00:00Z')).sent).toEqual([]);
  });

  describe('where no budget is about costs', () => {
    beforeEach(async () => {
      world = runWorld();
      world.now = instantOf(MORNING);
      await world.apply('2026-11-20T10:00:00Z', {
        id: 'tokens',
        measure: 'vector_stores.usage_bytes',
        limit: '100',
      });
    });
    const stored = (bytes: string) =>
      world.usageRows.set('2026-11-23', [{ dimensions: ['proj_a'], values: [amountOf(bytes)] }]);

    it('is about usage: where budgets stand, and no total', async () => {
      stored('120');
      await world.collect(MORNING, 'vector_stores');
      expect((await digest()).sent).toEqual(['default']);
      const [message] = world.messages;
      expect(message?.title).toBe('OpenAI usage, 23 Nov 2026 (UTC): the budget is at its limit');
      expect(message?.text).toContain(
        'Budgets: 1 at or over its limit, 0 over a threshold, 0 below:\n  tokens: 120 bytes',
      );
      expect(message?.text).not.toMatch(/\$|never read|still grow/);
      expect(message?.digest?.total).toBe('costs are not read, since no budget is about them');
    });

    it('says that none is at its limit, and stays away where nothing was used', async () => {
      stored('7');
      await world.collect(MORNING, 'vector_stores');
      await digest();
      expect(world.messages[0]?.title).toBe('OpenAI usage, 23 Nov 2026 (UTC): no budget is at its limit');
      stored('0');
      await world.collect('2026-11-25T07:00:00Z', 'vector_stores');
      expect((await digest('daily', '2026-11-25T07:29:00Z')).sent).toEqual([]);
    });
  });

  it('tells what is silenced and what does not work', async () => {
    await world.silence({
      id: 's',
      budgetId: 'org',
      member: null,
      until: instantOf('2026-11-30T00:00:00Z'),
      reason: 'migration',
      createdAt: instantOf(MORNING),
      createdBy: 'anna',
    });
    world.failure = new SourceError('openai-key-rejected', 'hint');
    await world.collect('2026-11-24T07:28:00Z');
    await digest();
    expect(texts()[0]).toContain('Silenced:\n  org: until 30 Nov 00:00 UTC (migration)');
    expect(texts()[0]).toContain(
      'Not working:\n  OpenAI costs:\n      failing since 24 Nov 07:28 UTC: openai-key-rejected; see\n      SourceFailing in the runbook',
    );
  });

  it('is not sent where nobody listens, and comes once somebody does', async () => {
    world.unheardRoutes.add('team');
    expect((await digest()).sent).toEqual(['default']);
    world.unheardRoutes.clear();
    expect((await digest()).sent).toEqual(['team']);
  });

  it('that is refused is a problem, and is sent by the repetition', async () => {
    world.deliver = () => ({ outcome: 'refused', why: 'throttled' });
    expect((await digest()).problems.map(({ code }) => code)).toEqual([
      'digest-undelivered',
      'digest-undelivered',
    ]);
    world.deliver = () => ({ outcome: 'accepted' });
    expect((await digest()).sent).toEqual(['default', 'team']);
  });
});

describe('a weekly digest', () => {
  it('is about the seven days up to yesterday, against the seven before', async () => {
    spend('2026-11-16', { proj_b: '7' });
    await world.collect('2026-11-24T07:10:00Z');
    await digest('weekly');
    // 17 to 23 November: 25 + 67.5. The 16th is the week before, which is known as well: 2 November is not in it.
    expect(world.messages[0]?.title).toMatch(
      /^OpenAI spend, 17 Nov to 23 Nov 2026 \(UTC\): \$92\.50 so far \(\+\$/,
    );
  });
});
