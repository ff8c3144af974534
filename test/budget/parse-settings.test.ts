// Settings in a budgets file: defaults, ranges, and mistakes with their lines.
import { describe, expect, it } from 'vitest';
import { parseBudgetsText } from '../../lib/cli/read-budgets-file.ts';
import { DEFAULT_SETTINGS } from '../../lib/spend/settings.ts';

const read = (settings: string) =>
  parseBudgetsText(`budgets: [{ id: a, limit: 5, period: monthly }]\n${settings}`);

describe('the settings of a file', () => {
  it.each([
    ['', {}],
    ['settings: {}', {}],
    ['settings: { trailingDays: 1 }', { trailingDays: 1 }],
    ['settings: { trailingDays: 30 }', { trailingDays: 30 }],
    [
      'settings: { staleAfterHours: 12, failingAfterHours: 0 }',
      { staleAfterHours: 12, failingAfterHours: 0 },
    ],
  ])('%j', (text, expected) => {
    expect(read(text)).toMatchObject({ settings: { ...DEFAULT_SETTINGS, ...expected }, problems: [] });
  });

  it.each([
    [
      '{ trailingDays: 0 }',
      '.trailingDays',
      'setting-invalid',
      '`trailingDays` is a whole number from 1 to 30, not "0".',
    ],
    [
      '{ trailingDays: 31 }',
      '.trailingDays',
      'setting-invalid',
      '`trailingDays` is a whole number from 1 to 30, not "31".',
    ],
    [
      '{ trailingDays: 2.5 }',
      '.trailingDays',
      'setting-invalid',
      '`trailingDays` is a whole number from 1 to 30, not "2.5".',
    ],
    [
      '{ revisionDays: 1e3 }',
      '.revisionDays',
      'setting-invalid',
      '`revisionDays` is a whole number from 7 to 90, not "1e3".',
    ],
    [
      '{ trailingDay: 3 }',
      '.trailingDay',
      'unknown-key',
      '"trailingDay" is not a key of the settings: did you mean `trailingDays`?',
    ],
    ['[3]', '', 'wrong-type', 'Settings are a map, not a list; write it like settings: { trailingDays: 3 }.'],
    [
      '{ staleAfterHours: [6] }',
      '.staleAfterHours',
      'setting-invalid',
      '`staleAfterHours` is a whole number from 2 to 168, not a list.',
    ],
  ])('%j is refused with its line, and the budgets are still read', (text, path, code, message) => {
    const { budgets, settings, problems } = read(`settings: ${text}`);
    expect([budgets?.length, settings]).toEqual([1, DEFAULT_SETTINGS]);
    expect(problems).toMatchObject([{ path: `settings${path}`, line: 2, code, message }]);
  });
});
