// What the other commands say to people: validate, the proposal for a first file, and text that is safe to print.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { budgetTable, percentBar } from '../../lib/cli/budget-table.ts';
import { ownOrganization } from '../../lib/cli/own-organization.ts';
import { plainText } from '../../lib/cli/plain-text.ts';
import { proposedBudgets } from '../../lib/cli/proposed-budgets.ts';
import { parseBudgetsText } from '../../lib/cli/read-budgets-file.ts';
import { validateCommand } from '../../lib/cli/validate-command.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { costResult, daysWindow, startReplayedOpenAi } from '../fakes/replayed-openai.ts';
import { instantOf } from '../fakes/time-of.ts';

let directory: string;
let printed: string[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'budget-alerts-cli-'));
  printed = [];
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const terminal = (environment: NodeJS.ProcessEnv = {}) => ({
  directory,
  environment,
  out: (text: string) => void printed.push(text),
  error: (text: string) => void printed.push(text),
});

describe('validate', () => {
  it.each([
    ['a sound file', 'budgets: [{ id: a, limit: 5, period: monthly }]', 0, 'b.yaml is fine: 1 budget.'],
    [
      'a warning',
      'budgets: [{ id: a, limit: 5000, period: monthly, thresholds: [80] }]',
      0,
      'did you mean 80%?',
    ],
    ['a mistake', 'budgets:\n  - { id: a, limit: 5, period: month }', 1, 'b.yaml:2 budgets[0].period'],
    ['no YAML', 'budgets: [', 1, 'b.yaml cannot be used: 1 error.'],
  ])('of %s', async (_, yaml, exitCode, expected) => {
    writeFileSync(join(directory, 'b.yaml'), yaml);
    expect(await validateCommand('b.yaml', terminal())).toBe(exitCode);
    expect(printed.join('\n')).toContain(expected);
  });

  it('of no file at all', async () => {
    expect(await validateCommand('none.yaml', terminal())).toBe(1);
    expect(printed.join('\n')).toContain('There is no budgets file');
  });
});

describe('the proposal for a first budgets file', () => {
  it('is last month and a quarter, in two digits, for the whole, the largest and every other project', () => {
    const text = proposedBudgets({
      costByProject: new Map([
        ['proj_big', amountOf('1000.50')],
        ['proj_mid', amountOf('61')],
        ['proj_low', amountOf('60')],
        ['proj_rest', amountOf('40')],
        [null, amountOf('2')],
      ]),
      names: new Map([['proj_big', 'The "big" one: yes #1']]),
    });
    const { budgets, problems } = parseBudgetsText(text);
    expect(problems).toEqual([]);
    // 1163.5 × 1.25 = 1454.4; 1000.5 × 1.25 = 1250.6; 61 × 1.25 = 76.25; 60 × 1.25 = 75; 40 × 1.25 = 50.
    expect(budgets?.map(({ id, name, limit }) => [id, name, limit / 10n ** 40n])).toEqual([
      ['org-monthly', 'Whole organization', 1500n],
      ['project-1', 'The "big" one: yes #1', 1300n],
      ['project-2', 'proj_mid', 77n],
      ['project-3', 'proj_low', 75n],
      ['every-other-project', null, 50n],
    ]);
    expect(budgets?.at(-1)?.except).toEqual(['proj_big', 'proj_low', 'proj_mid']);
  });

  it('of an organization without any spend is sound, too', () => {
    const { budgets, problems } = parseBudgetsText(
      proposedBudgets({ costByProject: new Map(), names: new Map() }),
    );
    expect([problems, budgets?.map(({ id }) => id)]).toEqual([[], ['org-monthly', 'every-other-project']]);
  });

  it('is written once, checked at once, and never over a file of yours', async () => {
    await using openai = await startReplayedOpenAi();
    openai.replay('costs', daysWindow({ '2026-11-10': [costResult('proj_a', 90)] }));
    const environment = { OPENAI_ADMIN_KEY: 'sk-admin-x', OPENAI_BASE_URL: openai.baseUrl };
    const tick = instantOf('2026-11-20T10:00:00Z');
    expect(await ownOrganization(tick, terminal(environment))).toBe(0);
    const file = join(directory, 'budgets.yaml');
    expect(readFileSync(file, 'utf8')).toContain('limit: 120');
    writeFileSync(file, 'budgets: [{ id: mine, limit: 90, period: monthly }]');
    printed = [];
    expect(await ownOrganization(tick, terminal(environment))).toBe(0);
    expect(printed.join('\n')).toContain('mine is at 100 % of its $90 November budget');
  });
});

describe('what is printed', () => {
  it('moves no cursor and sets no title, whatever a project is called', () => {
    expect(plainText('a\u001b]0;owned\u0007b\u001b[2J\u202ec\nd')).toBe('a]0;ownedb[2Jcd');
    expect(plainText('a\nb\u0085', true)).toBe('a\nb');
  });

  it.each([
    ['0', '····················'],
    ['50', '██████████··········'],
    ['99.999', '███████████████████▉'],
    ['100', '████████████████████'],
    ['400', '████████████████████'],
    ['-5', '····················'],
    [null, '····················'],
  ])('shows %s %% as a bar that is full only when the limit is reached', (percent, bar) => {
    expect(percentBar(percent)).toBe(bar);
  });

  it('shows names instead of ids, and missing days', () => {
    const period = { kind: 'monthly', start: '', end: '' };
    const table = budgetTable(
      [
        {
          id: 'each',
          scope: { project: 'proj_a' },
          measure: 'cost',
          unit: 'usd',
          period,
          limit: '100',
          spent: '12.345',
          percent: '12.345',
          atLimit: false,
          state: 'ok',
          missingDays: ['2026-11-01'],
        },
      ],
      new Map([['proj_a', 'Search']]),
    );
    expect(table).toMatch(/each +Search +monthly +\$12\.34 +\$100 +██▍·+ +12 +.*ok, 1 day missing/);
  });
});
