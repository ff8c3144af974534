// The parts of a digest: which budgets are worth a line, what moved, what is held back, and how it reads as a text.
import { describe, expect, it } from 'vitest';
import type { NoticeLatch } from '../../lib/alert/notice.ts';
import type { Pace } from '../../lib/alert/pace.ts';
import type { Silence } from '../../lib/budget/silence.ts';
import { type DigestBudget, digestBudgets } from '../../lib/notify/digest-budgets.ts';
import { digestMessage } from '../../lib/notify/digest-message.ts';
import { digestMovers } from '../../lib/notify/digest-movers.ts';
import { digestTroubles, silenceSection } from '../../lib/notify/digest-troubles.ts';
import type { DigestView } from '../../lib/notify/digest-view.ts';
import type { SourceState } from '../../lib/spend/source-state.ts';
import { periodAt } from '../../lib/time/period.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { type ObservationCase, observationOf } from '../fakes/observation-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const NOW = instantOf('2026-11-24T07:29:00Z');
const NO_NAMES: ReadonlyMap<string, string> = new Map();

type Given = Omit<ObservationCase, 'period' | 'open'> & { readonly byEnd?: string };

function standing({ byEnd, ...given }: Given): DigestBudget {
  const observation = observationOf({ ...given, period: periodAt('monthly', NOW), open: true });
  const pace: Pace | null = byEnd === undefined ? null : { perDay: amountOf('1'), byEnd: amountOf(byEnd) };
  return { observation, pace };
}

/** `label: detail` */
const linesOf = (budgets: readonly DigestBudget[], names = NO_NAMES) =>
  digestBudgets(budgets, names).section.lines.map(({ label, detail }) => `${label}: ${detail}`);

const budgetsOf = (...ids: readonly (readonly [id: string, spent: string, limit: string])[]) =>
  ids.map(([id, spent, limit]) => standing({ spent, budget: { id, limit } }));

describe('the budgets of a digest', () => {
  it('are counted by where they stand, those of which nothing is known apart', () => {
    const unread = standing({ spent: '0' });
    const budgets = [
      ...budgetsOf(['a', '100', '100'], ['b', '80', '100'], ['c', '79', '100']),
      { ...unread, observation: { ...unread.observation, known: false } },
    ];
    expect(digestBudgets(budgets, NO_NAMES)).toMatchObject({
      section: {
        heading: 'Budgets: 1 at or over its limit, 1 over a threshold, 1 below, 1 unknown',
        more: 0,
      },
      alarm: '1 of 4 budgets at its limit',
    });
  });

  it('are no alarm where none is at its limit', () => {
    expect(digestBudgets(budgetsOf(['a', '99', '100']), NO_NAMES)).toMatchObject({
      section: { heading: 'Budgets: 0 at or over their limit, 1 over a threshold, 0 below' },
      alarm: null,
    });
  });

  it('stand in the order of their shares, a broken limit of 0 first, the smaller limit before the larger, then by id', () => {
    const budgets = budgetsOf(
      ['eighty-of-ten', '8', '10'],
      ['b', '90', '100'],
      ['nothing-allowed', '0.01', '0'],
      ['a', '90', '100'],
      ['nothing-allowed-either', '5', '0'],
      ['ninety-of-ten', '9', '10'],
      ['twice', '200', '100'],
    );
    const expected = [
      'nothing-allowed',
      'nothing-allowed-either',
      'twice',
      'ninety-of-ten',
      'a',
      'b',
      'eighty-of-ten',
    ];
    const ordered = (given: readonly DigestBudget[]) =>
      digestBudgets(given, NO_NAMES).section.lines.map(({ label }) => label);
    expect(ordered(budgets)).toEqual(expected);
    expect(ordered(budgets.toReversed())).toEqual(expected);
  });

  it.each<[string, Given, string[]]>([
    ['is fine', { spent: '10', byEnd: '99.99' }, []],
    [
      'is fine and on its way to its limit',
      { spent: '10', byEnd: '100' },
      ['org-monthly: $10.00 of $100, 10 % (org-monthly, monthly); at this pace $100 by its end'],
    ],
    ['allows nothing, and nothing was spent', { spent: '0', byEnd: '0', budget: { limit: '0' } }, []],
    [
      'allows nothing, which has no share',
      { spent: '3.2', budget: { id: 'sandbox', name: 'Sandbox', limit: '0' } },
      ['Sandbox: $3.20 of $0 (sandbox, monthly)'],
    ],
    [
      'is of a member with a name',
      { spent: '85', member: 'proj_a', budget: { id: 'every', name: 'Every project', each: true } },
      ['Search: $85.00 of $100, 85 % (every, monthly)'],
    ],
    [
      'is of a member without one',
      { spent: '85', member: 'proj_b', budget: { id: 'every', each: true } },
      ['proj_b: $85.00 of $100, 85 % (every, monthly)'],
    ],
    [
      'is of a member of whose id nothing can be seen',
      { spent: '85', member: '\u200b', budget: { id: 'every', each: true } },
      ['every: $85.00 of $100, 85 % (every, monthly)'],
    ],
  ])('of one that %s', (_, given, lines) => {
    expect(linesOf([standing(given)], new Map([['proj_a', 'Search']]))).toEqual(lines);
  });

  it('are listed up to fifteen; the others are counted', () => {
    const budgets = Array.from({ length: 17 }, (_, index) => standing({ spent: `${100 + index}` }));
    const { lines, more } = digestBudgets(budgets, NO_NAMES).section;
    expect([lines.length, more, lines[0]?.detail]).toEqual([
      15,
      2,
      '$116.00 of $100, 116 % (org-monthly, monthly)',
    ]);
  });
});

describe('what moved', () => {
  const spentBy = (amounts: Readonly<Record<string, string>>) =>
    new Map(Object.entries(amounts).map(([id, text]) => [id, amountOf(text)]));
  const moved = (
    spent: Readonly<Record<string, string>>,
    before: Readonly<Record<string, string>> | null,
    names = NO_NAMES,
  ) => {
    const { heading, lines } = digestMovers(
      { spent: spentBy(spent), before: before && spentBy(before) },
      names,
      'week',
    );
    return [heading, ...lines.map(({ label, detail }) => `${label}: ${detail}`)];
  };

  it('is the largest change first, up or down, then by id; what stayed the same is left out', () => {
    expect(
      moved(
        { up: '15', same: '7', b: '3', a: '3', 'new': '1' },
        { up: '5', same: '7', b: '5', a: '5', gone: '40' },
      ),
    ).toEqual([
      'What moved most, against the week before',
      'gone: $0.00, -$40.00',
      'up: $15.00, +$10.00',
      'a: $3.00, -$2.00',
      'b: $3.00, -$2.00',
      'new: $1.00, +$1.00',
    ]);
  });

  it('is the largest amounts where the days before are not known, five at most', () => {
    expect(moved({ a: '1', b: '2', c: '3', d: '4', e: '5', f: '6' }, null)).toEqual([
      'Largest projects',
      'f: $6.00',
      'e: $5.00',
      'd: $4.00',
      'c: $3.00',
      'b: $2.00',
    ]);
  });

  it('has a word for spend without a project, and the id where nothing of a name can be seen', () => {
    const names = new Map([
      ['proj_a', 'Search'],
      ['proj_b', '\u200b'],
    ]);
    expect(moved({ unattributed: '3', proj_a: '2', proj_b: '1' }, null, names).slice(1)).toEqual([
      'without a project: $3.00',
      'Search: $2.00',
      'proj_b: $1.00',
    ]);
  });
});

describe('what is silenced', () => {
  const silence = (more: Partial<Silence>): Silence => ({
    id: 's',
    budgetId: 'every',
    member: null,
    until: instantOf('2026-11-30T00:00:00Z'),
    reason: 'migration',
    createdAt: NOW,
    createdBy: 'anna',
    ...more,
  });

  it('is a budget, one of its members by name or id, or everything', () => {
    const silences = [
      silence({}),
      silence({ member: 'proj_a' }),
      silence({ member: 'proj_b' }),
      silence({ budgetId: null, reason: 'we\nknow' }),
    ];
    const { lines, more } = silenceSection(silences, new Map([['proj_a', 'Search']]));
    expect(lines.map(({ label, detail }) => `${label}: ${detail}`)).toEqual([
      'every: until 30 Nov 00:00 UTC (migration)',
      'every (Search): until 30 Nov 00:00 UTC (migration)',
      'every (proj_b): until 30 Nov 00:00 UTC (migration)',
      'everything: until 30 Nov 00:00 UTC (we know)',
    ]);
    expect(more).toBe(0);
  });

  it('is listed up to ten; the others are counted', () => {
    const { lines, more } = silenceSection(
      Array.from({ length: 12 }, () => silence({})),
      NO_NAMES,
    );
    expect([lines.length, more]).toEqual([10, 2]);
  });
});

describe('what does not work', () => {
  const source = (more: Partial<SourceState>): SourceState => ({
    source: 'costs',
    datasetId: 'costs.1d#project_id,line_item',
    state: 'fresh',
    completeThrough: dayOf('2026-11-23'),
    provisionalFrom: dayOf('2026-11-23'),
    failing: null,
    lastSuccessAt: NOW,
    ...more,
  });
  const latch = (subject: string, code: 'CheckNotRunning' | 'SourceStale' | null): NoticeLatch => ({
    subject,
    version: 1,
    said: code && { state: 'silent', code, at: instantOf('2026-11-24T03:16:00Z') },
    claim: null,
  });

  it('is a source that is not fresh, and what operations were told and is not over, sources but once', () => {
    const since = instantOf('2026-11-24T07:00:00Z');
    const failing = {
      since,
      code: 'openai-unavailable',
      failures: 2,
      hint: 'Wait.',
    } as const;
    const { lines } = digestTroubles(
      [
        source({}),
        source({ source: 'completions', state: 'stale' }),
        source({ source: 'images', state: 'failing', failing }),
      ],
      [
        latch('check', 'CheckNotRunning'),
        latch('audience', null),
        latch('source.completions', 'SourceStale'),
      ],
    );
    expect(lines.map(({ label, detail }) => `${label}: ${detail}`)).toEqual([
      'OpenAI completions: stale; see SourceStale in the runbook',
      'OpenAI images: failing since 24 Nov 07:00 UTC: openai-unavailable; see SourceFailing in the runbook',
      'CheckNotRunning: since 24 Nov 03:16 UTC (check); see it in the runbook',
    ]);
  });

  it('is listed up to ten; the others are counted', () => {
    const stale = Array.from({ length: 13 }, () => source({ state: 'stale' }));
    const { lines, more } = digestTroubles(stale, []);
    expect([lines.length, more]).toEqual([10, 3]);
  });
});

describe('the text of a digest', () => {
  const textOf = (change: string | null, more: number) => {
    const view: DigestView = {
      period: '23 Nov 2026 (UTC)',
      total: '$67.50',
      change,
      sections: [{ heading: 'Silenced', lines: [{ label: 'org', detail: 'until 30 Nov' }], more }],
    };
    return digestMessage({
      view,
      isAboutCosts: true,
      organization: 'org',
      alarm: null,
      route: 'team',
      tick: NOW,
      run: 'run',
      flags: [],
    });
  };

  it('counts what its sections do not list', () => {
    expect(textOf('+$42.50', 2).text).toContain('Silenced:\n  org: until 30 Nov\n  and 2 more\n\n');
    expect(textOf('+$42.50', 0).text).toContain('Silenced:\n  org: until 30 Nov\n\n');
  });

  it('says nothing of a change that is not known', () => {
    expect(textOf(null, 0).title).toBe('OpenAI spend, 23 Nov 2026 (UTC): $67.50');
    expect(textOf('+$42.50', 0).title).toBe('OpenAI spend, 23 Nov 2026 (UTC): $67.50 (+$42.50)');
  });
});
