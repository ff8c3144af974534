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
    ['settings: { trailingDays: 5 }', { trailingDays: 5 }],
    [
      'settings: { staleAfterHours: 12, failingAfterHours: 0 }',
      { staleAfterHours: 12, failingAfterHours: 0 },
    ],
  ])('%j', (text, expected) => {
    expect(read(text)).toMatchObject({ settings: { ...DEFAULT_SETTINGS, ...expected }, problems: [] });
  });

  it.each([
    ['settings: { trailingDays: 0 }', 'settings.trailingDays', 'from 1 to 30'],
    ['settings: { trailingDays: 2.5 }', 'settings.trailingDays', 'a whole number'],
    ['settings: { revisionDays: 1e3 }', 'settings.revisionDays', 'from 7 to 90'],
    ['settings: { trailingDay: 3 }', 'settings.trailingDay', 'did you mean `trailingDays`?'],
    ['settings: [3]', 'settings', 'Settings are a map'],
    ['settings: { staleAfterHours: [6] }', 'settings.staleAfterHours', 'from 2 to 168'],
  ])('%j is refused with its line, and the budgets are still read', (text, path, message) => {
    const { budgets, settings, problems } = read(text);
    expect([budgets?.length, settings]).toEqual([1, DEFAULT_SETTINGS]);
    expect(problems).toMatchObject([{ path, line: 2, message: expect.stringContaining(message) }]);
  });
});
