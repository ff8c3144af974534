// The small texts that commands are made of: times, spans, thresholds, outcomes, flags, and names that mean harm.
import { describe, expect, it } from 'vitest';
import type { AnnouncedState } from '../../lib/alert/latch.ts';
import type { LedgerEntry } from '../../lib/alert/ledger-entries.ts';
import { instantText, spanText } from '../../lib/cli/instant-text.ts';
import { memberText, memberWithIdText } from '../../lib/cli/member-text.ts';
import { outcomeText } from '../../lib/cli/outcome-text.ts';
import { plainTable } from '../../lib/cli/plain-table.ts';
import { silenceTable } from '../../lib/cli/print-silences.ts';
import { targetFlags } from '../../lib/cli/target-flags.ts';
import { limitText, quantityText, thresholdText } from '../../lib/cli/threshold-text.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, plusMs } from '../../lib/time/instant.ts';
import { periodAt } from '../../lib/time/period.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = instantOf('2026-11-20T10:00:59.999Z');

describe('a time', () => {
  it('is cut to the minute and has its zone', () => {
    expect(instantText(TICK)).toBe('2026-11-20 10:00 UTC');
  });

  it.each([
    [0, '0 minutes'],
    [MINUTE_MS, '1 minute'],
    [2 * HOUR_MS - 1, '119 minutes'],
    [2 * HOUR_MS, '2 hours'],
    [2 * DAY_MS - 1, '47 hours'],
    [2 * DAY_MS, '2 days'],
    [3.9 * DAY_MS, '3 days'],
  ])('of %i ms is %s', (ms, text) => {
    expect(spanText(ms)).toBe(text);
  });

  it('that is left just after three days were asked for is three days', () => {
    expect(spanText(3 * DAY_MS - 2_000, Math.round)).toBe('3 days');
    expect(spanText(HOUR_MS - 2_000, Math.round)).toBe('60 minutes');
  });
});

describe('a threshold', () => {
  it.each([
    ['80%', 'usd', '80 %'],
    ['99.5%', null, '99.5 %'],
    ['4500', 'usd', '$4,500.00'],
    ['4500', 'tokens', '4,500 tokens'],
    ['4500.25', null, '4500.25'],
  ] as const)('%s in %s is %s', (label, unit, text) => {
    expect(thresholdText(label, unit)).toBe(text);
  });

  it('and amounts are exact where nobody knows their unit', () => {
    expect([quantityText('0.0001', null), quantityText('0.0001', 'usd')]).toEqual(['0.0001', '<$0.01']);
    expect([limitText('5000', null), limitText('5000', 'usd')]).toEqual(['5000', '$5,000']);
  });
});

describe('an outcome', () => {
  it.each<[AnnouncedState | 'claimed', number, string, string]>([
    ['announced', 0, '', 'announced'],
    ['superseded', 0, '', 'announced with a higher one'],
    ['suppressed', 0, 'a\u001b[2Jb', 'held back: a[2Jb'],
    ['corrected', 0, '', 'taken back'],
    ['dead', 0, '', 'given up, never delivered'],
    ['claimed', 1, '', 'on its way, first try'],
    ['claimed', 3, '', 'on its way, 3 tries'],
  ])('%s after %i tries', (state, attempts, note, text) => {
    const entry: LedgerEntry = {
      key: { periodEnd: periodAt('monthly', TICK).end, budgetId: 'org', shape: 'abcdef', shard: '-' },
      member: '-',
      limit: '100',
      thresholdAmount: '80',
      spent: '85',
      state,
      at: TICK,
      reason: 'first-breach',
      messageId: '',
      note,
      attempts,
      alert: null,
    };
    expect(outcomeText(entry)).toBe(text);
  });
});

describe('a project', () => {
  const names = new Map([
    ['proj_a', 'Search'],
    ['proj_evil', '\u001b]0;owned\u0007\u202e'],
    ['proj_none', '\u200b'],
  ]);

  it.each([
    ['proj_a', 'Search', 'Search (proj_a)'],
    ['proj_b', 'proj_b', 'proj_b'],
    ['proj_evil', ']0;owned', ']0;owned (proj_evil)'],
    ['proj_none', 'proj_none', 'proj_none'],
    ['\u001b[2J', '[2J', '[2J'],
  ])('%j is shown as %j', (member, text, withId) => {
    expect([memberText(member, names), memberWithIdText(member, names)]).toEqual([text, withId]);
  });

  it('and its silence move no cursor, even where somebody stored them past this program', () => {
    const evil = '\u001b]0;owned\u0007\u001b[2J\u202e\u0085';
    const silence = {
      id: 'x',
      budgetId: evil,
      member: 'proj_evil',
      until: plusMs(TICK, DAY_MS),
      reason: evil,
      createdAt: TICK,
      createdBy: evil,
    };
    const table = silenceTable([silence], names, TICK);
    for (const harm of ['\u0007', '\u001b[2J', '\u001b]0;', '\u202e', '\u0085'])
      expect(table).not.toContain(harm);
  });
});

describe('a table', () => {
  it('leaves out columns that nothing stands in', () => {
    const columns = [{ title: 'A' }, { title: 'B' }, { title: 'C', align: 'right' as const }];
    const lines = plainTable(columns, [
      ['one', '', '1'],
      ['two', '', '22'],
    ]).split('\n');
    expect(lines).toEqual(['A     C', 'one   1', 'two  22']);
  });
});

describe('a long table', () => {
  it('is cut, and says how much is left out', () => {
    const rows = ['one', 'two', 'three'].map((cell) => [cell]);
    expect(
      plainTable([{ title: 'A' }], rows, 2)
        .split('\n')
        .map((line) => line.trimEnd()),
    ).toEqual(['A', 'one', 'two', '… and 1 more; --json has all of them.']);
    expect(plainTable([{ title: 'A' }], rows, 3)).not.toContain('more');
  });
});

describe('the flags that lead back', () => {
  const target = { state: '.budget-alerts', stack: null, organization: null, topicArn: null };

  it.each([
    [{}, ''],
    [{ state: 'x/y' }, ' --state x/y'],
    [{ state: "it's here" }, " --state 'it'\\''s here'"],
    [{ state: 'x', organization: 'demo' }, ' --state x --organization demo'],
    [{ stack: 'budgets', organization: 'eu' }, ' --stack budgets --organization eu'],
  ])('to %j are "%s"', (change, flags) => {
    expect(targetFlags({ ...target, ...change })).toBe(flags);
  });
});
