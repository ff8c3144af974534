// `check --json` against replayed answers: exact totals, each breach once, and what may and may not re-arm it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CheckRunner, checkRunner } from '../fakes/check-runner.ts';
import {
  bucketOf,
  costResult,
  daysWindow,
  pageOf,
  type ReplayedOpenAi,
  startReplayedOpenAi,
} from '../fakes/replayed-openai.ts';

const NOW = '2026-11-20T10:00:00Z';
const BUDGET = `
budgets:
  - id: org
    limit: 100
    period: monthly
`;

let openai: ReplayedOpenAi;
let runner: CheckRunner;

beforeEach(async () => {
  openai = await startReplayedOpenAi();
  runner = checkRunner({ OPENAI_ADMIN_KEY: 'sk-admin-canary-123', OPENAI_BASE_URL: openai.baseUrl });
});

afterEach(async () => {
  runner[Symbol.dispose]();
  await openai[Symbol.asyncDispose]();
});

const spentOn19th = (...values: (number | string)[]) =>
  openai.replay('costs', daysWindow({ '2026-11-19': values.map((value) => costResult('proj_a', value)) }));
const said = async (at = NOW) =>
  (await runner.run(at)).document.notifications.map(({ threshold, reason }) => `${threshold} ${reason}`);

describe('exact totals', () => {
  it('come from strings of 39 decimals, 0E-6176, numbers, duplicates, null projects, unknown fields and several pages', async () => {
    runner.writeBudgets(`
budgets:
  - { id: org, limit: 1000, period: monthly }
  - { id: a, limit: 1000, period: monthly, scope: { project: proj_a } }
  - { id: each, limit: 1000, period: monthly, each: project }
`);
    const days: Record<string, unknown[]> = {
      '2026-11-01': [
        costResult('proj_a', '0.000000000000000000000000000000000000001', {
          organization_id: 'org-x',
          new_field: [1],
        }),
        costResult('proj_a', 0.13080438340307526),
        costResult('proj_a', 0.13080438340307526),
        { object: 'organization.something.new', value: 12 },
      ],
      '2026-11-02': [costResult('proj_b', '0E-6176'), costResult(null, '12.50'), costResult('', 1)],
      '2026-11-20': [
        costResult('proj_b', '1e-2', { line_item: null, quantity: 1.5, quantity_unit: 'parsecs' }),
      ],
    };
    const window = daysWindow(days);
    openai.replay('costs', (url, request) => {
      const whole = window(url, request).body as { data: { start_time: number }[] };
      const offset = Number((url.searchParams.get('page') ?? 'page_0=').replace(/\D/g, ''));
      const next = offset + 7 < whole.data.length ? `page_${offset + 7}=` : null;
      return { body: pageOf(whole.data.slice(offset, offset + 7), next) };
    });
    const { exitCode, document } = await runner.run(NOW);
    expect([exitCode, document.problems]).toEqual([0, []]);
    // proj_a: 2 × 0.13080438340307526 + 10^-39; proj_b: 0.01; without a project: 12.50 + 1.
    expect(document.budgets.map(({ id, scope, spent }) => [id, scope, spent])).toEqual([
      ['a', { project: 'proj_a' }, '0.261608766806150520000000000000000000001'],
      ['each', { project: 'proj_a' }, '0.261608766806150520000000000000000000001'],
      ['each', { project: 'proj_b' }, '0.01'],
      ['each', { project: 'unattributed' }, '13.5'],
      ['org', {}, '13.771608766806150520000000000000000000001'],
    ]);
    expect(openai.requests.filter((request) => request.includes('page=')).length).toBe(2);
  });

  it('leave out buckets that nobody asked for, and say which days are missing', async () => {
    runner.writeBudgets(BUDGET);
    openai.replay('costs', () => ({
      body: pageOf([
        bucketOf('2026-10-31', [costResult('proj_a', 1000)]),
        bucketOf('2026-11-18', [costResult('proj_a', 2)]),
        bucketOf('2026-11-20', []),
        bucketOf('2026-11-21', [costResult('proj_a', 1000)]),
      ]),
    }));
    const [budget] = (await runner.run(NOW)).document.budgets;
    expect(budget).toMatchObject({ spent: '2', percent: '2', state: 'ok', atLimit: false });
    expect(budget?.missingDays).toEqual([
      ...Array.from({ length: 17 }, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`),
      '2026-11-19',
    ]);
  });

  it('count tokens, too', async () => {
    runner.writeBudgets(`
budgets:
  - { id: tokens, measure: completions.total_tokens, limit: 1000, period: daily }
`);
    const usage = (input_tokens: number, output_tokens: number) => ({
      object: 'organization.usage.completions.result',
      input_tokens,
      output_tokens,
      num_model_requests: 1,
      input_cached_tokens: input_tokens,
      project_id: 'proj_a',
      model: 'gpt-5',
    });
    openai.replay('usage/completions', daysWindow({ '2026-11-20': [usage(500, 100), usage(400, 1)] }));
    const { document } = await runner.run(NOW);
    expect(document.budgets).toMatchObject([
      { id: 'tokens', spent: '1001', unit: 'tokens', percent: '100.1' },
    ]);
    expect(document.sources.map(({ source }) => source)).toEqual(['completions']);
    expect(openai.requests.some((request) => request.includes('/costs'))).toBe(false);
  });
});

describe('an alert', () => {
  beforeEach(() => runner.writeBudgets(BUDGET));

  it('is sent once, and its line in the outbox is what the document says', async () => {
    spentOn19th(85);
    openai.replay('projects', () => ({
      body: { object: 'list', data: [{ id: 'proj_a', name: 'Search' }], last_id: 'proj_a', has_more: false },
    }));
    const first = await runner.run(NOW);
    expect(first.document.notifications).toMatchObject([
      {
        budgetId: 'org',
        reason: 'first-breach',
        threshold: '80%',
        supersedes: [],
        late: false,
        spent: '85',
        limit: '100',
        severity: 'warning',
        title: 'org is at 85 % of its $100 November budget',
      },
    ]);
    expect(first.document.notifications[0]?.text).toContain('Search: gpt-5, input\n      $85.00  100 %');
    expect(runner.outbox()).toMatchObject([
      { schema: 'budget-alerts/alert/v1', alerts: first.document.notifications, omitted: 0 },
    ]);
    const second = await runner.run('2026-11-20T11:00:00Z');
    expect(second.document.notifications).toEqual([]);
    expect(second.document.budgets).toMatchObject([{ state: 'firing' }]);
    expect(runner.outbox()).toHaveLength(1);
  });

  it('comes once for 79 → 81 → 79.9 → 80.1 %', async () => {
    const heard: string[][] = [];
    for (const value of [79, 81, 79.9, 80.1]) {
      spentOn19th(value);
      heard.push(await said());
    }
    expect(heard).toEqual([[], ['80% first-breach'], [], []]);
  });

  it('comes again for an edited limit, not for an edited name, and not on going back', async () => {
    spentOn19th(85);
    const heard = [await said()];
    for (const edited of [
      BUDGET.replace('limit: 100', 'limit: 100\n    name: Renamed'),
      BUDGET.replace('limit: 100', 'limit: 90'),
      BUDGET,
    ]) {
      runner.writeBudgets(edited);
      heard.push(await said());
    }
    expect(heard).toEqual([['80% first-breach'], [], ['80% limit-changed'], []]);
  });

  it('comes anew in the next period', async () => {
    spentOn19th(120);
    expect(await said()).toEqual(['100% first-breach']);
    openai.replay(
      'costs',
      daysWindow({ '2026-11-19': [costResult('proj_a', 120)], '2026-12-01': [costResult('proj_a', 80)] }),
    );
    expect(await said('2026-12-01T12:00:00Z')).toEqual(['80% first-breach']);
  });

  it('of a closed period is late; a budget made afterwards does not announce it', async () => {
    expect(await said('2026-11-30T23:00:00Z')).toEqual([]);
    openai.replay('costs', daysWindow({ '2026-11-30': [costResult('proj_a', 101)] }));
    runner.writeBudgets(`${BUDGET}  - { id: newcomer, limit: 1, period: monthly }\n`);
    const { document } = await runner.run('2026-12-01T02:00:00Z');
    expect(document.notifications.map(({ budgetId, late, title }) => [budgetId, late, title])).toEqual([
      ['org', true, 'org was at 101 % of its $100 November budget (found late)'],
    ]);
  });

  it('for a limit of 0 comes with the first cent', async () => {
    runner.writeBudgets(BUDGET.replace('100', '0'));
    spentOn19th('0E-6176');
    expect(await said()).toEqual([]);
    spentOn19th('0.000001');
    const { document, exitCode } = await runner.run(NOW, { exitCode: true });
    expect(document.budgets).toMatchObject([{ percent: null, atLimit: true }]);
    expect(exitCode).toBe(2);
  });
});

describe('a source that fails', () => {
  beforeEach(() => runner.writeBudgets(BUDGET));

  it.each([
    [
      'a wrong key',
      401,
      { error: { message: 'Incorrect API key provided: sk-admin-canary-123.' } },
      'openai-key-rejected',
    ],
    ['a missing scope', 403, { error: 'Missing scopes: api.usage.read. Check' }, 'openai-scope-missing'],
    ['a truncated body', 200, '{"object":"page","data":[{"obj', 'openai-answer-malformed'],
    [
      'a malformed amount',
      200,
      pageOf([bucketOf('2026-11-19', [costResult('proj_a', 'abc')])]),
      'openai-answer-malformed',
    ],
  ])('(%s) is named, loses nothing, and what is known is still said', async (_, status, body, code) => {
    spentOn19th(70);
    await runner.run(NOW);
    openai.replay('costs', () => ({ status, headers: { 'x-should-retry': 'false' }, body }));
    runner.writeBudgets(BUDGET.replace('limit: 100', 'limit: 80'));
    const { exitCode, document } = await runner.run('2026-11-20T11:00:00Z', { exitCode: true });
    expect(exitCode).toBe(1);
    expect(document.problems.map((problem) => problem.code)).toEqual([code]);
    expect(JSON.stringify(document)).not.toContain('canary');
    expect(document.sources).toMatchObject([{ source: 'costs', state: 'failing' }]);
    expect(document.budgets).toMatchObject([{ spent: '70' }]);
    expect(document.notifications.map(({ threshold }) => threshold)).toEqual(['80%']);
    spentOn19th(70);
    expect((await runner.run('2026-11-20T12:00:00Z')).document.sources).toMatchObject([{ state: 'fresh' }]);
  });

  it('to give names changes no exit code', async () => {
    spentOn19th(85);
    openai.replay('projects', () => ({
      status: 403,
      body: { error: 'Missing scopes: api.management.read.' },
    }));
    const { exitCode, document } = await runner.run(NOW);
    expect([exitCode, document.notifications.length]).toEqual([0, 1]);
    expect(document.problems).toMatchObject([{ code: 'names-unavailable', severity: 'warning' }]);
  });

  it('keeps an ended day that comes back empty until a second run agrees', async () => {
    spentOn19th(70);
    await runner.run(NOW);
    openai.replay('costs', daysWindow({}));
    expect((await runner.run('2026-11-20T11:00:00Z')).document.budgets).toMatchObject([{ spent: '70' }]);
    expect((await runner.run('2026-11-20T12:00:00Z')).document.budgets).toMatchObject([{ spent: '0' }]);
  });
});

describe('a budgets file', () => {
  it('with one bad budget is a problem with its line, and the others run', async () => {
    spentOn19th(85);
    runner.writeBudgets(`${BUDGET}  - { id: broken, limit: ten, period: monthly }\n`);
    const { exitCode, document } = await runner.run(NOW);
    expect(exitCode).toBe(1);
    expect(document.problems).toMatchObject([{ path: 'budgets[1].limit', line: 6 }]);
    expect(document.notifications).toHaveLength(1);
  });

  it.each([
    ['is missing', undefined, 'budgets-file-unreadable'],
    ['is not YAML', 'budgets: [', 'not-yaml'],
  ])('that %s stops everything, with a document all the same', async (_, yaml, code) => {
    if (yaml !== undefined) runner.writeBudgets(yaml);
    const { exitCode, document } = await runner.run(NOW);
    expect([exitCode, document.schema]).toEqual([1, 'budget-alerts/check/v1']);
    expect(document.problems.map((problem) => problem.code)).toEqual([code]);
    expect(openai.requests).toEqual([]);
  });

  it('that no longer has a budget ends it', async () => {
    runner.writeBudgets(`${BUDGET}  - { id: other, limit: 5, period: monthly }\n`);
    expect((await runner.run(NOW)).document.budgets).toHaveLength(2);
    runner.writeBudgets(BUDGET);
    expect((await runner.run(NOW)).document.budgets.map(({ id }) => id)).toEqual(['org']);
  });
});
