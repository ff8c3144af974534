// A whole budgets file: every sound budget comes through, and every mistake is named at once with its line.

import { describe, expect, it } from 'vitest';
import type { Budget } from '../../lib/budget/budget.ts';
import { parseBudgets } from '../../lib/budget/parse-budgets.ts';
import type { SourceNode } from '../../lib/budget/source-node.ts';
import { DEFAULT_SETTINGS } from '../../lib/spend/settings.ts';
import { budgetOf } from '../fakes/budgets-of.ts';
import { budgetsIn, fixture } from './budgets-in.ts';

const SHORT = 'write it like budgets: [{ id: org-monthly, limit: 5000, period: monthly }].';

function summary(yaml: string): { ids: string[]; problems: string[] } {
  const { budgets, problems } = budgetsIn(yaml);
  return {
    ids: budgets.map(({ id }) => id),
    problems: problems.map(({ line, path, code, severity }) => `${line} ${path} ${code} ${severity}`),
  };
}

const IN_DOCUMENTATION: readonly Budget[] = [
  budgetOf({
    id: 'org-monthly',
    name: 'Whole organization',
    limit: '5000',
    thresholds: ['50%', '80%', '100%'],
  }),
  budgetOf({
    id: 'chatbot-tokens',
    projects: ['proj_abc'],
    measure: 'completions.total_tokens',
    limit: '2000000',
    period: 'daily',
  }),
  budgetOf({
    id: 'every-project',
    each: true,
    except: ['proj_sandbox'],
    limit: '100',
    labels: { team: 'platform' },
  }),
  {
    ...budgetOf({
      id: 'growth',
      projects: ['proj_app', 'proj_web', 'unattributed'],
      limit: '1250.5',
      period: 'quarterly',
    }),
    thresholds: [
      { label: '1000', amount: budgetOf({ limit: '1000' }).limit },
      { label: '120.5%', amount: budgetOf({ limit: '1506.8525' }).limit },
    ],
  },
];

describe('a sound file', () => {
  it.each(['design.yaml', 'design.json'])('%s holds exactly the documented budgets', (name) => {
    expect(budgetsIn(fixture(name))).toEqual({
      budgets: IN_DOCUMENTATION,
      settings: DEFAULT_SETTINGS,
      problems: [],
    });
  });

  it('means the same with a byte order mark and Windows line ends', () => {
    const windows = `\ufeff${fixture('design.yaml').replaceAll('\n', '\r\n')}`;
    expect(budgetsIn(windows)).toEqual({
      budgets: IN_DOCUMENTATION,
      settings: DEFAULT_SETTINGS,
      problems: [],
    });
  });

  it('may share parts by anchors', () => {
    const { budgets, problems } = budgetsIn(fixture('shared-parts.yaml'));
    const shared = { limit: '400', thresholds: ['25%', '50%'] };
    expect(problems).toEqual([]);
    expect(budgets).toEqual([
      budgetOf({ id: 'web', projects: ['proj_web'], ...shared }),
      budgetOf({ id: 'app', projects: ['proj_app'], ...shared }),
    ]);
  });

  it('without any budget is accepted with a warning', () => {
    expect(summary('budgets: []')).toEqual({ ids: [], problems: ['1 budgets budgets-empty warning'] });
    expect(budgetsIn('budgets: []').problems[0]?.message).toBe('No budget is declared: nothing is watched.');
  });
});

describe('a file with one of each mistake', () => {
  it.each([
    [2, 'owner', 'unknown-key', '"owner" is not a key of a budgets file: the keys are budgets, settings.'],
    [7, 'budgets[1].id', 'wrong-type', 'An id is text, not the number 2026; quote it: "2026".'],
    [8, 'budgets[1].limit', 'limit-invalid', 'A limit cannot be "$500": write 500, without a currency sign.'],
    [9, 'budgets[1].period', 'period-unknown', 'A period cannot be "month": did you mean `monthly`?'],
    [
      10,
      'budgets[2].id',
      'id-invalid',
      '"my budget" cannot be an id: an id has 1 to 64 letters (A-Z, a-z), digits, "_" and "-", for example my-budget.',
    ],
    [
      11,
      'budgets[2].limit',
      'limit-invalid',
      'A limit cannot be "5,000": write 5000, without a thousands separator.',
    ],
    [
      13,
      'budgets[2].period.rolling',
      'period-invalid',
      'A rolling period is a number of days, not "1 week"; write it as { rolling: 7d }.',
    ],
    [14, 'budgets[3].id', 'missing-key', 'A budget needs an id that stays the same, like id: org-monthly.'],
    [14, 'budgets[3].limit', 'limit-invalid', 'A limit cannot be "5k": write 5000, in full digits.'],
    [
      16,
      'budgets[4].limit',
      'missing-key',
      'A budget needs a limit in the unit of its measure (dollars for cost), like limit: 5000.',
    ],
    [18, 'budgets[5].period', 'missing-key', 'A budget needs a period, like period: monthly.'],
    [
      19,
      'budgets[5].limit',
      'limit-invalid',
      'A limit cannot be the number 1e3: write 1000, without an exponent.',
    ],
    [21, 'budgets[6].limits', 'unknown-key', '"limits" is not a key of a budget: did you mean `limit`?'],
    [22, 'budgets[6].perod', 'unknown-key', '"perod" is not a key of a budget: did you mean `period`?'],
    [
      23,
      'budgets[6].project_id',
      'unknown-key',
      '"project_id" is not a key of a budget: did you mean `scope: { project: proj_abc }`?',
    ],
    [
      24,
      'budgets[6].colour',
      'unknown-key',
      '"colour" is not a key of a budget: the keys are id, name, scope, measure, limit, period, timezone, thresholds, each, except, overrides, labels, notify.',
    ],
    [
      25,
      'budgets[7].id',
      'id-duplicate',
      'The id "sound-first" is taken by budgets[0].id on line 4: choose another for one of them.',
    ],
    [31, 'budgets[8].limit', 'duplicate-key', '"limit" is given twice, on lines 29 and 31: keep one.'],
    [
      36,
      'budgets[9].scope.project_id',
      'dimension-unknown',
      '"project_id" is not a dimension of a scope: did you mean `project`?',
    ],
    [
      37,
      'budgets[9].scope.model',
      'dimension-unsupported',
      'cost cannot be scoped by model: it can by project, line_item, api_key, user, api_source; ' +
        'the cost of a model is in its line items, like line_item: "gpt-5*".',
    ],
    [38, 'budgets[9].scope.project[1]', 'member-duplicate', '"proj_a" is in this list twice: keep one.'],
    [
      38,
      'budgets[9].scope.project[2]',
      'wrong-type',
      'A project id is text, not the number 7; quote it: "7".',
    ],
    [
      38,
      'budgets[9].scope.project[3]',
      'member-invalid',
      'A project id belongs here, not ""; spend without a project is "unattributed".',
    ],
    [
      43,
      'budgets[10].each',
      'each-with-scope',
      '`each: project` makes a budget for every project, so `scope` cannot name some as well: ' +
        'keep `scope` for one budget over those, or keep `each` and leave others out with `except`.',
    ],
    [
      47,
      'budgets[11].each',
      'dimension-unknown',
      '"project_id" is not a dimension that `each` can split: did you mean `project`?',
    ],
    [
      51,
      'budgets[12].except',
      'except-without-each',
      '`except` leaves members out of `each`: add `each: project`, or remove `except`.',
    ],
    [
      53,
      'budgets[13].measure',
      'measure-unknown',
      '"total_tokens" is not a measure: did you mean `completions.total_tokens`?',
    ],
    [
      54,
      'budgets[13].limit',
      'limit-invalid',
      'A limit cannot be the number .5: write 0.5, with a digit before the point.',
    ],
    [
      58,
      'budgets[14].limit',
      'limit-invalid',
      'A limit cannot be the number 0.5: tokens are counted in whole numbers, without a fraction.',
    ],
    [
      60,
      'budgets[14].thresholds[0]',
      'threshold-invalid',
      'A threshold cannot be the number 10.5: tokens are counted in whole numbers, without a fraction.',
    ],
    [65, 'budgets[15].thresholds[0]', 'threshold-invalid', 'A threshold cannot be "80 %": write 80%.'],
    [
      66,
      'budgets[15].thresholds[1]',
      'threshold-invalid',
      'A threshold cannot be "0%": it must be above 0%.',
    ],
    [
      67,
      'budgets[15].thresholds[2]',
      'threshold-invalid',
      'A threshold cannot be the number -5: it cannot be negative.',
    ],
    [
      68,
      'budgets[15].thresholds[3]',
      'wrong-type',
      'A threshold is a percentage or an amount, not the boolean true; write it like 80% or 4500, or { at: 80%, severity: critical }.',
    ],
    [
      69,
      'budgets[15].thresholds[4]',
      'threshold-invalid',
      'A threshold cannot be "200000%": it must be at most 100000%.',
    ],
    [
      70,
      'budgets[15].thresholds[5]',
      'threshold-invalid',
      'A threshold cannot be "1,000": write 1000, without a thousands separator.',
    ],
    [
      74,
      'budgets[16].thresholds',
      'wrong-type',
      'Thresholds are a list, not "80%"; write it like thresholds: [50%, 80%, 100%].',
    ],
    [
      78,
      'budgets[17].thresholds',
      'thresholds-empty',
      'The list is empty: write it like thresholds: [50%, 80%, 100%], or leave the key out for [80%, 100%].',
    ],
    [
      80,
      'budgets[18].name',
      'name-invalid',
      'The name "left\\u202eright" holds the invisible character U+202E: remove it.',
    ],
    [84, 'budgets[18].labels.kind', 'label-invalid', 'The label "kind" is reserved: choose another name.'],
    [
      85,
      'budgets[18].labels["AWS.team"]',
      'label-invalid',
      'The label "AWS.team" begins as names that SNS keeps for itself do: choose another name.',
    ],
    [
      86,
      'budgets[18].labels["cost center"]',
      'label-invalid',
      'The label "cost center" cannot be a key: use 1 to 64 letters, digits, "_" and "-", with single periods between them.',
    ],
    [
      87,
      'budgets[18].labels.year',
      'wrong-type',
      'A label\'s value is text, not the number 2026; quote it: "2026".',
    ],
    [88, 'budgets[18].labels.team', 'label-invalid', 'The label value "" is empty.'],
    [89, 'budgets[19]', 'wrong-type', 'A budget is a map with id, limit and period, not "just text".'],
    [90, 'budgets[20]', 'wrong-type', 'A budget is a map with id, limit and period, not nothing.'],
    [
      94,
      'budgets[21].thresholds[0]',
      'threshold-absolute',
      '80 is an amount here, not a percentage of the limit 5000; did you mean 80%?',
    ],
    [
      94,
      'budgets[21].thresholds[2]',
      'threshold-duplicate',
      '50% and 2500 are the same amount, 2500: 50% is kept; remove the other.',
    ],
  ])('names line %i, %s: %s', (line, path, code, message) => {
    const { problems } = budgetsIn(fixture('every-mistake.yaml'));
    expect(problems.find((problem) => problem.path === path && problem.code === code)).toEqual({
      line,
      path,
      code,
      message,
      severity: code === 'threshold-absolute' || code === 'threshold-duplicate' ? 'warning' : 'error',
    });
  });

  it('is read from top to bottom, whatever is checked first', () => {
    const yaml = 'budgets:\n  - period: month\n    limit: 5k\n    id: a b\n    colour: red\n    name: 5';
    expect(budgetsIn(yaml).problems.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
  });
});

describe('the top of a file', () => {
  it.each([
    ['- id: a', '1  wrong-type error', `A budgets file is a map with the key budgets, not a list; ${SHORT}`],
    [
      'just text',
      '1  wrong-type error',
      `A budgets file is a map with the key budgets, not "just text"; ${SHORT}`,
    ],
    ['{}', '1 budgets missing-key error', `The key budgets is missing; ${SHORT}`],
    ['budgets:', '1 budgets wrong-type error', `\`budgets\` is a list, not nothing; ${SHORT}`],
    ['budgets: { id: a }', '1 budgets wrong-type error', `\`budgets\` is a list, not a map; ${SHORT}`],
    [
      'Budgets: []',
      '1 Budgets unknown-key error',
      '"Budgets" is not a key of a budgets file: did you mean `budgets`?',
    ],
  ])('%j is refused once', (yaml, problem, message) => {
    expect(summary(yaml)).toEqual({ ids: [], problems: [problem] });
    expect(budgetsIn(yaml).problems[0]?.message).toBe(message);
  });
});

describe('ids of a file', () => {
  const budget = (id: string, limit: string) => `  - { id: ${id}, limit: ${limit}, period: daily }`;

  it('are kept by the first budget, every later one is refused', () => {
    const yaml = ['budgets:', budget('a', '1'), budget('b', '2'), budget('a', '3'), budget('a', '4')].join(
      '\n',
    );
    expect(summary(yaml)).toEqual({
      ids: ['a', 'b'],
      problems: ['4 budgets[2].id id-duplicate error', '5 budgets[3].id id-duplicate error'],
    });
    expect(budgetsIn(yaml).problems.map(({ message }) => message.includes('on line 2'))).toEqual([
      true,
      true,
    ]);
  });

  it('are taken even by a budget that is refused for another reason', () => {
    expect(summary(['budgets:', budget('a', '-1'), budget('a', '3')].join('\n'))).toEqual({
      ids: [],
      problems: ['2 budgets[0].limit limit-invalid error', '3 budgets[1].id id-duplicate error'],
    });
  });

  it('are compared wherever they stand, and only where they are text', () => {
    const named = (id: string) => `  - { name: same, limit: 1, period: daily, id: ${id} }`;
    expect(summary(['budgets:', named('a'), named('b'), named('a')].join('\n'))).toEqual({
      ids: ['a', 'b'],
      problems: ['4 budgets[2].id id-duplicate error'],
    });
    for (const id of ['5', '[a]', '~']) {
      expect(summary(['budgets:', named(id), named(id)].join('\n')).problems).toEqual([
        '2 budgets[0].id wrong-type error',
        '3 budgets[1].id wrong-type error',
      ]);
    }
    expect(summary('budgets: [{ name: same }, { name: same }, text, text]').ids).toEqual([]);
  });

  it('differ by case', () => {
    expect(summary(['budgets:', budget('a', '1'), budget('A', '2')].join('\n')).ids).toEqual(['a', 'A']);
  });

  it('are at most 2,000', () => {
    const yaml = ['budgets:', ...Array.from({ length: 2_001 }, (_, index) => budget(`b${index}`, '1'))].join(
      '\n',
    );
    const { ids, problems } = summary(yaml);
    expect(ids).toHaveLength(2_000);
    expect(problems).toEqual(['2002 budgets[2000] budgets-too-many error']);
    expect(budgetsIn(yaml).problems[0]?.message).toBe(
      'There are 2001 budgets: use at most 2000; `each: project` makes one per project.',
    );
  });
});

describe('a document that nobody wrote by hand, so that it has no lines', () => {
  const text = (value: string): SourceNode => ({
    type: 'scalar',
    valueType: 'string',
    text: value,
    line: null,
  });
  const map = (entries: Readonly<Record<string, SourceNode>>): SourceNode => ({
    type: 'map',
    entries: Object.entries(entries).map(([key, value]) => ({ key, keyLine: null, value })),
    line: null,
  });
  const document = (...ids: string[]): SourceNode => {
    const items = ids.map((id) => map({ id: text(id), limit: text('5'), period: text('daily') }));
    return map({ budgets: { type: 'list', items, line: null } });
  };

  it('is read like any other', () => {
    expect(parseBudgets(document('a', 'b')).budgets.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('has its mistakes named by their paths, in its own order', () => {
    expect(parseBudgets(document('a b', 'a', 'a')).problems.map(({ path, line }) => [path, line])).toEqual([
      ['budgets[0].id', null],
      ['budgets[2].id', null],
    ]);
    expect(parseBudgets(document('a', 'a')).problems.map(({ message }) => message)).toEqual([
      'The id "a" is taken by budgets[0].id: choose another for one of them.',
    ]);
  });

  it('is told of a key that is given twice, without lines', () => {
    const twice: SourceNode = {
      type: 'map',
      entries: [text('5'), text('6')].map((value) => ({ key: 'budgets', keyLine: null, value })),
      line: null,
    };
    expect(parseBudgets(twice).problems[0]?.message).toBe('"budgets" is given twice: keep one.');
  });
});
