// Every key of a budget: what it may be, what it becomes, and what each other value is answered with.
import { describe, expect, it } from 'vitest';
import { parseBudget } from '../../lib/budget/parse-budget.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';
import { SPEND_KINDS } from '../../lib/spend/catalogue.ts';
import { MEASURES } from '../../lib/spend/measure.ts';
import { PERIOD_KINDS, plainRule } from '../../lib/time/period-rule.ts';
import { budgetWith, problemsWith } from './budgets-in.ts';

/** `limit limit-invalid`, the path without the budget's own part. */
function refusals(...lines: string[]): string[] {
  return problemsWith(...lines).map(({ path, code }) => `${path.slice('budgets[0]'.length)} ${code}`);
}

const LONG = (length: number) => `"${'x'.repeat(length)}"`;

describe('an id', () => {
  it.each(['a', 'org-monthly', 'A_9', 'x'.repeat(64), '2026-11'])('may be %s', (id) => {
    expect(budgetWith(`id: ${id}`).id).toBe(id);
  });

  it.each([
    ['id: ""', '.id id-invalid'],
    [`id: ${'x'.repeat(65)}`, '.id id-invalid'],
    ['id: a.b', '.id id-invalid'],
    ['id: a#b', '.id id-invalid'],
    ['id: übung', '.id id-invalid'],
    ['id: 5', '.id wrong-type'],
    ['id: 1e3', '.id wrong-type'],
    ['id: true', '.id wrong-type'],
    ['id:', '.id wrong-type'],
    ['id: [a]', '.id wrong-type'],
  ])('cannot be given as %s', (line, refusal) => {
    expect(refusals(line)).toEqual([refusal]);
  });

  it('gets a near one as advice', () => {
    expect(problemsWith('id: " Größe (Web)! "')[0]?.message).toContain('for example Gro-e-Web.');
    expect(problemsWith('id: "!!"')[0]?.message).toMatch(/"_" and "-"\.$/);
  });
});

describe('a name', () => {
  it.each([
    ['name: Whole organization', 'Whole organization'],
    ['name: "  padded  "', 'padded'],
    ['name: yes', 'yes'],
    ['name: "Cafe\\u0301"', 'Caf\u00e9'],
    ['name: "👩\\u200d🚀"', '👩\u200d🚀'],
    [`name: ${LONG(120)}`, 'x'.repeat(120)],
    [`name: "${'🚀'.repeat(120)}"`, '🚀'.repeat(120)],
  ])('%s is kept as people see it', (line, name) => {
    expect(budgetWith(line).name).toBe(name);
  });

  it('is optional', () => {
    expect(budgetWith().name).toBeNull();
  });

  it.each([
    ['name: ""', '.name name-invalid'],
    ['name: "  "', '.name name-invalid'],
    [`name: ${LONG(121)}`, '.name name-invalid'],
    ['name: "two\\nlines"', '.name name-invalid'],
    ['name: "bell\\a"', '.name name-invalid'],
    ['name: "\\e[31mred"', '.name name-invalid'],
    ['name: "c1\\x9b31m"', '.name name-invalid'],
    ['name: "zero\\u200bwidth"', '.name name-invalid'],
    ['name: "line\\u2028separator"', '.name name-invalid'],
    ['name: "\\uD800"', '.name name-invalid'],
    ['name: 2026', '.name wrong-type'],
    ['name: ~', '.name wrong-type'],
  ])('cannot be given as %s', (line, refusal) => {
    expect(refusals(line)).toEqual([refusal]);
  });
});

describe('a scope', () => {
  it.each([
    ['scope: {}', {}],
    ['scope: { project: proj_a }', { project: ['proj_a'] }],
    ['scope: { project: [proj_b, proj_a] }', { project: ['proj_a', 'proj_b'] }],
    ['scope: { project: unattributed }', { project: ['unattributed'] }],
    [`scope: { project: ${LONG(200)} }`, { project: ['x'.repeat(200)] }],
  ])('%s', (line, scope) => {
    expect(budgetWith(line).scope).toEqual(scope);
  });

  it('is the whole organization if it is left out', () => {
    expect(budgetWith().scope).toEqual({});
  });

  const members = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`).join(', ');

  it('may name 100 projects', () => {
    expect(budgetWith(`scope: { project: [${members(100)}] }`).scope.project).toHaveLength(100);
  });

  it.each([
    ['scope:', '.scope wrong-type'],
    ['scope: proj_a', '.scope wrong-type'],
    ['scope: [proj_a]', '.scope wrong-type'],
    ['scope: { project: }', '.scope.project member-invalid'],
    ['scope: { project: "" }', '.scope.project member-invalid'],
    ['scope: { project: " proj_a" }', '.scope.project member-invalid'],
    ['scope: { project: "a\\tb" }', '.scope.project member-invalid'],
    ['scope: { project: "a\\u200bb" }', '.scope.project member-invalid'],
    [`scope: { project: ${LONG(201)} }`, '.scope.project member-invalid'],
    ['scope: { project: 5 }', '.scope.project wrong-type'],
    ['scope: { project: { id: a } }', '.scope.project wrong-type'],
    ['scope: { project: [] }', '.scope.project members-empty'],
    ['scope: { project: [[a]] }', '.scope.project[0] wrong-type'],
    [`scope: { project: [${members(101)}] }`, '.scope.project members-too-many'],
    ['scope: { projects: a }', '.scope.projects dimension-unknown'],
    ['scope: { colour: a }', '.scope.colour dimension-unknown'],
    ['scope: { project: a, project: b }', '.scope.project duplicate-key'],
  ])('cannot be given as %s', (line, refusal) => {
    expect(refusals(line)).toEqual([refusal]);
  });
});

describe('each and except', () => {
  it.each([
    [['each: project'], []],
    [['each: project', 'except: proj_a'], ['proj_a']],
    [
      ['each: project', 'except: [proj_b, unattributed, proj_a]'],
      ['proj_a', 'proj_b', 'unattributed'],
    ],
    [['each: project', 'except: []'], []],
    [['each: project', 'scope: {}'], []],
  ])('%j leave out %j', (lines, except) => {
    expect(budgetWith(...lines)).toMatchObject({ each: 'project', except });
  });

  it.each([
    [['each: projects'], '.each dimension-unknown'],
    [['each: service_tier'], '.each dimension-unknown'],
    [['each: true'], '.each wrong-type'],
    [['each: [project]'], '.each wrong-type'],
    [['each:'], '.each wrong-type'],
    [['each: project', 'scope: { project: a }'], '.each each-with-scope'],
    [['except: a'], '.except except-without-each'],
    [['each: project', 'except: [a, a]'], '.except[1] member-duplicate'],
    [['each: project', 'except: { a: b }'], '.except wrong-type'],
    [['each: project', 'except: ~'], '.except member-invalid'],
  ])('cannot be given as %j', (lines, refusal) => {
    expect(refusals(...lines)).toEqual([refusal]);
  });

  it('do not call `except` stray when `each` is only misspelt', () => {
    expect(refusals('eahc: project', 'except: a')).toEqual(['.eahc unknown-key']);
  });
});

describe('a measure', () => {
  it('is cost if it is left out', () => {
    expect(budgetWith().measure).toBe(MEASURES.get('cost'));
  });

  it.each([...MEASURES.keys()])('may be %s', (name) => {
    expect(budgetWith(`measure: ${name}`).measure).toBe(MEASURES.get(name));
  });

  it.each([
    ['costs', 'cost'],
    ['Cost', 'cost'],
    ['usd', 'cost'],
    ['total_tokens', 'completions.total_tokens'],
    ['tokens', 'completions.total_tokens'],
    ['completions', 'completions.total_tokens'],
    ['completions.tokens', 'completions.total_tokens'],
    ['completion.total_tokens', 'completions.total_tokens'],
    ['completions.total-tokens', 'completions.total_tokens'],
    ['input_tokens', 'completions.input_tokens'],
    ['prompt_tokens', 'completions.input_tokens'],
    ['requests', 'completions.num_model_requests'],
    ['completions.input_cached_token', 'completions.input_cached_tokens'],
  ])('%s is answered with %s', (word, meant) => {
    expect(problemsWith(`measure: ${word}`)).toMatchObject([
      { code: 'measure-unknown', message: `"${word}" is not a measure: did you mean \`${meant}\`?` },
    ]);
  });

  it('that is like none is answered with the kinds, or with the measures of the kind that was named', () => {
    const [problem] = problemsWith('measure: euros');
    for (const kind of SPEND_KINDS) expect(problem?.message).toContain(kind === 'costs' ? 'cost' : kind);
    expect(problemsWith('measure: images.euros')[0]?.message).toBe(
      '"images.euros" is not a measure: the measures of images are images.images, images.num_model_requests.',
    );
  });

  it.each(['measure:', 'measure: 5', 'measure: [cost]'])('cannot be given as %s', (line) => {
    expect(refusals(line)).toEqual(['.measure wrong-type']);
  });
});

describe('a limit', () => {
  it.each([
    ['limit: 5000', '5000'],
    ['limit: "5000"', '5000'],
    ['limit: 0', '0'],
    ['limit: 5000.00', '5000'],
    ['limit: 900719925474099.3', '900719925474099.3'],
    ['limit: 0.1', '0.1'],
  ])('%s is exactly %s', (line, exact) => {
    expect(formatAmount(budgetWith(line).limit)).toBe(exact);
  });

  it.each(['limit: 0.1000000000000', 'limit: 1000000000000000', 'limit: -1', 'limit: 1e3', 'limit: ""'])(
    'cannot be %s',
    (line) => {
      expect(refusals(line)).toEqual(['.limit limit-invalid']);
    },
  );

  it.each(['limit:', 'limit: true', 'limit: [5]'])('cannot be given as %s', (line) => {
    expect(refusals(line)).toEqual(['.limit wrong-type']);
  });

  it.each([
    ['completions.total_tokens', 'tokens'],
    ['completions.num_model_requests', 'requests'],
  ])('of %s is a whole number', (measure, unit) => {
    expect(formatAmount(budgetWith(`measure: ${measure}`, 'limit: 12.0').limit)).toBe('12');
    expect(problemsWith(`measure: ${measure}`, 'limit: 12.5')[0]?.message).toBe(
      `A limit cannot be the number 12.5: ${unit} are counted in whole numbers, without a fraction.`,
    );
  });

  it('may have a fraction while it is unknown what it counts', () => {
    expect(refusals('measure: total_tokens', 'limit: 12.5')).toEqual(['.measure measure-unknown']);
    expect(refusals('metric: total_tokens', 'limit: 12.5')).toEqual(['.metric unknown-key']);
  });
});

describe('a period', () => {
  it.each(PERIOD_KINDS)('may be %s', (period) => {
    expect(budgetWith(`period: ${period}`).period).toEqual(plainRule(period));
  });

  it.each([
    ['day', 'daily'],
    ['week', 'weekly'],
    ['month', 'monthly'],
    ['MONTHLY', 'monthly'],
    ['montly', 'monthly'],
    ['quarter', 'quarterly'],
    ['year', 'yearly'],
    ['annually', 'yearly'],
  ])('%s is answered with %s', (word, meant) => {
    expect(problemsWith(`period: ${word}`)).toMatchObject([
      { code: 'period-unknown', message: `A period cannot be "${word}": did you mean \`${meant}\`?` },
    ]);
  });

  it.each(['period: hourly', 'period: 30', 'period:', 'period: [daily]'])(
    '%s is answered with all of them',
    (line) => {
      const problems = problemsWith(line);
      expect(problems).toHaveLength(1);
      expect(problems[0]?.message).toMatch(
        /: the periods are daily, weekly, monthly, quarterly, yearly, and others like \{ monthly/,
      );
    },
  );
});

describe('labels', () => {
  it.each([
    ['labels: {}', {}],
    ['labels: { team: platform, env: prod }', { team: 'platform', env: 'prod' }],
    ['labels: { a.b-c_9: "two words" }', { 'a.b-c_9': 'two words' }],
    ['labels: { 5: five }', { 5: 'five' }],
    ['labels: { Kind: a, awsome: b }', { Kind: 'a', awsome: 'b' }],
    [`labels: { ${'k'.repeat(64)}: ${LONG(200)} }`, { ['k'.repeat(64)]: 'x'.repeat(200) }],
  ])('%s', (line, labels) => {
    expect(budgetWith(line).labels).toEqual(labels);
  });

  it.each([
    ['labels:', ' wrong-type'],
    ['labels: [team]', ' wrong-type'],
    ['labels: { team: }', '.team wrong-type'],
    ['labels: { team: 5 }', '.team wrong-type'],
    ['labels: { team: false }', '.team wrong-type'],
    ['labels: { team: [a] }', '.team wrong-type'],
    ['labels: { team: "" }', '.team label-invalid'],
    ['labels: { team: "a\\nb" }', '.team label-invalid'],
    ['labels: { team: "a " }', '.team label-invalid'],
    [`labels: { team: ${LONG(201)} }`, '.team label-invalid'],
    ['labels: { team: a, team: b }', '.team duplicate-key'],
    ['labels: { severity: a }', '.severity label-invalid'],
    ['labels: { budgetId: a }', '.budgetId label-invalid'],
    ['labels: { projectId: a }', '.projectId label-invalid'],
    ['labels: { route: a }', '.route label-invalid'],
    ['labels: { __proto__: a }', '.__proto__ label-invalid'],
    ['labels: { amazon.x: a }', '["amazon.x"] label-invalid'],
    ['labels: { .a: a }', '[".a"] label-invalid'],
    ['labels: { a..b: a }', '["a..b"] label-invalid'],
    ['labels: { "": a }', '[""] label-invalid'],
    [`labels: { ${'k'.repeat(65)}: a }`, `["${'k'.repeat(40)}…"] label-invalid`],
    ['labels: { a: x, b: x, c: x, d: x, e: x, f: x }', ' labels-too-many'],
  ])('cannot be given as %s', (line, refusal) => {
    expect(refusals(line)).toEqual([`.labels${refusal}`]);
  });
});

describe('keys of a budget', () => {
  it.each([
    ['limits', 'limit'],
    ['amount', 'limit'],
    ['threshold', 'thresholds'],
    ['alerts', 'thresholds'],
    ['projects', 'scope: { project: proj_abc }'],
    ['group_by', 'each'],
    ['exclude', 'except'],
    ['tags', 'labels'],
    ['title', 'name'],
    ['metric', 'measure'],
    ['window', 'period'],
  ])('%s is answered with %s', (word, meant) => {
    expect(problemsWith(`${word}: x`)).toMatchObject([
      { code: 'unknown-key', message: `"${word}" is not a key of a budget: did you mean \`${meant}\`?` },
    ]);
  });

  it('know no merge keys', () => {
    expect(problemsWith('<<: { limit: 5 }')).toMatchObject([
      {
        path: 'budgets[0]["<<"]',
        code: 'unknown-key',
        message: 'YAML merge keys ("<<") are not supported: write the keys out in each budget.',
      },
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('know no %s', (key) => {
    expect(refusals(`${key}: { limit: 5 }`)).toEqual([`.${key} unknown-key`]);
  });

  it('are named without anything that a terminal would act on', () => {
    const [problem] = problemsWith('"\\e[31m\\u202ered": 5');
    expect(problem?.path).toBe('budgets[0]["\\u001b[31m\\u202ered"]');
    expect(problem?.message).toMatch(/^"\\u001b\[31m\\u202ered" is not a key/);
  });
});

describe('a budget without lines', () => {
  it('has problems without lines', () => {
    const text = (value: string) =>
      ({ type: 'scalar', valueType: 'string', text: value, line: null }) as const;
    const entry = (key: string, value: string) => ({ key, keyLine: null, value: text(value) });
    const node = {
      type: 'map',
      line: null,
      entries: [entry('id', 'a'), entry('limit', '5'), entry('limit', '6')],
    };
    expect(parseBudget({ ...node, type: 'map' }, 'stored.a')).toEqual({
      budget: null,
      problems: [
        {
          code: 'duplicate-key',
          path: 'stored.a.limit',
          line: null,
          message: '"limit" is given twice: keep one.',
          severity: 'error',
        },
        {
          code: 'missing-key',
          path: 'stored.a.period',
          line: null,
          message: 'A budget needs a period, like period: monthly.',
          severity: 'error',
        },
      ],
    });
  });
});

describe('notify', () => {
  it.each<[string, readonly string[]]>([
    ['notify: oncall', ['oncall']],
    ['notify: [team, oncall, default]', ['team', 'oncall', 'default']],
    ['notify: [a, b, c, d, e, f, g, h, i, j]', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']],
  ])('may be %s', (line, routes) => {
    expect(budgetWith(line).notify).toEqual(routes);
  });

  it.each([
    ['notify: []', 'not an empty list'],
    ['notify: { to: oncall }', 'not a map'],
    ['notify: [oncall, oncall]', '"oncall" is in this list twice: keep one.'],
    ['notify: [finops@example.com]', 'Addresses and webhooks stand in the deployment, never here.'],
    ['notify: 7', 'A route is text, not the number 7'],
    ['notify: [a, b, c, d, e, f, g, h, i, j, k]', 'There are 11 routes: use at most 10.'],
  ])('cannot be %s', (line, why) => {
    expect(problemsWith(line).map(({ message }) => message)).toEqual([expect.stringContaining(why)]);
  });
});

describe('a threshold with a voice of its own', () => {
  it('has a severity, routes, or both', () => {
    const { thresholds } = budgetWith(
      'thresholds: [{ at: 50%, severity: info }, 80%, { at: 5000, severity: critical, notify: [oncall] }]',
    );
    expect(thresholds.map(({ amount, ...said }) => said)).toEqual([
      { label: '50%', severity: 'info' },
      { label: '80%' },
      { label: '5000', severity: 'critical', notify: ['oncall'] },
    ]);
  });

  it.each([
    ['{ severity: critical }', 'A threshold needs the amount it speaks at'],
    [
      '{ at: 80%, severity: urgent }',
      'A severity cannot be "urgent": the severities are info, warning, critical.',
    ],
    ['{ at: 80%, severity: error }', 'did you mean `critical`?'],
    ['{ at: 80%, severity: warn }', 'did you mean `warning`?'],
    [
      '{ at: 80%, severity: [info] }',
      'A severity cannot be a list: the severities are info, warning, critical.',
    ],
    ['{ at: 80%, severity: 1 }', 'A severity cannot be the number 1: the severities are'],
    ['{ at: 80%, route: oncall }', 'did you mean `notify`?'],
    ['{ at: lots }', 'A threshold cannot be "lots": write it like 80% or 4500'],
  ])('cannot be %s', (threshold, why) => {
    expect(problemsWith(`thresholds: [${threshold}]`).map(({ message }) => message)).toEqual([
      expect.stringContaining(why),
    ]);
  });

  it('under a limit of 0 keeps the voice of 100%', () => {
    const { thresholds } = budgetWith('limit: 0', 'thresholds: [{ at: 100%, notify: [oncall] }]');
    expect(thresholds).toEqual([{ label: '100%', amount: 0n, notify: ['oncall'] }]);
  });
});
