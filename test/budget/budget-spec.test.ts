// What is stored of a budget: its canonical text, which reads back as the same budget.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSpec, specFields, specOfBudget } from '../../lib/budget/budget-spec.ts';
import { budgetOf } from '../fakes/budgets-of.ts';
import { arbitraryBudget } from './arbitrary-budget.ts';
import { budgetsIn, budgetWith, fixture } from './budgets-in.ts';

describe('the canonical text', () => {
  it.each([
    [
      'leaves defaults out',
      budgetOf({ id: 'org', limit: '5000', thresholds: ['80%', '100%'] }),
      '{"id":"org","limit":"5000","period":"monthly"}',
    ],
    [
      'names everything else, in a fixed order',
      budgetOf({
        id: 'web',
        name: 'Web "team"',
        projects: ['proj_a', 'proj_b'],
        measure: 'completions.total_tokens',
        limit: '2000000',
        period: 'daily',
        thresholds: ['50%', '1500000'],
        labels: { team: 'web', env: 'prod' },
      }),
      '{"id":"web","name":"Web \\"team\\"","scope":{"project":["proj_a","proj_b"]},' +
        '"measure":"completions.total_tokens","limit":"2000000","period":"daily",' +
        '"thresholds":["50%","1500000"],"labels":{"env":"prod","team":"web"}}',
    ],
    [
      'holds amounts as exact texts',
      budgetOf({ limit: '0.000000000001', each: true, except: ['p'], thresholds: ['100%'] }),
      '{"id":"org-monthly","limit":"0.000000000001","period":"monthly","thresholds":["100%"],' +
        '"each":"project","except":["p"]}',
    ],
    [
      'takes 100% for the default under a limit of 0',
      budgetOf({ limit: '0', thresholds: ['100%'] }),
      '{"id":"org-monthly","limit":"0","period":"monthly"}',
    ],
  ])('%s', (_, budget, text) => {
    expect(specOfBudget(budget)).toBe(text);
    expect(parseSpec(text, 'stored')).toEqual({ ok: true, budget });
  });

  it('sorts dimensions, members with a limit of their own and labels, in whatever order they come', () => {
    const lines = ['measure: completions.total_tokens', 'each: project'];
    const budget = budgetWith(...lines, 'overrides: { b: { limit: 2 }, a: { limit: 1 }, c: { limit: 3 } }');
    const [a, b, c] = [...budget.overrides];
    if (a === undefined || b === undefined || c === undefined) throw new Error('three overrides');
    const shuffled = {
      ...budget,
      scope: { user: ['u'], model: ['m'], api_key: ['k'] },
      overrides: new Map([b, c, a]),
    };
    expect(specOfBudget(shuffled)).toBe(
      '{"id":"a","scope":{"api_key":["k"],"model":["m"],"user":["u"]},"measure":"completions.total_tokens",' +
        '"limit":"5000","period":"monthly","each":"project",' +
        '"overrides":{"a":{"limit":"1"},"b":{"limit":"2"},"c":{"limit":"3"}}}',
    );
  });

  it('says of a threshold only what it says differently', () => {
    const thresholds =
      'thresholds: [50%, { at: 80%, severity: info }, { at: 90%, notify: oncall }, { at: 100%, severity: critical, notify: [a, b] }]';
    expect(specFields(budgetWith(thresholds)).thresholds).toStrictEqual([
      '50%',
      { at: '80%', severity: 'info' },
      { at: '90%', notify: ['oncall'] },
      { at: '100%', severity: 'critical', notify: ['a', 'b'] },
    ]);
  });

  it('names the defaults where they have a voice of their own', () => {
    expect(specFields(budgetWith('thresholds: [80%, { at: 100%, severity: info }]')).thresholds).toEqual([
      '80%',
      { at: '100%', severity: 'info' },
    ]);
    expect(specFields(budgetWith('thresholds: [80%, { at: 100%, notify: a }]')).thresholds).toEqual([
      '80%',
      { at: '100%', notify: ['a'] },
    ]);
  });

  it('may have 200,000 characters', () => {
    const text = '{"id":"a","limit":"5","period":"daily"}';
    expect(parseSpec(text.padEnd(200_000), 'stored').ok).toBe(true);
    expect(parseSpec(text.padEnd(200_001), 'stored').ok).toBe(false);
  });

  it('reads back as the same budget, whatever the budget', () => {
    fc.assert(
      fc.property(arbitraryBudget, (budget) => {
        expect(parseSpec(specOfBudget(budget), 'stored')).toEqual({ ok: true, budget });
      }),
      { numRuns: 500 },
    );
  });

  it('is the same for the same budget, however it was written', () => {
    const plain = budgetWith('limit: 5000', 'scope: { project: [b, a] }', 'labels: { x: "1", y: "2" }');
    const other = budgetWith(
      'labels: { y: "2", x: "1" }',
      'thresholds: [100%, 080.0%]',
      'measure: cost',
      'scope: { project: [a, b] }',
      'limit: "5000.00"',
    );
    expect(specOfBudget(other)).toBe(specOfBudget(plain));
  });

  it('is itself a budget that the file may hold', () => {
    const { budgets } = budgetsIn(fixture('design.yaml'));
    const file = `{"budgets":[${budgets.map(specOfBudget).join(',')}]}`;
    expect(budgetsIn(file)).toMatchObject({ budgets, problems: [] });
  });
});

describe('a stored text that is not ours', () => {
  it.each([
    ['is cut off', '{"id":"a","limit":"5'],
    ['is empty', ''],
    ['holds a number, which JSON has made a float', '{"id":"a","limit":5000,"period":"daily"}'],
    ['nests absurdly', '['.repeat(50_000) + ']'.repeat(50_000)],
    ['nests a little too much', '['.repeat(18) + ']'.repeat(18)],
    ['is far too long', JSON.stringify({ id: 'a', name: 'x'.repeat(200_000) })],
  ])('and %s is refused as a whole', (_, text) => {
    expect(parseSpec(text, 'budget#a')).toEqual({
      ok: false,
      problems: [
        {
          code: 'spec-invalid',
          path: 'budget#a',
          line: null,
          message: 'This stored budget is not a text that was written here: apply the budgets file again.',
          severity: 'error',
        },
      ],
    });
  });

  it.each([
    ['null', ['budget#a wrong-type']],
    ['true', ['budget#a wrong-type']],
    ['[]', ['budget#a wrong-type']],
    [
      '{"id":"a","limit":"5k","period":"month"}',
      ['budget#a.period period-unknown', 'budget#a.limit limit-invalid'],
    ],
    ['{"id":"a","limit":"5","period":"daily","__proto__":{"x":"y"}}', ['budget#a.__proto__ unknown-key']],
    ['{"id":"a","limit":"5","period":"daily","each":null}', ['budget#a.each wrong-type']],
  ])('like %s is refused for what is wrong with it', (text, problems) => {
    const parsed = parseSpec(text, 'budget#a');
    expect(!parsed.ok && parsed.problems.map(({ path, code }) => `${path} ${code}`)).toEqual(problems);
  });
});
