// The reader of each key alone: nothing comes of what is wrong, and what is right beside it is still read.
import { describe, expect, it } from 'vitest';
import type { Field } from '../../lib/budget/field.ts';
import { textOf, wordIn } from '../../lib/budget/field.ts';
import { fieldsOf } from '../../lib/budget/fields-of.ts';
import { parseEach, parseExcept } from '../../lib/budget/parse-each.ts';
import { parseId } from '../../lib/budget/parse-id.ts';
import { parseLabels } from '../../lib/budget/parse-labels.ts';
import { parseLimit } from '../../lib/budget/parse-limit.ts';
import { parseMeasure } from '../../lib/budget/parse-measure.ts';
import { parseMembers } from '../../lib/budget/parse-members.ts';
import { parseName } from '../../lib/budget/parse-name.ts';
import { parseNotify } from '../../lib/budget/parse-notify.ts';
import { parseOverrides } from '../../lib/budget/parse-overrides.ts';
import { parsePeriod } from '../../lib/budget/parse-period.ts';
import { parsePlannedKey } from '../../lib/budget/parse-planned-key.ts';
import { parseScope } from '../../lib/budget/parse-scope.ts';
import { parseThresholdEntry } from '../../lib/budget/parse-threshold-entry.ts';
import { parseThresholds } from '../../lib/budget/parse-thresholds.ts';
import { parseTimezone } from '../../lib/budget/parse-timezone.ts';
import type { Problem } from '../../lib/budget/problem.ts';
import { defaultThresholds } from '../../lib/budget/resolve-thresholds.ts';
import { COST } from '../../lib/spend/measure.ts';
import { plainRule } from '../../lib/time/period-rule.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { fieldOf } from './budgets-in.ts';

type Reader = (field: Field, problems: Problem[]) => unknown;

const LIMIT = amountOf('5000');
const scope: Reader = (field, problems) => parseScope(field, COST, problems);
const each: Reader = (field, problems) => parseEach(field, null, COST, problems);
const members: Reader = (field, problems) => parseMembers(field, 'project', problems);
const limit: Reader = (field, problems) => parseLimit(field, 'usd', plainRule('monthly'), problems);
const entry: Reader = (field, problems) => parseThresholdEntry(field, 'usd', problems);
const thresholds: Reader = (field, problems) => parseThresholds(field, LIMIT, 'usd', problems);
const period: Reader = (field, problems) => parsePeriod(field, 'UTC', problems);

describe('nothing comes of', () => {
  it.each<[string, string, Reader]>([
    ['an id', '5', parseId],
    ['an id', 'a b', parseId],
    ['a name', '5', parseName],
    ['a name', '""', parseName],
    ['a scope', 'a', scope],
    ['a scope', '{ colour: a }', scope],
    ['a scope', '{ colour: a, project: b }', scope],
    ['a scope', '{ project: 5 }', scope],
    ['a scope', '{ project: 5, user: a }', scope],
    ['each', '5', each],
    ['each', 'colour', each],
    ['each', 'model', each],
    ['members', '5', members],
    ['members', '{ a: b }', members],
    ['members', '[]', members],
    ['members', '[a, 5]', members],
    ['members', '[a, a]', members],
    ['a measure', '5', parseMeasure],
    ['a measure', 'euros', parseMeasure],
    ['a limit', '5k', limit],
    ['a limit', '[5]', limit],
    ['a limit', '{ 2026-12: 5 }', limit],
    ['a limit', '{ default: 5k, 2026-12: 5 }', limit],
    ['a threshold', 'half', entry],
    ['a threshold', '{ severity: info }', entry],
    ['a threshold', '{ at: half }', entry],
    ['thresholds', '80%', thresholds],
    ['thresholds', '[]', thresholds],
    ['a period', 'hourly', period],
    ['a period', '{ weekly: { startDay: holiday } }', period],
    ['a period', '{ yearly: { startMonth: spring } }', period],
    ['a period', '{ from: 2026-11-01, to: soon }', period],
    ['a period', '{ from: soon, to: 2026-11-01 }', period],
    ['a period', '{ from: 2026-11-01, until: 2026-12-01 }', period],
    ['a timezone', '5', parseTimezone],
    ['a timezone', 'Mars', parseTimezone],
    ['labels', '[a]', parseLabels],
    ['labels', '{ a: x, b: x, c: x, d: x, e: x, f: x }', parseLabels],
    ['notify', '5', parseNotify],
    ['notify', 'a b', parseNotify],
    ['notify', '[]', parseNotify],
    ['notify', '[a, 5]', parseNotify],
    ['notify', '[a, a]', parseNotify],
  ])('%s that is wrong: %s', (_, yaml, read) => {
    const problems: Problem[] = [];
    expect(read(fieldOf(yaml), problems)).toBeNull();
    expect(problems.map(({ severity }) => severity)).toEqual(['error']);
  });

  it('a budget whose limit or zone is wrong, though the rest of it is checked', () => {
    expect(parseThresholds(fieldOf('[80%]'), null, 'usd', [])).toBeNull();
    expect(parsePeriod(fieldOf('monthly'), null, [])).toBeNull();
    expect(parseEach(fieldOf('model'), null, null, [])).toBe('model');
    expect(parseScope(fieldOf('{ model: a }'), null, [])).toEqual({ model: ['a'] });
  });
});

describe('what is right is read beside what is wrong', () => {
  it('in labels', () => {
    expect(parseLabels(fieldOf('{ team: web, kind: a, env: 5, b: c }'), [])).toEqual({ team: 'web', b: 'c' });
  });

  it('in planned amounts', () => {
    const yaml = '{ default: 5, 2027-01: 8, 2026-13: 6, 2026-11: 7k, 2026-12: 9 }';
    expect(parseLimit(fieldOf(yaml), 'usd', plainRule('monthly'), [])).toEqual({
      limit: amountOf('5'),
      planned: new Map([
        ['2026-12', amountOf('9')],
        ['2027-01', amountOf('8')],
      ]),
    });
  });

  it('in planned amounts, which ascend by their periods', () => {
    const parsed = parseLimit(
      fieldOf('{ 2027-01: 8, 2026-12: 9, default: 5 }'),
      'usd',
      plainRule('monthly'),
      [],
    );
    expect([...(parsed?.planned.keys() ?? [])]).toEqual(['2026-12', '2027-01']);
  });

  it('in overrides, sorted by member', () => {
    const context = {
      eachIsDeclared: true,
      except: ['out'],
      unit: 'usd' as const,
      own: { limit: LIMIT, thresholds: defaultThresholds(LIMIT) },
    };
    const yaml =
      '{ b: { limit: 10 }, "x*": { limit: 1 }, out: { limit: 1 }, c: { limit: 1k }, a: { limit: 20 } }';
    const read = parseOverrides(fieldOf(yaml), context, []);
    expect([...(read ?? [])]).toEqual([
      ['a', { limit: amountOf('20'), thresholds: defaultThresholds(amountOf('20')) }],
      ['b', { limit: amountOf('10'), thresholds: defaultThresholds(amountOf('10')) }],
    ]);
    // Under a wrong limit nobody knows what the thresholds of a member are.
    expect(parseOverrides(fieldOf(yaml), { ...context, own: null }, [])).toEqual(new Map());
  });

  it.each([
    ['{ limit: 5, period: daily }', ['limit', 'period'], []],
    ['{ limits: 5, colour: red, period: daily }', ['period'], ['limit']],
    ['{ colour: red }', [], []],
  ])('in the map %s', (yaml, keys, meant) => {
    const { node } = fieldOf(yaml);
    if (node.type !== 'map') throw new Error('no map');
    const vocabulary = { owner: 'a test', keys: ['limit', 'period'], synonyms: new Map() };
    const { present, misspelt } = fieldsOf(node, 'key', vocabulary, []);
    expect([[...present.keys()], [...misspelt]]).toEqual([keys, meant]);
  });
});

describe('a key of a planned amount', () => {
  const place = { path: 'limit', line: 1 };
  it.each([
    ['2026-12', plainRule('monthly'), true],
    ['2026-13', plainRule('monthly'), false],
    ['2026-12', { kind: 'rolling', days: 7, zone: 'UTC' } as const, false],
    ['anything', null, true],
  ])('%s of %j is one of the budget: %s', (key, rule, expected) => {
    expect(parsePlannedKey(key, place, rule, [])).toBe(expected);
  });
});

describe('an exception', () => {
  it.each<[string, string[] | null]>([
    ['[]', []],
    ['[b, a]', ['a', 'b']],
    ['5', null],
  ])('%s', (yaml, expected) => {
    expect(parseExcept(fieldOf(yaml), 'user', [])).toEqual(expected);
  });
});

describe('the text of a value', () => {
  it.each([
    ['a', 'a', 'a'],
    ['5', '5', null],
    ['true', 'true', null],
    ['[a]', '', null],
    ['{ a: b }', '', null],
  ])('%s is %j, and as a word %j', (yaml, text, word) => {
    const { node } = fieldOf(yaml);
    expect([textOf(node), wordIn(node)]).toEqual([text, word]);
  });
});
