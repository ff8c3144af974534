// `silence` and `unsilence` on a state folder, as people call them: what they print, store, refuse and hold back.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SilenceOptions, silenceCommand } from '../../lib/cli/silence-command.ts';
import { statusCommand } from '../../lib/cli/status-command.ts';
import type { StatusDocument } from '../../lib/cli/status-document.ts';
import { type UnsilenceOptions, unsilenceCommand } from '../../lib/cli/unsilence-command.ts';
import type { CapturedTerminal } from '../fakes/captured-terminal.ts';
import type { CheckRunner } from '../fakes/check-runner.ts';
import { type ReplayedFolder, startReplayedFolder } from '../fakes/replayed-folder.ts';
import { costResult, daysWindow, type ReplayedOpenAi } from '../fakes/replayed-openai.ts';
import { instantOf } from '../fakes/time-of.ts';

const NOW = '2026-11-20T10:00:00Z';
const TARGET = { state: 'state', stack: null, organization: null, topicArn: null, tick: instantOf(NOW) };
const BUDGETS = `
budgets:
  - { id: org-monthly, limit: 100, period: monthly }
  - { id: every-project, limit: 100, period: monthly, each: project }
`;
const ASKED = { list: false, budget: null, member: null, until: '3d', reason: 'migration' };

let folder: ReplayedFolder;
let openai: ReplayedOpenAi;
let runner: CheckRunner;
let terminal: CapturedTerminal;

const spent = (a: number) => openai.replay('costs', daysWindow({ '2026-11-19': [costResult('proj_a', a)] }));
const silence = (asked: Partial<SilenceOptions> = {}) =>
  silenceCommand({ ...TARGET, ...ASKED, ...asked }, terminal);
const unsilence = (asked: Partial<UnsilenceOptions>) =>
  unsilenceCommand({ ...TARGET, what: null, all: false, ...asked }, terminal);
const status = async (at = NOW): Promise<StatusDocument> => {
  terminal.printed();
  await statusCommand({ ...TARGET, tick: instantOf(at), json: true }, terminal);
  return JSON.parse(terminal.printed());
};
const said = async (at: string) =>
  (await runner.run(at)).document.notifications.map(({ budgetId, threshold, reason }) => {
    return `${budgetId} ${threshold} ${reason}`;
  });

beforeEach(async () => {
  folder = await startReplayedFolder(BUDGETS, [
    { id: 'proj_a', name: 'Search' },
    { id: 'proj_b', name: 'Chat' },
  ]);
  ({ openai, runner, terminal } = folder);
  spent(10);
  await runner.run(NOW);
});

afterEach(() => folder[Symbol.asyncDispose]());

describe('silence', () => {
  it('says what it silenced, until when, why, under which id, and how to undo it', async () => {
    expect(await silence({ budget: 'org-monthly' })).toBe(0);
    const [{ id = '' } = {}] = (await status()).silences;
    expect(id).toMatch(/^org-monthly-[a-z0-9]{1,5}$/);
    terminal.printed();
    expect(await silence({ budget: 'org-monthly', reason: ' Q4 “launch” ', until: '2026-11-22' })).toBe(0);
    const lines = terminal.printed().split('\n');
    const { silences } = await status();
    const second = silences.find((one) => one.id !== id)?.id;
    expect(lines).toEqual([
      'Silenced org-monthly until 2026-11-22 00:00 UTC (38 hours): Q4 “launch”',
      'What is reached meanwhile is recorded, and announced once when the silence ends if it is still true.',
      `Silence: ${second}`,
      `Undo: budget-alerts unsilence ${second} --state state`,
    ]);
    expect(silences).toEqual([
      {
        id,
        budgetId: 'org-monthly',
        member: null,
        until: '2026-11-23T10:00:00Z',
        reason: 'migration',
        createdAt: NOW,
        by: 'anna',
      },
      {
        id: second,
        budgetId: 'org-monthly',
        member: null,
        until: '2026-11-22T00:00:00Z',
        reason: 'Q4 “launch”',
        createdAt: NOW,
        by: 'anna',
      },
    ]);
  });

  it('holds alerts back and shows them, until it ends', async () => {
    await silence({ budget: 'org-monthly', until: '2h' });
    spent(85);
    expect(await said('2026-11-20T11:00:00Z')).toEqual(['every-project 80% first-breach']);
    const { suppressed, budgets, notifications } = await status('2026-11-20T11:30:00Z');
    expect(notifications).toEqual([]);
    expect(budgets.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'every-project firing',
      'org-monthly firing',
    ]);
    expect(suppressed).toEqual([
      {
        id: expect.stringMatching(/^org-monthly#2026-11#[0-9a-f]{6}#-#100:80$/),
        budgetId: 'org-monthly',
        scope: {},
        unit: 'usd',
        period: { kind: 'monthly', start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
        reason: 'silence-expired',
        threshold: '80%',
        supersedes: [],
        spent: '85',
        limit: '100',
        since: '2026-11-20T11:00:00Z',
        silence: expect.stringMatching(/^org-monthly-/),
        until: '2026-11-20T12:00:00Z',
        note: 'migration',
      },
    ]);
    expect(await said('2026-11-20T12:00:00Z')).toEqual(['org-monthly 80% silence-expired']);
    expect((await status('2026-11-20T12:00:00Z')).suppressed).toEqual([]);
    expect(await said('2026-11-20T13:00:00Z')).toEqual([]);
  });

  it('holds back a correction, too', async () => {
    runner.writeBudgets('budgets: [{ id: day, limit: 10, period: daily }]');
    spent(1);
    await runner.run('2026-11-19T10:00:00Z');
    spent(9);
    expect(await said('2026-11-20T11:00:00Z')).toEqual(['day 80% first-breach']);
    spent(1);
    await silence({ until: '2w' });
    for (const day of ['20', '21', '22', '23', '24']) {
      expect(await said(`2026-11-${day}T12:00:00Z`)).toEqual([]);
    }
    expect((await status('2026-11-24T13:00:00Z')).suppressed).toMatchObject([
      {
        id: expect.stringMatching(/^day#2026-11-19#[0-9a-f]{6}#-#10:8#correction$/),
        reason: 'correction',
        spent: '1',
        since: null,
      },
    ]);
    await statusCommand({ ...TARGET, tick: instantOf('2026-11-24T13:00:00Z'), json: false }, terminal);
    expect(terminal.printed()).toMatch(/^day +19 November 2026 +80 % no more +\$1\.00 +all-/m);
  });

  it('of a member takes its name, and leaves the other budgets alone', async () => {
    expect(await silence({ budget: 'every-project', member: 'search' })).toBe(0);
    expect(terminal.printed()).toContain('Silenced Search (proj_a) of every-project until');
    spent(85);
    expect(await said('2026-11-20T11:00:00Z')).toEqual(['org-monthly 80% first-breach']);
  });

  it('of everything holds back everything', async () => {
    expect(await silence()).toBe(0);
    expect(terminal.printed()).toContain('Silenced everything until');
    spent(85);
    expect(await said('2026-11-20T11:00:00Z')).toEqual([]);
    expect((await status()).suppressed.map(({ budgetId }) => budgetId)).toEqual([
      'every-project',
      'org-monthly',
    ]);
  });

  it('of a project that nobody knows warns, since it may be a slip', async () => {
    expect(await silence({ member: 'proj_aa' })).toBe(0);
    expect(terminal.printed()).toContain('No project is known by proj_aa: this counts only once');
  });

  it.each([
    ['an unknown budget', { budget: 'org-montly' }, 'did you mean org-monthly?'],
    ['a member of a budget that has none', { budget: 'org-monthly', member: 'proj_a' }, 'has no members'],
    ['no end', { until: null }, '--until'],
    ['no reason', { reason: null }, '--reason'],
    ['an empty reason', { reason: ' ' }, '--reason'],
    ['the past', { until: '2026-11-20' }, 'over already'],
    ['two years', { until: '104w' }, 'a year at most'],
  ])('refuses %s and stores nothing', async (_, asked, why) => {
    expect(await silence(asked)).toBe(1);
    expect(terminal.complained()).toContain(why);
    expect((await status()).silences).toEqual([]);
  });

  it('never makes a state folder of a misspelt one', async () => {
    expect(await silence({ state: 'stat' })).toBe(1);
    expect(terminal.complained()).toContain('There is no state folder');
    expect(existsSync(join(runner.directory, 'stat'))).toBe(false);
  });

  it('lists what is silenced, and nothing that is over', async () => {
    expect(await silence({ list: true, until: null, reason: null })).toBe(0);
    expect(terminal.printed()).toBe('Nothing is silenced.');
    await silence({ member: 'proj_b', until: '1h' });
    await silence({ budget: 'every-project', member: 'proj_a', until: '2d', reason: 'load test' });
    terminal.printed();
    await silence({ list: true });
    const [, first = '', second = ''] = terminal.printed().split('\n');
    expect(first).toMatch(
      /^every-project-\S+ +Search of every-project +2026-11-22 10:00 UTC, 2 days left +load test +anna/,
    );
    expect(second).toMatch(
      /^all-\S+ +Chat of every budget +2026-11-20 11:00 UTC, 60 minutes left +migration +anna/,
    );
    await silence({ list: true, tick: instantOf('2026-11-20T11:00:00Z') });
    expect(terminal.printed()).not.toContain('Chat');
  });
});

describe('unsilence', () => {
  const idOf = async (budget: string | null) =>
    (await status()).silences.find(({ budgetId }) => budgetId === budget)?.id ?? '';

  beforeEach(async () => {
    await silence({ budget: 'org-monthly' });
    await silence({ budget: 'org-monthly', until: '1d' });
    await silence({ budget: 'every-project', member: 'proj_a' });
    await silence();
    terminal.printed();
  });
  const left = async () => (await status()).silences.map(({ budgetId, until }) => `${budgetId} ${until}`);

  it('removes the one that is named, says so, and says what still holds', async () => {
    const id = await idOf('every-project');
    expect(await unsilence({ what: id })).toBe(0);
    expect(terminal.printed().split('\n')).toEqual([
      `Removed ${id}: Search of every-project, until 2026-11-23 10:00 UTC (migration)`,
      `Still in force: ${await idOf(null)}: everything, until 2026-11-23 10:00 UTC (migration)`,
      'The next check announces what was held back, is silenced no longer and is still true.',
    ]);
    expect(await left()).toHaveLength(3);
  });

  it('removes all of a budget', async () => {
    expect(await unsilence({ what: 'org-monthly' })).toBe(0);
    expect(terminal.printed().match(/^Removed org-monthly-/gm)).toHaveLength(2);
    expect((await left()).sort()).toEqual([
      'every-project 2026-11-23T10:00:00Z',
      'null 2026-11-23T10:00:00Z',
    ]);
  });

  it('removes all there are, those that are over, too', async () => {
    expect(await unsilence({ all: true, tick: instantOf('2026-11-22T00:00:00Z') })).toBe(0);
    expect(terminal.printed()).toMatch(
      /^Removed org-monthly-\S+: org-monthly, over since 2026-11-21 10:00 UTC/m,
    );
    expect(await left()).toEqual([]);
    expect(await unsilence({ all: true })).toBe(1);
    expect(terminal.complained()).toBe('There is no silence to remove.');
  });

  it('has something to remove, or exits with 1 and says what there is', async () => {
    expect(await unsilence({ what: 'org-montly' })).toBe(1);
    expect(terminal.complained()).toContain('did you mean org-monthly');
    expect(await unsilence({ what: 'xyz' })).toBe(1);
    expect(terminal.complained()).toContain(`there are all-`);
    expect(await left()).toHaveLength(4);
  });

  it.each([
    ['neither a name nor --all', { what: null, all: false }],
    ['both', { what: 'org-monthly', all: true }],
  ])('wants one of a name and --all, not %s', async (_, asked) => {
    expect(await unsilence(asked)).toBe(1);
    expect(terminal.complained()).toContain('or write --all');
    expect(await left()).toHaveLength(4);
  });
});
