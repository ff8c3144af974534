// Cells that people read, from the facts behind them: what is rare in a run, and must still read well.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NoticeLatch } from '../../lib/alert/notice.ts';
import { budgetTable } from '../../lib/cli/budget-table.ts';
import type { BudgetDocument } from '../../lib/cli/check-document.ts';
import { historyDocument } from '../../lib/cli/history-document.ts';
import { nextText, nextWithAmountText } from '../../lib/cli/next-text.ts';
import { historyText } from '../../lib/cli/print-history.ts';
import { statusText } from '../../lib/cli/print-status.ts';
import { statusDocument } from '../../lib/cli/status-document.ts';
import { tickArgument } from '../../lib/cli/tick.ts';
import { validateCommand } from '../../lib/cli/validate-command.ts';
import type { PastAlert } from '../../lib/run/read-history.ts';
import type { StatusReport } from '../../lib/run/read-status.ts';
import { periodAt } from '../../lib/time/period.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { capturedTerminal } from '../fakes/captured-terminal.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const NOW = instantOf('2026-11-20T10:00:00Z');
const cellsOf = (line = ''): string[] => line.trim().split(/ {2,}/);

describe('what it would take for the next alert', () => {
  const threshold = { label: '80%', amount: amountOf('400') };
  it.each([
    [
      'a part of the way',
      threshold,
      '12.5',
      '$12.50 more reaches 80 %',
      '$12.50 more reaches 80 % ($400.00)',
    ],
    ['anything at all', threshold, '0', 'anything more reaches 80 %', 'anything more reaches 80 % ($400.00)'],
    [
      'an amount that says itself',
      { label: '450', amount: amountOf('450') },
      '1',
      '$1.00 more reaches $450.00',
      '$1.00 more reaches $450.00',
    ],
  ])('is %s', (_, next, missing, text, withAmount) => {
    const facts = { threshold: next, missing: amountOf(missing) };
    expect([nextText(facts, 'usd'), nextWithAmountText(facts, 'usd')]).toEqual([text, withAmount]);
  });
});

describe('a line of the history', () => {
  const past: PastAlert = {
    key: { budgetId: 'web', periodEnd: instantOf('2026-12-01'), shape: 'shape', shard: '0' },
    member: 'proj_a',
    memberName: null,
    id: 'id-1',
    period: periodAt('monthly', NOW),
    unit: 'tokens',
    threshold: '80%',
    thresholdAmount: '80',
    limit: '100',
    spent: '81',
    state: 'announced',
    at: NOW,
    reason: 'first-breach',
    messageId: 'm1',
    note: '',
    attempts: 0,
    alert: null,
  };
  const gone: Partial<PastAlert> = { id: null, period: null, unit: null };

  it.each<[string, Partial<PastAlert>, string, string]>([
    ['names a member by its id where it has no name', {}, 'proj_a', 'November 2026'],
    ['names it by its name', { memberName: 'Chat bot' }, 'Chat bot', 'November 2026'],
    ['knows the last day of a period that has no name any more', gone, 'proj_a', 'to 2026-11-30'],
    [
      'knows that a period was a rolling one',
      { ...gone, key: { ...past.key, periodEnd: null } },
      'proj_a',
      'rolling',
    ],
  ])('%s', (_, facts, member, period) => {
    const [, line] = historyText([{ ...past, ...facts }]).split('\n');
    expect(cellsOf(line).slice(2, 4)).toEqual([member, period]);
  });

  it('of a budget without members names none', () => {
    const [, line] = historyText([{ ...past, member: '-' }]).split('\n');
    expect(cellsOf(line).slice(1, 3)).toEqual(['web', 'November 2026']);
  });

  it('says for programs what is not there as null', () => {
    const facts = { ...gone, key: { ...past.key, periodEnd: null }, member: '-', messageId: '' };
    expect(historyDocument(NOW, [{ ...past, ...facts }]).alerts).toMatchObject([
      {
        member: null,
        period: { kind: null, start: null, end: null },
        unit: null,
        messageId: null,
        note: null,
        attempts: null,
      },
    ]);
    const claimed = { ...past, state: 'claimed', attempts: 3, note: 'n' } as const;
    expect(historyDocument(NOW, [claimed]).alerts).toMatchObject([
      { member: 'proj_a', messageId: 'm1', note: 'n', attempts: 3, period: { kind: 'monthly' } },
    ]);
  });
});

describe('what operations are told', () => {
  const said = { state: 'failing', code: 'SourceFailing', at: instantOf('2026-11-19T08:00:00Z') } as const;
  const notice = {
    subject: 'source.costs',
    state: 'stale',
    code: 'SourceStale',
    title: 't',
    text: 'x',
  } as const;
  const claim = { run: 'r', leaseUntil: NOW, notice };
  const latch: NoticeLatch = { subject: 'source.costs', version: 1, said, claim: null };
  const report = (notices: readonly NoticeLatch[], more: Partial<StatusReport> = {}): StatusReport => ({
    asOf: NOW,
    observations: [],
    totals: new Map(),
    sources: [],
    delivered: [],
    problems: [],
    silences: [],
    lastCheckAt: null,
    heldBack: [],
    notices,
    names: new Map(),
    ...more,
  });

  it.each<[string, NoticeLatch, readonly string[], object]>([
    [
      'was told',
      latch,
      ['SourceFailing', 'source.costs', 'failing', '2026-11-19 08:00 UTC'],
      { code: 'SourceFailing', state: 'failing', since: '2026-11-19T08:00:00Z', sending: false },
    ],
    [
      'was told, and something else is on its way',
      { ...latch, claim },
      ['SourceFailing', 'source.costs', 'failing', '2026-11-19 08:00 UTC, message on its way'],
      { code: 'SourceFailing', state: 'failing', since: '2026-11-19T08:00:00Z', sending: true },
    ],
    [
      'is being told for the first time',
      { ...latch, said: null, claim },
      ['SourceStale', 'source.costs', 'stale', 'message on its way'],
      { code: 'SourceStale', state: 'stale', since: null, sending: true },
    ],
    [
      'is being told to be over',
      { ...latch, said: null, claim: { ...claim, notice: { ...notice, state: null } } },
      ['SourceStale', 'source.costs', 'message on its way'],
      { code: 'SourceStale', state: '', since: null, sending: true },
    ],
  ])('%s', (_, of, cells, document) => {
    const lines = statusText(report([of]), 'acme').split('\n');
    expect(cellsOf(lines.find((line) => line.includes('source.costs')))).toEqual(cells);
    expect(statusDocument(report([of])).operations).toEqual([{ subject: 'source.costs', ...document }]);
  });

  it.each([
    [1, 'costs has failed once since 2026-11-20 09:00 UTC (rate-limited): Wait.'],
    [3, 'costs has failed 3 times since 2026-11-20 09:00 UTC (rate-limited): Wait.'],
  ])('counts the failures of a source: %i', (failures, line) => {
    const failing = {
      since: instantOf('2026-11-20T09:00:00Z'),
      code: 'rate-limited',
      failures,
      hint: 'Wait.',
    };
    const source = {
      source: 'costs',
      datasetId: 'costs.1d#project_id,line_item',
      state: 'failing',
      completeThrough: null,
      provisionalFrom: dayOf('2026-11-17'),
      failing,
      lastSuccessAt: null,
    } as const;
    expect(statusText(report([], { sources: [source] }), 'acme')).toContain(line);
  });
});

describe('a line of the table of budgets', () => {
  const budget: BudgetDocument = {
    id: 'web',
    scope: {},
    measure: 'cost',
    unit: 'usd',
    period: {
      kind: 'monthly',
      key: '2026-11',
      start: '',
      end: '',
      timezone: 'UTC',
    } as BudgetDocument['period'],
    limit: '100',
    spent: '50',
    percent: '50.25',
    atLimit: false,
    state: 'ok',
    missingDays: [],
  };
  it.each<[string, Partial<BudgetDocument>, readonly string[]]>([
    ['says all is well', {}, ['50', 'ok']],
    ['has no percent of a limit of 0', { limit: '0', percent: null }, ['-', 'ok']],
    ['says that a day is missing', { missingDays: ['2026-11-01'] }, ['50', 'ok, 1 day missing']],
    ['counts missing days', { missingDays: ['2026-11-01', '2026-11-02'] }, ['50', 'ok, 2 days missing']],
    [
      'says of an unknown sum only that',
      { state: 'unknown', missingDays: ['2026-11-01'] },
      ['50', 'unknown'],
    ],
    ['says that the limit is reached', { state: 'firing', atLimit: true }, ['50', 'limit reached']],
  ])('%s', (_, facts, cells) => {
    const [, line] = budgetTable([{ ...budget, ...facts }], new Map()).split('\n');
    expect(cellsOf(line).slice(-2)).toEqual(cells);
  });
});

describe('words that count', () => {
  it.each([
    ['budgets: [{ id: a, limit: 5, period: daily }]', 'b.yaml is fine: 1 budget.'],
    [
      'budgets: [{ id: a, limit: 5, period: daily }, { id: b, limit: 5, period: daily }]',
      'b.yaml is fine: 2 budgets.',
    ],
    ['budgets: [{ id: a, limit: 5k, period: daily }]', 'b.yaml cannot be used: 1 error.'],
    ['budgets: [{ id: a, limit: 5k, period: dayly }]', 'b.yaml cannot be used: 2 errors.'],
  ])('%s', async (yaml, last) => {
    const directory = mkdtempSync(join(tmpdir(), 'budget-alerts-validate-'));
    writeFileSync(join(directory, 'b.yaml'), yaml);
    const terminal = capturedTerminal(directory);
    await validateCommand('b.yaml', terminal);
    expect(terminal.printed().split('\n').at(-1)).toBe(last);
    rmSync(directory, { recursive: true });
  });

  it('are not asked of an instant that is none', () => {
    expect(tickArgument('2026-11-20T10:00:00Z')).toBe(NOW);
    expect(() => tickArgument('noon')).toThrow('Write it like 2026-11-20T10:00:00Z.');
  });
});
