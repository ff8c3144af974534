// The newer half of the file with one of each mistake, and that no class of mistake is missing from it.
import { describe, expect, it } from 'vitest';
import type { BudgetProblemCode } from '../../lib/budget/budget-problem.ts';
import { budgetsIn, fixture } from './budgets-in.ts';

const mistakes = () => budgetsIn(fixture('every-mistake.yaml'));

/** `false`: cannot stand in one file with all the others, or would drown them. */
const CLASSES: Readonly<Record<BudgetProblemCode, boolean>> = {
  'setting-invalid': true,
  'wrong-type': true,
  'unknown-key': true,
  'missing-key': true,
  'duplicate-key': true,
  'budgets-empty': false,
  'budgets-too-many': false,
  'id-invalid': true,
  'id-duplicate': true,
  'name-invalid': true,
  'dimension-unknown': true,
  'dimension-unsupported': true,
  'member-invalid': true,
  'member-duplicate': true,
  'members-empty': true,
  'members-too-many': true,
  'each-with-scope': true,
  'except-without-each': true,
  'overrides-without-each': true,
  'overrides-too-many': true,
  'override-invalid': true,
  'measure-unknown': true,
  'limit-invalid': true,
  'period-unknown': true,
  'period-invalid': true,
  'period-too-long': true,
  'planned-unknown': true,
  'planned-too-many': false,
  'timezone-unknown': true,
  'thresholds-empty': true,
  'thresholds-too-many': true,
  'threshold-invalid': true,
  'threshold-duplicate': true,
  'threshold-absolute': true,
  'threshold-zero-limit': true,
  'severity-unknown': true,
  'labels-too-many': true,
  'label-invalid': true,
  'notify-invalid': true,
  'spec-invalid': false,
};

describe('the file with one of each mistake', () => {
  it('has every class of them, all reported at once', () => {
    const wanted = Object.entries(CLASSES).flatMap(([code, isThere]) => (isThere ? [code] : []));
    expect([...new Set(mistakes().problems.map(({ code }) => code))].sort()).toEqual(wanted.sort());
  });

  it('still gives the sound budgets, those with only a warning among them', () => {
    expect(mistakes().budgets.map(({ id }) => id)).toEqual([
      'sound-first',
      'forgot-percent',
      'sound-last',
      'nothing',
    ]);
  });

  it('names nothing else, and goes from top to bottom', () => {
    const { problems } = mistakes();
    expect(problems).toHaveLength(73);
    const lines = problems.map(({ line }) => line ?? 0);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
  });

  it.each([
    [
      102,
      'budgets[23].scope.model',
      'dimension-unsupported',
      'vector_stores.usage_bytes cannot be scoped by model: it can by project.',
    ],
    [
      107,
      'budgets[24].scope.batch',
      'member-invalid',
      'The value of batch "maybe" is neither true nor false.',
    ],
    [
      111,
      'budgets[25].each',
      'dimension-unsupported',
      'cost cannot be split by model: it can by project, line_item, api_key, user; ' +
        'the cost of a model is in its line items, like line_item: "gpt-5*".',
    ],
    [
      118,
      'budgets[26].overrides.user-a',
      'wrong-type',
      'An override is a map with a limit, not the number 5; write it like overrides: { proj_a: { limit: 500 } }.',
    ],
    [
      119,
      'budgets[26].overrides.user-bob',
      'override-invalid',
      'The override for "user-bob" is left out by `except`: remove one of them.',
    ],
    [
      120,
      'budgets[26].overrides["user-*"]',
      'override-invalid',
      'The override for "user-*" cannot be for a pattern: name one member.',
    ],
    [
      121,
      'budgets[26].overrides.user-c.limits',
      'unknown-key',
      '"limits" is not a key of an override: did you mean `limit`?',
    ],
    [
      122,
      'budgets[26].overrides.user-d.limit',
      'missing-key',
      'An override needs a limit, like overrides: { proj_a: { limit: 500 } }.',
    ],
    [
      126,
      'budgets[27].overrides',
      'overrides-without-each',
      '`overrides` are for members of `each`: add `each: project`, or remove `overrides`.',
    ],
    [130, 'budgets[28].notify[2]', 'notify-invalid', '"oncall" is in this list twice: keep one.'],
    [
      132,
      'budgets[28].thresholds[0].severity',
      'severity-unknown',
      'A severity cannot be "bad": the severities are info, warning, critical.',
    ],
    [
      133,
      'budgets[28].thresholds[1].at',
      'missing-key',
      'A threshold needs the amount it speaks at, like { at: 100%, severity: critical }.',
    ],
    [
      137,
      'budgets[29].scope.project',
      'members-empty',
      'This list is empty: write it like scope: { project: proj_abc }, or leave the key out.',
    ],
    [137, 'budgets[29].scope.user', 'members-too-many', 'This list has 101 entries: use at most 100.'],
    [142, 'budgets[30].overrides', 'overrides-too-many', 'There are 101 overrides: use at most 100.'],
    [146, 'budgets[31].thresholds', 'thresholds-too-many', 'The list has 21 thresholds: use at most 20.'],
    [150, 'budgets[32].labels', 'labels-too-many', 'There are 6 labels: use at most 5.'],
    [
      152,
      'budgets[33].limit["2026-13"]',
      'planned-unknown',
      '"2026-13" is no period of this budget: write it like 2026-12.',
    ],
    [
      156,
      'budgets[34].timezone',
      'timezone-unknown',
      'There is no timezone "Berlin": did you mean `Europe/Berlin`?',
    ],
    [
      157,
      'budgets[34].period.to',
      'period-invalid',
      'The period ends at the beginning of `to`, so that must be after 2026-11-02: for that one day, write to: 2026-11-03.',
    ],
    [
      160,
      'budgets[35].period.to',
      'period-too-long',
      'A period of 669 days is too long: figures are kept for 430 days, and a period is looked at for 35 days after ' +
        'its end, since OpenAI still revises it. Use at most 395 days.',
    ],
    [
      164,
      'budgets[36].thresholds',
      'threshold-zero-limit',
      'With a limit of 0 every percentage is 0, so all count as one 100%, which anything above 0 reaches: write 100% alone.',
    ],
    [
      166,
      'settings.trailingDays',
      'setting-invalid',
      '`trailingDays` is a whole number from 1 to 30, not "0".',
    ],
    [
      167,
      'settings.revisionDay',
      'unknown-key',
      '"revisionDay" is not a key of the settings: did you mean `revisionDays`?',
    ],
  ])('names line %i, %s: %s', (line, path, code, message) => {
    const found = mistakes().problems.find((problem) => problem.path === path && problem.code === code);
    expect([found?.line, found?.message]).toEqual([line, message]);
  });
});
