// Scopes over every dimension, patterns in them, budgets for each member of one, and members with a limit of their own.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetOfMember } from '../../lib/budget/budget-of-member.ts';
import { datasetOfBudget, projectsOfBudget, seriesOf } from '../../lib/budget/budget-series.ts';
import { parseSpec, specOfBudget } from '../../lib/budget/budget-spec.ts';
import { neededDatasets } from '../../lib/budget/needed-datasets.ts';
import { matcherOf, namedMatcherOf } from '../../lib/budget/scope-match.ts';
import { datasetId } from '../../lib/spend/dataset.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { storedBudgetOf } from '../fakes/budgets-of.ts';
import { budgetsIn, budgetWith } from './budgets-in.ts';

const problemsOf = (...lines: readonly string[]) => {
  const yaml = ['budgets:', '  - id: a', ...['limit: 10', 'period: daily', ...lines].map((l) => `    ${l}`)];
  return budgetsIn(yaml.join('\n')).problems.map(({ path, code, message }) => ({ path, code, message }));
};

describe('a scope', () => {
  it.each([
    ['cost', '{ user: user-1 }', { user: ['user-1'] }],
    ['cost', '{ line_item: "gpt-5, input", project: p }', { line_item: ['gpt-5, input'], project: ['p'] }],
    ['completions.total_tokens', '{ model: gpt-5*, batch: true }', { model: ['gpt-5*'], batch: ['true'] }],
    ['completions.total_tokens', '{ batch: ["false", true] }', { batch: ['false', 'true'] }],
    ['completions.total_tokens', '{ batch: "true" }', { batch: ['true'] }],
    ['images.images', '{ size: [512x512, 1024x1024] }', { size: ['1024x1024', '512x512'] }],
    ['web_search_calls.num_requests', '{ context_level: high }', { context_level: ['high'] }],
    ['file_search_calls.num_requests', '{ vector_store: vs_1 }', { vector_store: ['vs_1'] }],
  ])('of %s may be %s', (measure, scope, expected) => {
    expect(budgetWith(`measure: ${measure}`, `scope: ${scope}`).scope).toEqual(expected);
  });

  it.each([
    [
      'vector_stores.usage_bytes',
      '{ model: gpt-5 }',
      'vector_stores.usage_bytes cannot be scoped by model: it can by project.',
    ],
    [
      'embeddings.input_tokens',
      '{ service_tier: default }',
      'embeddings.input_tokens cannot be scoped by service_tier: it can by project, user, api_key, model.',
    ],
    [
      'cost',
      '{ model: gpt-5 }',
      'cost cannot be scoped by model: it can by project, line_item, api_key, user, api_source; ' +
        'the cost of a model is in its line items, like line_item: "gpt-5*".',
    ],
  ])('that OpenAI cannot group %s by, %s, is refused with what it can', (measure, scope, message) => {
    expect(problemsOf(`measure: ${measure}`, `scope: ${scope}`)).toMatchObject([
      { code: 'dimension-unsupported', message },
    ]);
  });

  it.each([
    ['scope: { batch: maybe }', 'The value of batch "maybe" is neither true nor false.'],
    ['scope: { user: 5 }', 'A user id is text, not the number 5; quote it: "5".'],
    [
      'scope: { api_source: {} }',
      'An API source or a list of them belongs here, not a map; write it like scope: { api_source: agents_api }.',
    ],
    ['scope: { user: "" }', 'A user id belongs here, not ""; spend without one is "unattributed".'],
    ['scope: { api_key_id: k }', '"api_key_id" is not a dimension of a scope: did you mean `api_key`?'],
  ])('cannot be %s', (line, message) => {
    expect(problemsOf('measure: completions.total_tokens', line).map((problem) => problem.message)).toEqual([
      message,
    ]);
  });
});

describe('a pattern', () => {
  it.each([
    [['gpt-5*'], ['gpt-5', 'gpt-5-mini'], ['gpt-4', 'xgpt-5', null]],
    [['*-mini'], ['gpt-5-mini', '-mini'], ['gpt-5-mini-2', 'mini']],
    [['gpt-*-mini'], ['gpt-5-mini', 'gpt--mini'], ['gpt-mini', 'gpt-5-min']],
    [['*, input'], ['gpt-5, input', 'gpt-5, cached, input'], ['gpt-5, input (batch)']],
    [['a*a'], ['aa', 'aba'], ['a', 'ab']],
    [['*'], ['', 'anything'], [null]],
    [['GPT*'], ['GPT'], ['gpt']],
    [['a.c'], ['a.c'], ['abc']],
    [['unattributed', 'x*'], [null, 'unattributed', 'xy'], ['y']],
  ])('%j holds %j and not %j', (values, inside, outside) => {
    const matches = matcherOf(values);
    expect(inside.map(matches)).toEqual(inside.map(() => true));
    expect(outside.map(matches)).toEqual(outside.map(() => false));
  });

  it('means the same as a regular expression with .* for each *', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 8 }).map((all) => all.join(''));
    fc.assert(
      fc.property(letters, letters, (pattern, text) => {
        const member = text.replaceAll('*', 'b');
        const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(member);
        expect(matcherOf([pattern])(member)).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    [['*'], false],
    [['un*'], false],
    [['unattributed'], true],
  ])('%j names what is not attributed, by the word for it: %s', (values, expected) => {
    expect(namedMatcherOf(values)('unattributed')).toBe(expected);
    expect(namedMatcherOf(values)('unattributed')).toBe(matcherOf(values)(null));
  });

  it('of many stars takes no time over a hostile name', () => {
    expect(matcherOf([`${'a*'.repeat(60)}b`])('a'.repeat(20_000))).toBe(false);
  });
});

describe('each', () => {
  it.each(['project', 'user', 'api_key', 'line_item'])('may split cost by %s', (dimension) => {
    expect(budgetWith(`each: ${dimension}`).each).toBe(dimension);
  });

  it('may look at part of the spend, and leave members out by pattern', () => {
    const lines = ['measure: completions.total_tokens', 'each: project', 'scope: { model: gpt-5* }'];
    expect(budgetWith(...lines, 'except: proj_test*')).toMatchObject({
      each: 'project',
      scope: { model: ['gpt-5*'] },
      except: ['proj_test*'],
    });
  });

  it('of what the measure has not is refused with what it has', () => {
    expect(problemsOf('each: model')).toEqual([
      {
        path: 'budgets[0].each',
        code: 'dimension-unsupported',
        message:
          'cost cannot be split by model: it can by project, line_item, api_key, user; ' +
          'the cost of a model is in its line items, like line_item: "gpt-5*".',
      },
    ]);
    expect(problemsOf('measure: completions.total_tokens', 'each: batch')[0]?.message).toBe(
      '"batch" is not a dimension that `each` can split: the dimensions that exist are: project, user, api_key, model, line_item.',
    );
  });
});

describe('overrides', () => {
  it('give members a limit of their own, which percentages follow and amounts do not', () => {
    const budget = budgetWith(
      'limit: 100',
      'each: project',
      'thresholds: [50%, 90]',
      'overrides: { proj_b: { limit: 500 }, proj_a: { limit: "0" } }',
    );
    const of = (member: string) => {
      const { limit, thresholds } = budgetOfMember(budget, member);
      return [limit, thresholds];
    };
    expect([...budget.overrides.keys()]).toEqual(['proj_a', 'proj_b']);
    expect(budgetOfMember(budget, 'proj_c')).toBe(budget);
    expect(of('proj_b')).toEqual([
      amountOf('500'),
      [
        { label: '90', amount: amountOf('90') },
        { label: '50%', amount: amountOf('250') },
      ],
    ]);
    expect(of('proj_a')).toEqual([
      amountOf('0'),
      [
        { label: '100%', amount: amountOf('0') },
        { label: '90', amount: amountOf('90') },
      ],
    ]);
  });

  it('are for as many as a hundred members', () => {
    const members = Array.from({ length: 100 }, (_, index) => `proj_${index}: { limit: 5 }`);
    expect(budgetWith('each: project', `overrides: { ${members.join(', ')} }`).overrides.size).toBe(100);
  });

  it.each([
    [
      ['overrides: { p: { limit: 5 } }'],
      '.overrides overrides-without-each',
      '`overrides` are for members of `each`: add `each: project`, or remove `overrides`.',
    ],
    [
      ['each: project', 'overrides: [p]'],
      '.overrides wrong-type',
      'Overrides are a map, not a list; write it like overrides: { proj_a: { limit: 500 } }.',
    ],
    [
      ['each: project', 'overrides: { p: 5 }'],
      '.overrides.p wrong-type',
      'An override is a map with a limit, not the number 5; write it like overrides: { proj_a: { limit: 500 } }.',
    ],
    [
      ['each: project', 'overrides: { p: {} }'],
      '.overrides.p.limit missing-key',
      'An override needs a limit, like overrides: { proj_a: { limit: 500 } }.',
    ],
    [
      ['each: project', 'overrides: { p: { limit: 5k } }'],
      '.overrides.p.limit limit-invalid',
      'A limit cannot be "5k": write 5000, in full digits.',
    ],
    [
      ['each: project', 'overrides: { p: { limit: 5, period: daily } }'],
      '.overrides.p.period unknown-key',
      '"period" is not a key of an override: the only key is limit.',
    ],
    [
      ['each: project', 'overrides: { p*: { limit: 5 } }'],
      '.overrides["p*"] override-invalid',
      'The override for "p*" cannot be for a pattern: name one member.',
    ],
    [
      ['each: project', 'except: p*', 'overrides: { pq: { limit: 5 } }'],
      '.overrides.pq override-invalid',
      'The override for "pq" is left out by `except`: remove one of them.',
    ],
  ])('%j are refused: %s', (lines, where, message) => {
    expect(
      problemsOf(...lines).map((problem) => [
        `${problem.path.replace('budgets[0]', '')} ${problem.code}`,
        problem.message,
      ]),
    ).toEqual([[where, message]]);
  });

  it.each([
    ['an amount that a percentage comes to', 'limit: 5000', '[80%, 4000]', '500'],
    ['percentages of nothing', 'limit: 0', '[50%, 90%]', '500'],
    ['no thresholds', 'limit: 5000', null, '0'],
  ])('are the same once they were stored: under %s', (_, limit, thresholds, own) => {
    const { budgets } = budgetsIn(
      ['budgets:', '  -', '    id: a', '    period: daily', `    ${limit}`, '    each: project']
        .concat(thresholds === null ? [] : [`    thresholds: ${thresholds}`])
        .concat(`    overrides: { p: { limit: ${own} } }`)
        .join('\n'),
    );
    const [budget] = budgets;
    expect(budget && parseSpec(specOfBudget(budget), 'stored')).toEqual({ ok: true, budget });
  });

  it('may be for what is not attributed, which no pattern leaves out', () => {
    const lines = ['each: user', 'except: "*"', 'overrides: { unattributed: { limit: 5 } }'];
    expect([...budgetWith(...lines).overrides.keys()]).toEqual(['unattributed']);
  });

  it('are at most 100', () => {
    const many = Array.from({ length: 101 }, (_, index) => `p${index}: { limit: 1 }`).join(', ');
    expect(problemsOf('each: project', `overrides: { ${many} }`).map(({ code }) => code)).toEqual([
      'overrides-too-many',
    ]);
  });
});

describe('what a budget is summed from', () => {
  const tokens = 'measure: completions.total_tokens';
  it.each([
    [[], 'cost', 'costs.1d#project_id,line_item'],
    [['scope: { project: p }'], 'cost', 'costs.1d#project_id,line_item'],
    [['each: line_item'], 'cost by line_item', 'costs.1d#project_id,line_item'],
    [['scope: { line_item: x, project: p }'], 'cost by project, line_item', 'costs.1d#project_id,line_item'],
    [['each: user'], 'cost by user', 'costs.1d#user_id'],
    [['scope: { api_key: k, project: p }'], 'cost by project, api_key', 'costs.1d#project_id,api_key_id'],
    [[tokens], 'completions.total_tokens', 'completions.1d#project_id,model'],
    [
      [tokens, 'scope: { model: m }', 'each: api_key'],
      'completions.total_tokens by api_key, model',
      'completions.1d#api_key_id,model',
    ],
    [
      [tokens, 'timezone: Europe/Berlin'],
      'completions.total_tokens in Europe/Berlin',
      'completions.1h#project_id,model',
    ],
    // Costs come in UTC days only.
    [['timezone: Europe/Berlin'], 'cost', 'costs.1d#project_id,line_item'],
    [['measure: vector_stores.usage_bytes'], 'vector_stores.usage_bytes', 'vector_stores.1d#project_id'],
  ])('%j: %s from %s', (lines, series, dataset) => {
    const budget = budgetWith(...lines);
    expect([seriesOf(budget).key, datasetId(datasetOfBudget(budget))]).toEqual([series, dataset]);
  });

  it.each([
    [[], null],
    [['scope: { project: [b, a] }'], ['a', 'b']],
    [['scope: { project: [a, "b*"] }'], null],
    [['scope: { project: [a, unattributed] }'], null],
    [['scope: { user: a }'], null],
  ])('%j lies in the projects %j', (lines, projects) => {
    expect(projectsOfBudget(budgetWith(...lines))).toEqual(projects);
  });

  const filterOf = (...scopes: (readonly string[] | undefined)[]) =>
    neededDatasets(
      scopes.map((projects) =>
        storedBudgetOf({
          measure: 'completions.total_tokens',
          ...(projects === undefined ? {} : { projects }),
        }),
      ),
      'completions',
    ).map(({ projects }) => projects);

  it('is read for the projects of all its budgets, and for all where one looks at all', () => {
    expect(filterOf(['b'], ['a', 'b'])).toEqual([['a', 'b']]);
    expect(filterOf(['b'], undefined)).toEqual([null]);
    expect(filterOf(Array.from({ length: 21 }, (_, index) => `p${index}`))).toEqual([null]);
    expect(filterOf(['a,b'])).toEqual([null]);
    expect(filterOf()).toEqual([]);
  });

  it('is costs of all projects, whatever the budgets look at', () => {
    expect(neededDatasets([storedBudgetOf({ projects: ['a'] })], 'costs')[0]?.projects).toBe(null);
  });
});
