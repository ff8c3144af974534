// What `check` and `explain` print of facts that are rare in a run.
import { describe, expect, it } from 'vitest';
import type { BudgetDocument, CheckDocument } from '../../lib/cli/check-document.ts';
import { checkText, countedLines } from '../../lib/cli/print-check.ts';
import { explainText } from '../../lib/cli/print-explain.ts';
import type { ExplainedMember, Explanation } from '../../lib/run/explain-budget.ts';
import { periodAt } from '../../lib/time/period.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { budgetOf } from '../fakes/budgets-of.ts';
import { observationOf } from '../fakes/observation-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const NOW = instantOf('2026-11-20T10:00:00Z');
const PERIOD = periodAt('monthly', NOW);

describe('what a check prints', () => {
  const document = (titles: readonly string[]): CheckDocument => ({
    schema: 'budget-alerts/check/v1',
    asOf: '2026-11-20T10:00:00Z',
    sources: [],
    budgets: [],
    notifications: titles.map(
      (title) => ({ severity: 'warning', title }) as CheckDocument['notifications'][number],
    ),
    problems: [],
  });
  it.each<[readonly string[], string]>([
    [[], 'No new alerts.'],
    [['a'], '1 new alert, written to out:'],
    [['a', 'b'], '2 new alerts, written to out:'],
  ])('of %j begins with the number of alerts', (titles, first) => {
    expect(checkText(document(titles), new Map(), 'b.yaml', 'out').split('\n')[0]).toBe(first);
  });

  it.each([
    ['2026-11-01', '2026-11-19', 'UTC days 2026-11-01 to 2026-11-19 count'],
    ['2026-11-02', '2026-11-01', 'no UTC day counts'],
  ])('names the UTC days of another zone from %s to %s once', (first, last, days) => {
    const budget = {
      id: 'web',
      period: { kind: 'monthly', timezone: 'Asia/Tokyo' },
      countedDays: { first, last },
    } as BudgetDocument;
    expect(countedLines([budget, budget])).toEqual([
      `web: ${days}, those that begin in its period (Asia/Tokyo).`,
    ]);
  });
});

describe('what explain prints of a budget with members', () => {
  const budget = budgetOf({ id: 'each', each: true, limit: '100' });
  const explanation = (members: readonly ExplainedMember[], of = budget): Explanation => ({
    asOf: NOW,
    budget: of,
    decidedAt: instantOf('2026-11-01'),
    period: PERIOD,
    source: {
      source: 'costs',
      datasetId: 'costs.1d#project_id,line_item',
      state: 'fresh',
      completeThrough: dayOf('2026-11-18'),
      provisionalFrom: dayOf('2026-11-17'),
      failing: null,
      lastSuccessAt: NOW,
    },
    members,
    names: new Map([['proj_a', 'Search']]),
  });
  const memberOf = (member: string, spent: string, more: Partial<ExplainedMember>, limit = '100') => {
    const observation = observationOf({
      spent,
      period: PERIOD,
      open: true,
      member,
      budget: { id: 'each', each: true, limit },
    });
    return {
      observation,
      thresholds: [],
      due: null,
      next: null,
      silences: [],
      days: [],
      ...more,
    } as ExplainedMember;
  };
  const [eighty, hundred] = budget.thresholds;
  if (eighty === undefined || hundred === undefined) throw new Error('two thresholds are the default');
  const silence = {
    id: 's',
    budgetId: 'each',
    member: 'proj_b',
    until: instantOf('2026-11-23T09:00:00Z'),
    reason: 'migration',
    createdAt: NOW,
    createdBy: 'anna',
  };

  it('is a line for each: spent, share, what is due, what is next, and until when it is silenced', () => {
    const next = { threshold: hundred, missing: amountOf('10') };
    const text = explainText(
      explanation([
        memberOf('proj_a', '90', { due: eighty, next }),
        memberOf('proj_b', '100', { silences: [silence] }),
      ]),
    );
    const cells = text
      .split('\n')
      .flatMap((line) => (line.includes('proj_') ? [line.trim().split(/ {2,}/)] : []));
    expect(cells).toEqual([
      ['Search', 'proj_a', '$90.00', '90 %', '80 %', '$10.00 more reaches 100 %'],
      ['proj_b', 'proj_b', '$100.00', '100 %', 'all said', 'until 2026-11-23 09:00 UTC'],
    ]);
    expect(text).toContain('The days of one: --member ID or its name.');
  });

  it('has no share of a limit of 0', () => {
    const members = ['proj_a', 'proj_b'].map((id) => memberOf(id, '5', {}, '0'));
    const text = explainText(explanation(members, budgetOf({ id: 'each', each: true, limit: '0' })));
    expect(text).toMatch(/proj_b {2,}proj_b {2,}\$5\.00 {2,}- {2,}all said/);
  });

  it('says that no project has spent anything', () => {
    expect(explainText(explanation([]))).toContain('No project has spent anything in November 2026.');
  });
});
