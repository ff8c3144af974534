// Pace: from days that OpenAI has finished with, and from newer ones where they have brought more.
import { describe, expect, it } from 'vitest';
import { paceOf } from '../../lib/alert/pace.ts';
import type { SummedDay } from '../../lib/alert/summed-days.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';
import { periodAt, periodOf } from '../../lib/time/period.ts';
import type { PeriodRule } from '../../lib/time/period-rule.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { budgetOf } from '../fakes/budgets-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const COST = budgetOf();
const NOVEMBER = periodAt('monthly', instantOf('2026-11-10'));

/** From 1 November on; `?`: never read; the last two are provisional. */
const days = (...amounts: string[]): SummedDay[] =>
  amounts.map((amount, index) => ({
    day: dayOf(`2026-11-${String(index + 1).padStart(2, '0')}`),
    amount: amount === '?' ? null : amountOf(amount),
    changedAt: null,
    lastReadAt: null,
    provisional: index >= amounts.length - 2,
    doubtedSince: null,
  }));

const pace = (spent: string, ...amounts: string[]) => {
  const result = paceOf(days(...amounts), { budget: COST, period: NOVEMBER, spent: amountOf(spent) });
  return result && [formatAmount(result.perDay), formatAmount(result.byEnd)];
};

describe('a pace', () => {
  it('is the mean of the settled days, and the period at that rate', () => {
    // (10 + 20 + 30) / 3 = 20 a day; 30 days.
    expect(pace('75', '10', '20', '30', '15', '0')).toEqual(['20', '600']);
  });

  it('takes no notice of today and yesterday, however little they have brought so far', () => {
    expect(pace('60.01', '10', '20', '30', '0.01', '0')).toEqual(['20', '600']);
    expect(pace('100', '10', '20', '30', '20', '20')).toEqual(['20', '600']);
  });

  it('follows today and yesterday where they have brought more, and counts what they have brought', () => {
    // (60 + 300 + 440) / 5 = 160 a day, and 25 days to come.
    expect(pace('800', '10', '20', '30', '300', '440')).toEqual(['160', '4800']);
    // (60 + 90 + 0) / 5 = 30 a day; what the two days have brought is spent: 150 + 25 x 30.
    expect(pace('150', '10', '20', '30', '90', '0')).toEqual(['30', '900']);
    // 20 settled days of 10, then 220: (200 + 220) / 21 = 20; 420 + 9 x 20.
    const calm = Array.from({ length: 20 }, () => '10');
    const result = paceOf(
      [...days(...calm, '0', '0').slice(0, 20), ...days(...calm, '220', '0').slice(20, 21)],
      { budget: COST, period: NOVEMBER, spent: amountOf('420') },
    );
    expect(result && [formatAmount(result.perDay), formatAmount(result.byEnd)]).toEqual(['20', '600']);
  });

  it('counts on a whole day where today has not been read yet', () => {
    // 3 settled, yesterday 0 so far, today unread: 20 a day for 27 days.
    expect(pace('60', '10', '20', '30', '0', '?')).toEqual(['20', '600']);
  });

  it('never ends below what is spent already', () => {
    // The sum of the days is 80; something that is in no day of these is spent as well.
    expect(pace('5000', '10', '20', '30', '10', '10')).toEqual(['20', '5000']);
  });

  it('is told from two settled days on', () => {
    // (10 + 20) / 2 = 15 a day; 30 days.
    expect(pace('32', '10', '20', '1', '1')).toEqual(['15', '450']);
  });

  it('is told until the last day of the period, on which nothing is to be foreseen', () => {
    const week = periodAt('weekly', instantOf('2026-11-02'));
    const settled = (count: number) => days(...Array.from({ length: count }, () => '3'), '0', '0');
    const ofWeek = (count: number) =>
      paceOf(settled(count), { budget: COST, period: week, spent: amountOf('1') })?.byEnd ?? null;
    expect([ofWeek(4), ofWeek(5), ofWeek(7)]).toEqual([amountOf('21'), null, null]);
  });

  it('is not told of a rolling window, which has no end to come to', () => {
    const rule: PeriodRule = { kind: 'rolling', days: 30, zone: 'UTC' };
    const period = periodOf(rule, instantOf('2026-11-10'));
    if (period === null) throw new Error('a rolling window holds every instant');
    const budget = budgetOf({ period: rule });
    expect(paceOf(days('10', '20', '30', '1', '1'), { budget, period, spent: amountOf('62') })).toBeNull();
  });

  it.each<[string, string[]]>([
    ['one settled day', ['10', '1', '1']],
    ['none', ['1', '1']],
    ['a day that was never read', ['10', '?', '30', '1', '1']],
  ])('is not told from %s', (_, amounts) => {
    expect(pace('10', ...amounts)).toBeNull();
  });

  it('is not told of a day', () => {
    const today = periodAt('daily', instantOf('2026-11-10'));
    expect(
      paceOf(days('5', '5', '5', '5'), { budget: COST, period: today, spent: amountOf('20') }),
    ).toBeNull();
  });
});
