// `status`, `history` and `explain` as people and programs call them, on what a check left behind.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExplainOptions, explainCommand } from '../../lib/cli/explain-command.ts';
import type { ExplainDocument } from '../../lib/cli/explain-document.ts';
import { type HistoryOptions, historyCommand } from '../../lib/cli/history-command.ts';
import type { HistoryDocument } from '../../lib/cli/history-document.ts';
import { silenceCommand } from '../../lib/cli/silence-command.ts';
import { type StatusOptions, statusCommand } from '../../lib/cli/status-command.ts';
import type { StatusDocument } from '../../lib/cli/status-document.ts';
import { unsilenceCommand } from '../../lib/cli/unsilence-command.ts';
import { programsCoverage } from '../coverage/programs-coverage.ts';
import type { CapturedTerminal } from '../fakes/captured-terminal.ts';
import type { CheckRunner } from '../fakes/check-runner.ts';
import { type ReplayedFolder, startReplayedFolder } from '../fakes/replayed-folder.ts';
import { costResult, daysWindow, type ReplayedOpenAi } from '../fakes/replayed-openai.ts';
import { instantOf } from '../fakes/time-of.ts';

const COMMAND = join(import.meta.dirname, '../../lib/cli/budget-alerts.ts');
const NOW = '2026-11-20T10:00:00Z';
const LATER = '2026-11-20T11:00:00Z';
const TARGET = { state: 'state', stack: null, organization: null, topicArn: null, tick: instantOf(LATER) };
const BUDGETS = `
budgets:
  - { id: org-monthly, name: "Whole organization", limit: 200, period: monthly }
  - { id: every-project, limit: 100, period: monthly, each: project }
`;

let folder: ReplayedFolder;
let openai: ReplayedOpenAi;
let runner: CheckRunner;
let terminal: CapturedTerminal;

const status = (more: Partial<StatusOptions> = {}) =>
  statusCommand({ ...TARGET, json: false, ...more }, terminal);
const history = (more: Partial<HistoryOptions> = {}) =>
  historyCommand({ ...TARGET, budget: null, since: null, json: false, ...more }, terminal);
const explain = (budget: string, more: Partial<ExplainOptions> = {}) =>
  explainCommand({ ...TARGET, budget, member: null, json: false, ...more }, terminal);
const documentOf = async <Document>(command: Promise<number>): Promise<Document> => {
  expect(await command).toBe(0);
  return JSON.parse(terminal.printed());
};
const silence = (budget: string, until = '1d') => {
  const asked = { list: false, budget, member: null, until, reason: 'migration' };
  return silenceCommand({ ...TARGET, ...asked }, terminal);
};

beforeEach(async () => {
  folder = await startReplayedFolder(BUDGETS, [{ id: 'proj_a', name: 'Search' }]);
  ({ openai, runner, terminal } = folder);
  openai.replay(
    'costs',
    daysWindow({
      '2026-11-18': [costResult('proj_a', '85.25'), costResult('proj_b', '12.5')],
      '2026-11-20': [costResult('proj_a', '2.15'), costResult('proj_b', '0.0000000001')],
    }),
  );
});

afterEach(() => folder[Symbol.asyncDispose]());

describe('status', () => {
  it('is the document of a check, of what is stored, with no notification and no request', async () => {
    const { document: checked } = await runner.run(NOW);
    const requests = openai.requests.length;
    const seen = await documentOf<StatusDocument>(status({ json: true }));
    const { silences, runs, suppressed, operations, ...rest } = seen;
    expect(rest).toEqual({ ...checked, asOf: LATER, notifications: [] });
    expect(checked.notifications).toHaveLength(1);
    expect([silences, suppressed, operations]).toEqual([[], [], []]);
    expect(runs).toEqual({
      lastCheckAt: NOW,
      sources: [
        { source: 'costs', lastSuccessAt: NOW, failingSince: null, code: null, failures: 0, hint: null },
      ],
    });
    expect([openai.requests.length, runner.outbox().length]).toEqual([requests, 1]);
  });

  it('tells a failing source, since when and what to do, and that operations know', async () => {
    await runner.run(NOW);
    openai.replay('costs', () => ({
      status: 401,
      body: { error: { message: 'Incorrect API key: sk-xyz' } },
    }));
    await runner.run('2026-11-20T10:30:00Z');
    const { runs, sources, operations } = await documentOf<StatusDocument>(status({ json: true }));
    expect(sources).toMatchObject([{ source: 'costs', state: 'failing' }]);
    expect(runs.sources).toMatchObject([
      {
        lastSuccessAt: NOW,
        failingSince: '2026-11-20T10:30:00Z',
        code: 'openai-key-rejected',
        failures: 1,
      },
    ]);
    expect(operations).toEqual([
      {
        subject: 'source.costs',
        code: 'SourceFailing',
        state: 'failing openai-key-rejected',
        since: '2026-11-20T10:30:00Z',
        sending: false,
      },
    ]);
    expect(await status()).toBe(0);
    const text = terminal.printed();
    expect(text).toContain('costs has failed once since 2026-11-20 10:30 UTC (openai-key-rejected):');
    expect(text).toMatch(/SourceFailing +source\.costs +failing openai-key-rejected +2026-11-20 10:30 UTC/);
    expect(text).not.toContain('sk-xyz');
  });

  it('for people has everything on one screen', async () => {
    await runner.run(NOW);
    await silence('org-monthly');
    openai.replay(
      'costs',
      daysWindow({ '2026-11-18': [costResult('proj_a', 170)], '2026-11-20': [costResult('proj_a', 0)] }),
    );
    await runner.run(LATER);
    terminal.printed();
    expect(await status()).toBe(0);
    const text = terminal.printed();
    for (const line of [
      /^default at 2026-11-20 11:00 UTC$/m,
      /^Last check noted at 2026-11-20 11:00 UTC\.$/m,
      /^costs +fresh +2026-11-19 +2026-11-19 +2026-11-20 11:00 UTC/m,
      /^org-monthly-\S+ +org-monthly +2026-11-21 11:00 UTC, 24 hours left +migration +anna/m,
      /^org-monthly +November 2026 +80 % +\$170\.00 +org-monthly-\S+ +migration/m,
      /^Operations have nothing open\.$/m,
      /^every-project +Search +monthly +\$170\.00 +\$100 .* limit reached/m,
      /^org-monthly +whole organization +monthly +\$170\.00 +\$200 .* firing/m,
    ]) {
      expect(text).toMatch(line);
    }
  });

  it('says so when no check has run for hours', async () => {
    await runner.run(NOW);
    await status({ tick: instantOf('2026-11-20T19:59:00Z') });
    expect(terminal.printed()).toContain('Last check noted at 2026-11-20 10:00 UTC, 9 hours ago: nothing is');
  });

  it('of an organization about which nothing is stored says that, too', async () => {
    await runner.run(NOW);
    expect(await status({ organization: 'another' })).toBe(0);
    const text = terminal.printed();
    expect(text).toContain('No check has run yet.');
    expect(text).toContain('No budgets are declared here.');
  });

  it('does not make a state folder', async () => {
    expect(await status({ state: 'none' })).toBe(1);
    expect(terminal.complained()).toContain('There is no state folder');
  });
});

describe('history', () => {
  it('is what was said, with the message that people have', async () => {
    await runner.run(NOW);
    const [message] = runner.outbox() as { messageId: string; alerts: { id: string }[] }[];
    expect(await documentOf<HistoryDocument>(history({ json: true }))).toEqual({
      schema: 'budget-alerts/history/v1',
      asOf: LATER,
      alerts: [
        {
          id: message?.alerts[0]?.id,
          at: NOW,
          budgetId: 'every-project',
          member: 'proj_a',
          memberName: 'Search',
          period: { kind: 'monthly', start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
          threshold: '80%',
          thresholdAmount: '80',
          reason: 'first-breach',
          spent: '87.4',
          limit: '100',
          unit: 'usd',
          state: 'announced',
          messageId: message?.messageId,
          note: null,
          attempts: null,
        },
      ],
    });
  });

  it('for people is a line each, newest first, with why something was held back', async () => {
    await runner.run(NOW);
    await silence('org-monthly');
    openai.replay(
      'costs',
      daysWindow({ '2026-11-18': [costResult('proj_a', 200)], '2026-11-20': [costResult('proj_a', 0)] }),
    );
    await runner.run(LATER);
    terminal.printed();
    expect(await history()).toBe(0);
    const [head, ...lines] = terminal.printed().split('\n');
    expect(head).toMatch(/^WHEN +BUDGET +FOR +PERIOD +REACHED +SPENT +OF +WHY +OUTCOME +MESSAGE/);
    expect(
      lines.map((line) =>
        line
          .trimEnd()
          .replace(/ {2,}/g, '  ')
          .replace(/[0-9a-f]{20}/, 'ID'),
      ),
    ).toEqual([
      '2026-11-20 11:00 UTC  every-project  Search  November 2026  100 %  $200.00  $100  higher-threshold  announced  ID',
      '2026-11-20 11:00 UTC  org-monthly  November 2026  100 %  $200.00  $200  first-breach  held back: migration',
      '2026-11-20 11:00 UTC  org-monthly  November 2026  80 %  $200.00  $200  first-breach  held back: migration',
      '2026-11-20 10:00 UTC  every-project  Search  November 2026  80 %  $87.40  $100  first-breach  announced  ID',
    ]);
    await history({ budget: 'org-monthly', since: '1h' });
    expect(terminal.printed().split('\n')).toHaveLength(3);
    await history({ tick: instantOf('2026-11-20T13:00:00Z'), since: '1h' });
    expect(terminal.printed()).toBe('Nothing was said or held back in that time.');
    expect(await history({ since: '2y' })).toBe(1);
    expect(terminal.complained()).toContain('Write --since as an instant');
  });

  it('of a budget that is gone is still told, in plain figures', async () => {
    await runner.run(NOW);
    runner.writeBudgets('budgets: [{ id: another, limit: 1000, period: monthly }]');
    await runner.run(LATER);
    await history();
    expect(terminal.printed().split('\n')[1]).toMatch(
      /every-project +Search +to 2026-11-30 +80 +87\.4 +100 +first-breach +announced/,
    );
  });
});

describe('explain', () => {
  beforeEach(() => runner.run(NOW));

  it('shows exactly which days made the sum, what was said, and what would be said next', async () => {
    const document = await documentOf<ExplainDocument>(
      explain('every-project', { member: 'Search', json: true }),
    );
    const { members, ...rest } = document;
    expect(rest).toEqual({
      schema: 'budget-alerts/explain/v1',
      asOf: LATER,
      budget: {
        id: 'every-project',
        limit: '100',
        period: 'monthly',
        each: 'project',
        measure: 'cost',
        unit: 'usd',
        decidedAt: NOW,
      },
      period: { kind: 'monthly', start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
      source: {
        source: 'costs',
        state: 'fresh',
        completeThrough: '2026-11-19',
        provisionalFrom: '2026-11-19',
        lastSuccessAt: NOW,
        code: null,
      },
    });
    const [{ days = [], ...search } = {}, ...others] = members;
    expect(others).toEqual([]);
    expect(search).toEqual({
      member: 'proj_a',
      name: 'Search',
      spent: '87.4',
      percent: '87.4',
      atLimit: false,
      thresholds: [
        {
          threshold: '80%',
          amount: '80',
          reached: true,
          said: 'announced',
          at: NOW,
          messageId: runner.outbox()[0]?.messageId,
          note: null,
        },
        {
          threshold: '100%',
          amount: '100',
          reached: false,
          said: null,
          at: null,
          messageId: null,
          note: null,
        },
      ],
      silences: [],
      due: null,
      next: { threshold: '100%', amount: '100', missing: '12.6' },
    });
    expect(days).toHaveLength(20);
    expect(days.filter(({ amount }) => amount !== '0')).toEqual([
      {
        day: '2026-11-18',
        amount: '85.25',
        changedAt: NOW,
        lastReadAt: NOW,
        provisional: false,
        missing: false,
        doubtedSince: null,
      },
      {
        day: '2026-11-20',
        amount: '2.15',
        changedAt: NOW,
        lastReadAt: NOW,
        provisional: true,
        missing: false,
        doubtedSince: null,
      },
    ]);
  });

  it('for people ends with what it would take', async () => {
    expect(await explain('every-project', { member: 'proj_a' })).toBe(0);
    const text = terminal.printed();
    for (const line of [
      /^Search \(proj_a\): every-project$/m,
      /^2026-11-18 +\$85\.25 +\$85\.25 +2026-11-20 10:00 UTC *$/m,
      /^2026-11-20 +\$2\.15 +\$87\.40 +2026-11-20 10:00 UTC +provisional/m,
      /^Sum: \$87\.40 \(87\.4 % of the limit\), exactly 87\.4$/m,
      /^ +80 % +\$80\.00 +reached +announced +2026-11-20 10:00 UTC +[0-9a-f]{20}/m,
      /^ +100 % +\$100\.00 +not reached +nothing said/m,
      /^Next: \$12\.60 more reaches 100 % \(\$100\.00\)\.$/m,
    ]) {
      expect(text).toMatch(line);
    }
  });

  it('of a budget without members is as full', async () => {
    await explain('org-monthly');
    const text = terminal.printed();
    expect(text).toMatch(/^Whole organization \(org-monthly\)$/m);
    expect(text).toContain('exactly 99.9000000001');
    // 160 − 99.9000000001 = 60.0999999999
    expect(text).toContain('$60.10 more reaches 80 % ($160.00).');
  });

  it('of several members is a line each, and says how to see one', async () => {
    await explain('every-project');
    const text = terminal.printed();
    expect(text).toMatch(/^Search +proj_a +\$87\.40 +87 % +\$12\.60 more reaches 100 %/m);
    expect(text).toMatch(/^proj_b +proj_b +\$12\.50 +12 % +\$67\.50 more reaches 80 %/m);
    expect(text).toContain('--member');
    expect(text).not.toContain('2026-11-18');
  });

  it('says what a silence holds back, and what the next check will say', async () => {
    runner.writeBudgets(BUDGETS.replace('limit: 200', 'limit: 110'));
    await silence('org-monthly');
    await runner.run(LATER);
    terminal.printed();
    await explain('org-monthly');
    const silenced = terminal.printed();
    expect(silenced).toMatch(/80 % +\$88\.00 +reached +held back: migration +2026-11-20 11:00 UTC/);
    expect(silenced).toContain(
      '80 % is reached and has not been said: if it is still true at 2026-11-21 11:00 UTC, it is announced then.',
    );
    expect(silenced).toMatch(
      /^Silenced by org-monthly-\S+: org-monthly, until 2026-11-21 11:00 UTC \(migration\)$/m,
    );
    // November is looked at for 35 days after its end: until, and not at, 5 January.
    for (const [until, outcome] of [
      ['2027-01-04T23:59:00Z', 'if it is still true at 2027-01-04 23:59 UTC, it is announced then.'],
      ['2027-01-05', 'it will not be, since the silence lasts until November 2026 is no longer looked at.'],
    ] as const) {
      await silence('org-monthly', until);
      terminal.printed();
      await explain('org-monthly');
      expect(terminal.printed()).toContain(`80 % is reached and has not been said: ${outcome}`);
    }
    await unsilenceCommand({ ...TARGET, what: null, all: true }, terminal);
    terminal.printed();
    await explain('org-monthly', { tick: instantOf('2026-11-21T11:00:00Z') });
    expect(terminal.printed()).toContain(
      '80 % is reached and has not been said: the next check announces it.',
    );
  });

  it('shows days that are missing', async () => {
    const { members } = await documentOf<ExplainDocument>(
      explain('org-monthly', { json: true, tick: instantOf('2026-11-22T09:00:00Z') }),
    );
    expect(members[0]?.days.slice(-2).map(({ day, amount, missing }) => [day, amount, missing])).toEqual([
      ['2026-11-21', null, true],
      ['2026-11-22', null, true],
    ]);
    await explain('org-monthly', { tick: instantOf('2026-11-22T09:00:00Z') });
    expect(terminal.printed()).toMatch(/^2026-11-21 +\? +\$99\.90 +never read, provisional/m);
  });

  it('says what part of the spend a budget is about, whatever its dimensions', async () => {
    runner.writeBudgets(`
budgets:
  - { id: items, limit: 5, period: monthly, scope: { project: proj_a, line_item: "gpt*" } }
  - { id: each-item, limit: 5, period: monthly, each: line_item, except: images, scope: { project: proj_none } }
`);
    await runner.run(NOW);
    expect(await explain('items')).toBe(0);
    expect(terminal.printed()).toContain('cost of gpt*; Search, $5 monthly');
    expect(await explain('each-item')).toBe(0);
    const printed = terminal.printed();
    expect(printed).toContain('cost of each line_item but images of proj_none, $5 monthly');
    expect(printed).toContain('No line_item has spent anything in November 2026.');
  });

  it('of what does not exist exits with 1 and the next best', async () => {
    expect(await explain('org-montly')).toBe(1);
    expect(terminal.complained()).toContain('did you mean org-monthly?');
    expect(await explain('every-project', { member: 'serch' })).toBe(1);
    expect(terminal.complained()).toContain('Did you mean "Search"?');
  });
});

describe('the command line', () => {
  it('has all of them', { timeout: 300_000 }, async () => {
    await runner.run(NOW);
    const call = (...words: string[]) => {
      const target = ['--state', 'state', '--organization', 'default'];
      const run = spawnSync(process.execPath, [COMMAND, ...words, ...target], {
        cwd: runner.directory,
        env: { PATH: process.env.PATH, INIT_CWD: runner.directory, USER: 'anna', ...programsCoverage() },
        encoding: 'utf8',
      });
      return { exitCode: run.status, stdout: run.stdout, stderr: run.stderr };
    };
    const at = ['--now', LATER];
    const made = call(
      'silence',
      'every-project',
      '--member',
      'proj_a',
      '--until',
      '1d',
      '--reason',
      'x y',
      ...at,
    );
    expect(made).toMatchObject({ exitCode: 0, stderr: '' });
    expect(call('silence', '--list', ...at).stdout).toContain('Search of every-project');
    expect(JSON.parse(call('status', '--json', ...at).stdout)).toMatchObject({
      schema: 'budget-alerts/check/v1',
      silences: [{ member: 'proj_a', reason: 'x y', by: 'anna' }],
    });
    expect(
      JSON.parse(call('history', '--budget', 'every-project', '--since', '1d', '--json', ...at).stdout),
    ).toMatchObject({ schema: 'budget-alerts/history/v1', alerts: [{ threshold: '80%' }] });
    expect(
      JSON.parse(call('explain', 'every-project', '--member', 'proj_a', '--json', ...at).stdout),
    ).toMatchObject({ schema: 'budget-alerts/explain/v1', members: [{ member: 'proj_a' }] });
    expect(call('unsilence', 'every-project')).toMatchObject({ exitCode: 0 });
    expect(call('unsilence', '--all')).toMatchObject({
      exitCode: 1,
      stderr: 'There is no silence to remove.\n',
    });
  });
});
