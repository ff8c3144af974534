// What a message says: read as a person reads it.
import { describe, expect, it } from 'vitest';
import { alertTitle } from '../../lib/notify/alert-title.ts';
import { compactLimit, compactQuantity } from '../../lib/notify/compact-quantity.ts';
import { emailText } from '../../lib/notify/email-text.ts';
import { formatQuantity } from '../../lib/notify/format-quantity.ts';
import { periodDays, periodName } from '../../lib/notify/period-name.ts';
import { periodAt } from '../../lib/time/period.ts';
import { PERIOD_KINDS } from '../../lib/time/period-rule.ts';
import { alertFixture } from '../fakes/alert-fixture.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { instantOf } from '../fakes/time-of.ts';

const NOW = instantOf('2026-11-20T10:00:00Z');
const BERLIN_NOVEMBER = {
  ...periodAt('monthly', NOW),
  zone: 'Europe/Berlin',
  start: instantOf('2026-10-31T23:00:00Z'),
  end: instantOf('2026-11-30T23:00:00Z'),
};

describe('a title', () => {
  it.each([
    [{ budgetName: 'Chatbot' }, 'Chatbot is at 85 % of its $100 November budget'],
    [{}, 'org-monthly is at 85 % of its $100 November budget'],
    [{ spent: '99.9999999' }, 'org-monthly is at 99 % of its $100 November budget'],
    [{ spent: '250.4', late: true }, 'org-monthly was at 250 % of its $100 November budget (found late)'],
    [
      { limit: '0', spent: '3.2', thresholdAmount: '0' },
      'org-monthly has spent $3.20 of its $0 November budget',
    ],
    [
      { member: 'proj_a', names: { proj_a: 'Search' }, budgetName: 'Every project' },
      'Search is at 85 % of its $100 November budget',
    ],
    [{ member: 'proj_a' }, 'proj_a is at 85 % of its $100 November budget'],
    [
      { unit: 'tokens', limit: '2000000', spent: '1700000' } as const,
      'org-monthly is at 85 % of its November budget of 2M tokens',
    ],
    [
      { unit: 'tokens', limit: '2000000', spent: '1700000', period: periodAt('daily', NOW) } as const,
      'org-monthly is at 85 % of its budget of 2M tokens for 20 November',
    ],
    [
      { budgetName: 'acme-production-eu-west-1-customer-support-chatbot-b' },
      'acme-production-eu-we…-chatbot-b is at 85 % of its $100 November budget',
    ],
    [{ period: periodAt('daily', NOW) }, 'org-monthly is at 85 % of its $100 budget for 20 November'],
    [{ period: periodAt('weekly', NOW) }, 'org-monthly is at 85 % of its $100 budget for the week of 16 Nov'],
    [{ period: periodAt('quarterly', NOW) }, 'org-monthly is at 85 % of its $100 Q4 budget'],
    [{ period: periodAt('yearly', NOW) }, 'org-monthly is at 85 % of its $100 2026 budget'],
    [
      { period: periodAt('monthly', instantOf('2025-11-20')) },
      'org-monthly is at 85 % of its $100 November 2025 budget',
    ],
    [
      { reason: 'correction', spent: '40' } as const,
      'Correction: org-monthly is at 40 % of its $100 November budget, back below 80 %',
    ],
    [
      { reason: 'correction', spent: '40', threshold: '45', thresholdAmount: '45' } as const,
      'Correction: org-monthly is at 40 % of its $100 November budget, back below its threshold',
    ],
  ])('%j reads "%s"', (change, expected) => {
    expect(alertTitle(alertFixture(change))).toBe(expected);
  });
});

describe('a text', () => {
  it('says who, how much, what is left, how fast, where it went, through when, what to do, and the id', () => {
    const text = emailText(
      alertFixture({
        member: 'proj_a',
        scope: { project: 'proj_a' },
        names: { proj_a: 'Search' },
        budgetId: 'every-project',
        budgetName: 'Every project',
        supersedes: [{ threshold: '50%', amount: '50' }],
        contributors: [
          { label: 'gpt-5, output', amount: '61.005', previous: '20' },
          { label: 'gpt-5, input', amount: '0.004', previous: '1.5' },
        ],
        pace: { perDay: '4.2', byEnd: '126' },
      }),
      ['--stack', 'Prod'],
    );
    expect(text).toBe(
      [
        'Search is at 85 % of its $100 November budget.',
        '',
        'Severity:  warning',
        'Spent:     $85.00 (85 %)',
        'Limit:     $100, $15.00 left',
        'Threshold: 80 % ($80) reached, and with it 50 % ($50)',
        'Period:    November 2026, day 20 of 30 (UTC)',
        'Pace:      $4.20 a day; at this pace $126 by 30 Nov',
        'Budget:    Every project (every-project)',
        'Scope:     project Search (proj_a)',
        'Data:      read 20 Nov 10:00 UTC; 19 Nov and later may still grow',
        '',
        'Largest parts, and their change (ended days) against the period before:',
        '  gpt-5, output',
        '      $61.00   71 %  +$41.00',
        '  gpt-5, input',
        '      <$0.01    0 %  -$1.50',
        '  everything else',
        '      $23.99   28 %',
        '',
        'What to do:',
        '  See at OpenAI what it was spent on (choose the project Search), and',
        '  stop what should not run:',
        '    https://platform.openai.com/usage',
        '  By the budget-alerts command, see the days and what was said before:',
        '    budget-alerts explain every-project --member proj_a --stack Prod',
        '  and hear no more of it for a while:',
        '    budget-alerts silence every-project --member proj_a --until 3d --reason known --stack Prod',
        '',
        'Alert org-monthly#2026-11#abcdef#-#100:80',
      ].join('\n'),
    );
  });

  it.each([
    [{ spent: '130.256' }, 'Spent:     $130.26 (130.2 %)'],
    [{ spent: '130.256' }, 'Limit:     $100, $30.26 over'],
    [{ spent: '100' }, 'Limit:     $100, $0.00 left'],
    [{ threshold: '4500', thresholdAmount: '4500' }, 'Threshold: $4,500 reached'],
    [{ reason: 'limit-changed' } as const, 'Threshold: 80 % ($80) reached; the limit was changed'],
    [{ scope: { project: ['proj_a', 'proj_b'] } }, 'Scope:     2 projects: proj_a, proj_b'],
    [{}, 'Scope:     the whole organization'],
    [{ measure: 'completions.total_tokens', unit: 'tokens' } as const, ', completions.total_tokens'],
    [{ completeThrough: null }, 'no day has been read completely yet'],
    [
      { late: true, asOf: instantOf('2026-12-02') },
      'Period:    November 2026, ended before this was found (UTC)',
    ],
    [{ period: periodAt('daily', NOW) }, 'Period:    20 November 2026 (UTC)'],
    [{ member: "it's; rm -rf" }, "--member 'it'\\''s; rm -rf' --until"],
    [{ reason: 'correction' } as const, 'Nothing needs to be done.'],
    [
      { reason: 'correction', supersedes: [{ threshold: '50%', amount: '50' }] } as const,
      'Threshold: 50 % ($50) and 80 % ($80): announced before, and no longer\n           reached since',
    ],
    [
      // Of a version that knows another measure, sent by this one.
      { measure: 'completions.unheard_of', period: BERLIN_NOVEMBER },
      'Period:    November 2026, day 20 of 30 (Europe/Berlin)\n',
    ],
  ])('%j has the line "%s"', (change, expected) => {
    expect(emailText(alertFixture(change), [])).toContain(expected);
  });

  it('gives no share of nothing', () => {
    const contributors = [
      { label: 'refunded', amount: '-5', previous: null },
      { label: 'used', amount: '5', previous: '1' },
    ];
    const text = emailText(alertFixture({ reason: 'correction', spent: '0', contributors }), []);
    expect(text).toContain('\n  refunded\n      -$5.00\n  used\n       $5.00         +$4.00\n');
  });

  it('is at most 72 columns wide, but for the title, and for what is copied whole', () => {
    const text = emailText(
      alertFixture({
        budgetName: 'A budget with a name that goes on and on, as names of budgets sometimes do',
        supersedes: [
          { threshold: '50%', amount: '50' },
          { threshold: '60%', amount: '60' },
          { threshold: '70%', amount: '70' },
        ],
        reason: 'silence-expired',
        scope: { project: Array.from({ length: 12 }, (_, index) => `proj_${index}`) },
      }),
      [],
    );
    const [, ...lines] = text.split('\n');
    const wide = lines.filter((line) => line.length > 72);
    expect(wide.filter((line) => !/^ {4}(budget-alerts|https:)|^Alert /.test(line))).toEqual([]);
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
      'week of 2 Nov 2026',
      'November 2026',
      'Q4 2026',
      '2026',
    ]);
    expect(periodDays(periodAt('daily', at))).toBe('2026-11-05 UTC');
    expect(periodDays(periodAt('weekly', at))).toBe('2026-11-02 to 2026-11-08 UTC');
  });

  it.each([
    ['9999', 'tokens', '9,999 tokens'],
    ['10000', 'tokens', '10k tokens'],
    ['12345', 'tokens', '12.3k tokens'],
    ['1843210', 'tokens', '1.84M tokens'],
    ['1999999', 'tokens', '1.99M tokens'],
    ['123456789', 'tokens', '123M tokens'],
    ['-1500000', 'requests', '-1.5M requests'],
    ['2000000000', 'tokens', '2B tokens'],
    ['510200300400500', 'tokens', '510T tokens'],
    ['460.129', 'usd', '$460.13'],
  ] as const)('or a count is short: %s %s is %s', (text, unit, expected) => {
    expect(compactQuantity(amountOf(text), unit)).toBe(expected);
  });

  it.each([
    ['2000000', 'tokens', '2M tokens'],
    ['2500000', 'tokens', '2.5M tokens'],
    ['2345678', 'tokens', '2,345,678 tokens'],
    ['12340000', 'tokens', '12,340,000 tokens'],
    ['12300000', 'tokens', '12.3M tokens'],
    ['123500000', 'tokens', '123,500,000 tokens'],
    ['1234000000000000', 'tokens', '1,234T tokens'],
    ['5', 'requests', '5 requests'],
    ['500', 'usd', '$500'],
    ['500.5', 'usd', '$500.50'],
    ['0', 'requests', '0 requests'],
    ['500', 'requests', '500 requests'],
    ['9990', 'requests', '9,990 requests'],
    ['10010', 'requests', '10,010 requests'],
    ['250000', 'requests', '250k requests'],
  ] as const)('of a limit hides no digit: %s %s is %s', (text, unit, expected) => {
    expect(compactLimit(text, unit)).toBe(expected);
  });
});
