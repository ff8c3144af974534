// What a message says: read as a person reads it.
import { describe, expect, it } from 'vitest';
import { alertText } from '../../lib/notify/alert-text.ts';
import { alertTitle } from '../../lib/notify/alert-title.ts';
import { formatQuantity } from '../../lib/notify/format-quantity.ts';
import { periodDays, periodName } from '../../lib/notify/period-name.ts';
import { periodAt } from '../../lib/time/period.ts';
import { PERIOD_KINDS } from '../../lib/time/period-rule.ts';
import { alertFixture } from '../fakes/alert-fixture.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { instantOf } from '../fakes/time-of.ts';

describe('a title', () => {
  it.each([
    [{ budgetName: 'Chatbot' }, 'Chatbot is at 85 % of its $100 budget for November 2026'],
    [{}, 'org-monthly is at 85 % of its $100 budget for November 2026'],
    [{ spent: '99.9999999' }, 'org-monthly is at 99 % of its $100 budget for November 2026'],
    [
      { spent: '250.4', late: true },
      'org-monthly is at 250 % of its $100 budget for November 2026 (found late)',
    ],
    [
      { limit: '0', spent: '3.2', thresholdAmount: '0' },
      'org-monthly has spent $3.20 of its $0 budget for November 2026',
    ],
    [
      { member: 'proj_a', names: { proj_a: 'Search' }, budgetName: 'Every project' },
      'Search is at 85 % of its $100 budget for November 2026',
    ],
    [{ member: 'proj_a' }, 'proj_a is at 85 % of its $100 budget for November 2026'],
    [
      { unit: 'tokens', limit: '2000000', spent: '1700000' } as const,
      'org-monthly is at 85 % of its 2,000,000 tokens budget for November 2026',
    ],
  ])('%j reads "%s"', (change, expected) => {
    expect(alertTitle(alertFixture(change))).toBe(expected);
  });
});

describe('a text', () => {
  it('says who, how much, what is left, where it went, through when, and the id', () => {
    const text = alertText(
      alertFixture({
        member: 'proj_a',
        scope: { project: 'proj_a' },
        names: { proj_a: 'Search' },
        budgetId: 'every-project',
        budgetName: 'Every project',
        supersedes: [{ threshold: '50%', amount: '50' }],
        contributors: [
          { label: 'gpt-5, output', amount: '61.005' },
          { label: 'gpt-5, input', amount: '0.004' },
        ],
      }),
    );
    expect(text).toBe(
      [
        'Search is at 85 % of its $100 budget for November 2026.',
        '',
        'Spent:     $85.00 (85 %)',
        'Limit:     $100, $15.00 left',
        'Threshold: 80 % ($80.00) reached, 50 % with it',
        'Budget:    Every project (every-project)',
        'Scope:     project Search (proj_a)',
        'Period:    November 2026, 2026-11-01 to 2026-11-30 UTC',
        'Data:      as of 2026-11-20T10:00:00Z; complete through 2026-11-19, provisional from 2026-11-19 on',
        '',
        'Most of it:',
        '  gpt-5, output: $61.00, 71 %',
        '  gpt-5, input: <$0.01, 0 %',
        '',
        'Alert id: org-monthly#2026-11#abcdef#-#100:80',
      ].join('\n'),
    );
  });

  it.each([
    [{ spent: '130.256' }, 'Spent:     $130.26 (130.2 %)'],
    [{ spent: '130.256' }, 'Limit:     $100, $30.26 over'],
    [{ spent: '100' }, 'Limit:     $100, $0.00 left'],
    [{ threshold: '4500', thresholdAmount: '4500' }, 'Threshold: $4,500.00 reached'],
    [{ reason: 'limit-changed' } as const, 'Threshold: 80 % ($80.00) reached; the limit was changed'],
    [{ scope: { project: ['proj_a', 'proj_b'] } }, 'Scope:     project proj_a, proj_b'],
    [{}, 'Scope:     the whole organization'],
    [{ measure: 'completions.total_tokens', unit: 'tokens' } as const, ', completions.total_tokens'],
    [{ completeThrough: null }, 'no complete day was read yet'],
  ])('%j has the line "%s"', (change, expected) => {
    expect(alertText(alertFixture(change))).toContain(expected);
  });
});

describe('an amount for people', () => {
  it.each([
    ['1234567.891', 'usd', '$1,234,567.89'],
    ['0', 'usd', '$0.00'],
    ['0.004', 'usd', '<$0.01'],
    ['0.005', 'usd', '<$0.01'],
    ['0.015', 'usd', '$0.02'],
    ['0.025', 'usd', '$0.02'],
    ['0.0250001', 'usd', '$0.03'],
    ['-12.5', 'usd', '-$12.50'],
    ['2000000', 'tokens', '2,000,000 tokens'],
    ['999', 'requests', '999 requests'],
  ] as const)('%s %s is %s', (text, unit, expected) => {
    expect(formatQuantity(amountOf(text), unit)).toBe(expected);
  });
});

describe('a period', () => {
  it('is called what people call it', () => {
    const at = instantOf('2026-11-05T10:00:00Z');
    expect(PERIOD_KINDS.map((kind) => periodName(periodAt(kind, at)))).toEqual([
      '5 November 2026',
      'week 45 of 2026',
      'November 2026',
      'Q4 2026',
      '2026',
    ]);
    expect(periodDays(periodAt('daily', at))).toBe('2026-11-05 UTC');
    expect(periodDays(periodAt('weekly', at))).toBe('2026-11-02 to 2026-11-08 UTC');
  });
});
