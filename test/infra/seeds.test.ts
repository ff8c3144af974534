// Budgets that an app declares: what is deployed of them, and what is refused before anything is.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type BudgetDeclaration, declaredBudgets } from '../../infra/declared-budgets.ts';
import { synthesizedStack } from './synthesized.ts';

const folder = mkdtempSync(join(tmpdir(), 'seeds-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, 'budgets.yaml');
  writeFileSync(path, text);
  return path;
}

const ALL: BudgetDeclaration = { id: 'all', limit: 5000, period: 'monthly' };

const declared = (budgets: Parameters<typeof declaredBudgets>[0], retentionDays = 430) =>
  declaredBudgets(budgets, ['default', 'oncall'], retentionDays);

describe('declared budgets', () => {
  it('are the same from a file and as objects, in the words in which they are stored', () => {
    const text = `budgets:
  - { id: all, limit: 0.1, period: monthly, thresholds: [50%, 0.1] }
  - { id: each, limit: 20, period: daily, each: project, except: [proj_a], labels: { team: b } }
  - { id: fiscal, limit: { default: 5, 2026-12: 8 }, period: { monthly: { startDay: 15 } }, timezone: Europe/Berlin }
  - id: users
    limit: 7
    period: { rolling: 7d }
    scope: { model: [gpt-5*], batch: false }
    measure: completions.output_tokens
    each: user
    overrides: { user-a: { limit: 9 } }
`;
    const objects: BudgetDeclaration[] = [
      { id: 'all', limit: 0.1, period: 'monthly', thresholds: ['50%', 0.1] },
      {
        id: 'each',
        limit: '20',
        period: 'daily',
        each: 'project',
        except: ['proj_a'],
        labels: { team: 'b' },
      },
      {
        id: 'fiscal',
        limit: { default: 5, '2026-12': 8 },
        period: { monthly: { startDay: 15 } },
        timezone: 'Europe/Berlin',
      },
      {
        id: 'users',
        limit: 7,
        period: { rolling: '7d' },
        scope: { model: ['gpt-5*'], batch: false },
        measure: 'completions.output_tokens',
        each: 'user',
        overrides: { 'user-a': { limit: 9 } },
      },
    ];
    const stored = [
      '{"id":"all","limit":"0.1","period":"monthly","thresholds":["50%","0.1"]}',
      '{"id":"each","limit":"20","period":"daily","each":"project","except":["proj_a"],"labels":{"team":"b"}}',
    ];
    const ofFile = declared(file(text)).specs;
    expect(ofFile.slice(0, 2)).toEqual(stored);
    expect(ofFile).toHaveLength(4);
    expect(declared(objects).specs).toEqual(ofFile);
  });

  it('bring settings if they are a file', () => {
    const text = 'settings: { staleAfterHours: 12 }\nbudgets: [{ id: all, limit: 5, period: monthly }]\n';
    expect(JSON.parse(declared(file(text)).settings ?? '')).toMatchObject({
      staleAfterHours: 12,
      trailingDays: 3,
    });
    expect(declared([ALL]).settings).toBeNull();
  });

  it('are refused with everything that is wrong with them, and where', () => {
    const text =
      'budgets:\n  - { id: a b, limit: 5, period: monthly }\n  - { id: c, limit: five, period: hourly }\n';
    const path = file(text);
    expect(() => declared(path)).toThrow(
      new RegExp(
        [
          '^These budgets cannot be deployed:',
          `  ${path}:2: budgets\\[0\\]\\.id: .*`,
          `  ${path}:3: budgets\\[1\\]\\.period: .*`,
          `  ${path}:3: budgets\\[1\\]\\.limit: .*`,
        ].join('\n'),
        '',
      ),
    );
    expect(() => declared([{ ...ALL, limit: -1 }])).toThrow(/budgets: budgets\[0\]\.limit: /);
    expect(() => declared([ALL, ALL])).toThrow(/The id "all" is taken/);
    expect(() => declared([{ ...ALL, notify: 'oncal' }])).toThrow(/no route "oncal" .* default, oncall/);
  });

  it('are refused if there is no such file, or more than a deployment can pass on', () => {
    expect(() => declared(join(folder, 'none.yaml'))).toThrow(
      /^The budgets file .*none\.yaml cannot be read/,
    );
    const many = Array.from({ length: 2_000 }, (_, position) => ({ ...ALL, id: `budget-${position}` }));
    expect(() => declared(many)).toThrow(/store them with `budget-alerts apply`/);
    expect(declared(many.slice(0, 1_000)).specs).toHaveLength(1_000);
  });
});

describe('a deployment', () => {
  it('passes on the budgets of each organization that declares any, and prunes where it is told to', () => {
    const { ofType } = synthesizedStack({
      organizations: [
        { id: 'default', budgets: [ALL] },
        {
          id: 'acme',
          budgets: file('budgets: [{ id: all, limit: 5, period: monthly }]'),
          pruneBudgets: true,
        },
        { id: 'by-hand' },
      ],
    });
    const seeds = ofType('Custom::OpenAiBudgets');
    expect(seeds.map(({ properties }) => properties)).toEqual([
      {
        ServiceToken: 'SeedBudgets.Arn',
        ServiceTimeout: '300',
        organization: 'default',
        budgets: ['{"id":"all","limit":"5000","period":"monthly"}'],
        prune: 'no',
      },
      {
        ServiceToken: 'SeedBudgets.Arn',
        ServiceTimeout: '300',
        organization: 'acme',
        budgets: ['{"id":"all","limit":"5","period":"monthly"}'],
        settings: expect.stringContaining('"trailingDays":3'),
        prune: 'yes',
      },
    ]);
  });

  it('has no such function where no budgets are declared', () => {
    const { resources } = synthesizedStack({ organizations: [{ id: 'default' }] });
    expect(resources.filter(({ logicalId, type }) => /Seed|Custom/.test(`${logicalId} ${type}`))).toEqual([]);
  });
});
