// The published JSON Schema of the budgets file: it is up to date, and takes and refuses what the parser does.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { specFields } from '../../lib/budget/budget-spec.ts';
import { BUDGETS_SCHEMA } from '../../lib/budget/budgets-schema.ts';
import { referenceText } from '../../lib/budget/reference-text.ts';
import { arbitraryBudget } from './arbitrary-budget.ts';
import { budgetsIn, fixture } from './budgets-in.ts';

const published = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const validate = new Ajv2020({ strict: false }).compile(JSON.parse(published('budgets.schema.json')));

function parserTakes(document: unknown): boolean {
  return budgetsIn(JSON.stringify(document)).problems.every(({ severity }) => severity === 'warning');
}

/** What both say of a document, with what the schema found. */
function verdicts(document: unknown) {
  const schema = validate(document);
  const errors = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  return { schema, parser: parserTakes(document), ...(schema ? {} : { errors }) };
}

const agreeOn = (document: unknown) => {
  const { schema, parser, ...details } = verdicts(document);
  expect({ schema, document, ...details }).toEqual({ schema: parser, document, ...details });
};

describe('what is published', () => {
  it('is what `npm run reference` writes: the schema', () => {
    expect(JSON.parse(published('budgets.schema.json'))).toEqual(JSON.parse(JSON.stringify(BUDGETS_SCHEMA)));
  });

  it('is what `npm run reference` writes: the reference', () => {
    expect(published('docs/reference.md')).toBe(referenceText());
  });
});

describe('the schema takes and refuses what the parser does', () => {
  it.each(['design.yaml', 'design.json', 'shared-parts.yaml'])('of %s', (name) => {
    const document: unknown = parse(fixture(name));
    expect(verdicts(document)).toEqual({ schema: true, parser: true });
  });

  it('of every mistake, one by one', () => {
    const { budgets } = parse(fixture('every-mistake.yaml'), { uniqueKeys: false });
    expect(budgets.length).toBeGreaterThan(20);
    const beyond = new Set(['backwards', 'too-long']);
    for (const budget of budgets) {
      if (!beyond.has(budget?.id)) agreeOn({ budgets: [budget] });
      // How two days lie to each other, and which zones there are, no schema can say.
      else expect(verdicts({ budgets: [budget] })).toEqual({ schema: true, parser: false });
    }
  });

  it.each([
    [{}],
    [[]],
    [null],
    [{ budgets: {} }],
    [{ budgets: [], owner: 'x' }],
    [{ budgets: [], settings: { trailingDays: 3, failingAfterHours: '0' } }],
    [{ budgets: [], settings: { trailingDays: 0 } }],
    [{ budgets: [], settings: { trailingDays: 3.5 } }],
    [{ budgets: [], settings: { trailingDays: '31' } }],
    [{ budgets: [], settings: { trailing: 3 } }],
    [{ budgets: [], settings: [] }],
  ])('of the file %j', (document) => {
    agreeOn(document);
  });

  const sound = { id: 'a', limit: 5, period: 'daily' };
  const tokens = { ...sound, measure: 'completions.total_tokens' };
  it.each([
    [sound],
    [{ ...sound, limit: '5.50' }],
    [{ ...sound, limit: '5.' }],
    [{ ...sound, limit: 1e15 }],
    [{ ...sound, limit: -1 }],
    [{ ...tokens, limit: 5.5 }],
    [{ ...tokens, limit: '5.000' }],
    [{ ...tokens, thresholds: [2.5] }],
    [{ ...sound, measure: 'cost', thresholds: [2.5, '80%', '100000%'] }],
    [{ ...sound, thresholds: ['100001%'] }],
    [{ ...sound, thresholds: ['0.0%'] }],
    [{ ...sound, thresholds: [0] }],
    [{ ...sound, thresholds: ['0.00'] }],
    [{ ...sound, thresholds: [{ at: '80%', severity: 'critical', notify: 'oncall' }] }],
    [{ ...sound, thresholds: [{ severity: 'critical' }] }],
    [{ ...sound, thresholds: [{ at: 3, severity: 'bad' }] }],
    [{ ...sound, notify: ['a', 'b'] }],
    [{ ...sound, notify: ['a', 'a'] }],
    [{ ...sound, notify: [] }],
    [{ ...sound, scope: { user: 'u', line_item: ['a, b', 'c*'] } }],
    [{ ...sound, scope: { model: 'gpt-5' } }],
    [{ ...tokens, scope: { model: 'gpt-5', batch: true } }],
    [{ ...tokens, scope: { batch: 'maybe' } }],
    [{ ...tokens, scope: { batch: [true, 'true'] } }],
    [{ ...tokens, scope: { batch: [true, 'false'] } }],
    [{ ...tokens, scope: { line_item: 'x' } }],
    [{ ...tokens, scope: { project: ['a', 'a'] } }],
    [{ ...sound, each: 'user', scope: { project: 'p' } }],
    [{ ...sound, each: 'user', scope: { user: 'p' } }],
    [{ ...sound, each: 'model' }],
    [{ ...sound, each: 'api_source' }],
    [{ ...tokens, each: 'model', except: [], overrides: { m: { limit: 3 } } }],
    [{ ...tokens, each: 'model', overrides: { m: { limit: 3.5 } } }],
    [{ ...tokens, each: 'model', overrides: { 'm*': { limit: 3 } } }],
    [{ ...tokens, each: 'model', overrides: { m: 3 } }],
    [{ ...sound, except: [] }],
    [{ ...sound, overrides: {} }],
    [{ ...sound, name: '  spaced  ' }],
    [{ ...sound, name: ' \t ' }],
    [{ ...sound, name: 'a\u202eb' }],
    [{ ...sound, name: 'x'.repeat(121) }],
    [{ ...sound, labels: { team: 'a', 'a.b': 'c' } }],
    [{ ...sound, labels: { 'a..b': 'c' } }],
    [{ ...sound, labels: { kind: 'c' } }],
    [{ ...sound, labels: { 'AMAZON.x': 'c' } }],
    [{ ...sound, labels: { a: ' c' } }],
    [{ ...sound, labels: { a: 5 } }],
    [{ ...sound, measure: 'tokens' }],
    [{ ...sound, period: 'hourly' }],
    [{ ...sound, id: 'a b' }],
    [{ ...sound, colour: 'red' }],
  ])('of the budget %j', (budget) => {
    agreeOn({ budgets: [budget] });
  });

  it('of any budget at all', () => {
    fc.assert(
      fc.property(arbitraryBudget, (budget) => {
        expect(verdicts({ budgets: [specFields(budget)] })).toEqual({ schema: true, parser: true });
      }),
      { numRuns: 300 },
    );
  });

  it('of any budget in which something else stands somewhere', () => {
    const junk = fc.oneof(
      fc.constantFrom<unknown>(null, true, false, [], {}, '', ' ', 'cost', '80%', 'unattributed', 'a*', '*'),
      fc.integer({ min: -5, max: 2_000_000 }),
      fc.array(fc.constantFrom<unknown>('a', 'b', 5, true, null, '50%', 0), { maxLength: 4 }),
      fc.dictionary(
        fc.constantFrom('project', 'model', 'limit', 'at', 'x'),
        fc.constantFrom<unknown>('a', 5, {}),
        {
          maxKeys: 3,
        },
      ),
    );
    const keys = [
      'id',
      'name',
      'scope',
      'measure',
      'limit',
      'period',
      'thresholds',
      'each',
      'except',
      'overrides',
      'labels',
      'notify',
      'other',
    ];
    fc.assert(
      fc.property(
        arbitraryBudget,
        fc.constantFrom(...keys),
        fc.option(junk, { nil: undefined }),
        (budget, key, value) => {
          // The schema cannot compare one key with another.
          fc.pre(key !== 'except' || budget.overrides.size === 0);
          const { [key]: _, ...others } = specFields(budget) as unknown as Record<string, unknown>;
          agreeOn({ budgets: [value === undefined ? others : { ...others, [key]: value }] });
        },
      ),
      { numRuns: 1_500 },
    );
  });
});
