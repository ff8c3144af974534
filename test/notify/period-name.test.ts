// What periods of every rule are called, in full, in a title and beside how much of them is gone.
import { describe, expect, it } from 'vitest';
import { countedDaysText } from '../../lib/notify/counted-days.ts';
import { budgetOfPeriod, periodAndElapsed, periodDays, periodName } from '../../lib/notify/period-name.ts';
import { ruleName } from '../../lib/notify/rule-name.ts';
import { type Period, periodOf } from '../../lib/time/period.ts';
import { type PeriodRule, plainRule } from '../../lib/time/period-rule.ts';
import { budgetOf } from '../fakes/budgets-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const NOW = instantOf('2026-11-24T10:00:00Z');
const UTC = 'UTC';
const BERLIN = 'Europe/Berlin';

function open(rule: PeriodRule): Period {
  const period = periodOf(rule, NOW);
  if (period === null) throw new Error('no period');
  return period;
}

describe('a period', () => {
  it.each<[PeriodRule, string, string, string, string]>([
    [
      plainRule('daily'),
      '24 November 2026',
      'its $5 budget for 24 November',
      '24 November 2026 (UTC)',
      'daily',
    ],
    [
      plainRule('weekly'),
      'week of 23 Nov 2026',
      'its $5 budget for the week of 23 Nov',
      'week of 23 Nov 2026, day 2 of 7 (UTC)',
      'weekly',
    ],
    [
      plainRule('monthly'),
      'November 2026',
      'its $5 November budget',
      'November 2026, day 24 of 30 (UTC)',
      'monthly',
    ],
    [plainRule('quarterly'), 'Q4 2026', 'its $5 Q4 budget', 'Q4 2026, day 55 of 92 (UTC)', 'quarterly'],
    [plainRule('yearly'), '2026', 'its $5 2026 budget', '2026, day 328 of 365 (UTC)', 'yearly'],
    [
      { kind: 'weekly', startDay: 'sunday', zone: UTC },
      'week of 22 Nov 2026',
      'its $5 budget for the week of 22 Nov',
      'week of 22 Nov 2026, day 3 of 7 (UTC)',
      'weekly from Sunday',
    ],
    [
      { kind: 'monthly', startDay: 15, zone: UTC },
      '15 Nov to 14 Dec 2026',
      'its $5 budget for 15 Nov to 14 Dec',
      '15 Nov to 14 Dec 2026, day 10 of 30 (UTC)',
      'monthly from day 15',
    ],
    [
      { kind: 'quarterly', startMonth: 11, zone: UTC },
      '1 Nov 2026 to 31 Jan 2027',
      'its $5 budget for 1 Nov 2026 to 31 Jan 2027',
      '1 Nov 2026 to 31 Jan 2027, day 24 of 92 (UTC)',
      'quarterly from November',
    ],
    [
      // The third quarter of its year, which people would take for July to September.
      { kind: 'quarterly', startMonth: 4, zone: UTC },
      '1 Oct to 31 Dec 2026',
      'its $5 budget for 1 Oct to 31 Dec',
      '1 Oct to 31 Dec 2026, day 55 of 92 (UTC)',
      'quarterly from April',
    ],
    [
      { kind: 'yearly', startMonth: 4, zone: UTC },
      '1 Apr 2026 to 31 Mar 2027',
      'its $5 budget for 1 Apr 2026 to 31 Mar 2027',
      '1 Apr 2026 to 31 Mar 2027, day 238 of 365 (UTC)',
      'yearly from April',
    ],
    [
      { kind: 'rolling', days: 7, zone: UTC },
      'the last 7 days',
      'its $5 budget for the last 7 days',
      'the last 7 days, 18 Nov to 24 Nov 2026 (UTC)',
      'over 7 days',
    ],
    [
      { kind: 'fixed', from: dayOf('2026-11-10'), to: dayOf('2026-12-01'), zone: UTC },
      '10 Nov to 30 Nov 2026',
      'its $5 budget for 10 Nov to 30 Nov',
      '10 Nov to 30 Nov 2026, day 15 of 21 (UTC)',
      'from 2026-11-10 until 2026-12-01',
    ],
    [
      { kind: 'fixed', from: dayOf('2026-11-24'), to: dayOf('2026-11-25'), zone: UTC },
      '24 Nov 2026',
      'its $5 budget for 24 Nov',
      '24 Nov 2026 (UTC)',
      'from 2026-11-24 until 2026-11-25',
    ],
    [
      { kind: 'monthly', startDay: 1, zone: BERLIN },
      'November 2026 (Europe/Berlin)',
      'its $5 November budget (Europe/Berlin)',
      'November 2026, day 24 of 30 (Europe/Berlin)',
      'monthly (Europe/Berlin)',
    ],
    [
      { kind: 'rolling', days: 30, zone: BERLIN },
      'the last 30 days (Europe/Berlin)',
      'its $5 budget for the last 30 days (Europe/Berlin)',
      'the last 30 days, 26 Oct to 24 Nov 2026 (Europe/Berlin)',
      'over 30 days (Europe/Berlin)',
    ],
  ])('%j is called %s', (rule, name, ofBudget, elapsed, often) => {
    const period = open(rule);
    expect(periodName(period)).toBe(name);
    expect(budgetOfPeriod('$5', period, NOW)).toBe(ofBudget);
    expect(periodAndElapsed(period, NOW, null)).toBe(elapsed);
    expect(ruleName(rule)).toBe(often);
  });

  it('has ended from its end on', () => {
    const november = open(plainRule('monthly'));
    expect(periodAndElapsed(november, instantOf('2026-11-30T23:59:59Z'), null)).toBe(
      'November 2026, day 30 of 30 (UTC)',
    );
    expect(periodAndElapsed(november, instantOf('2026-12-01T00:00:00Z'), null)).toBe(
      'November 2026, ended (UTC)',
    );
  });

  it('has the days of its zone, and of costs says which of UTC’s count', () => {
    const newYork = open({ kind: 'monthly', startDay: 1, zone: 'America/New_York' });
    expect(periodDays(newYork)).toBe('2026-11-01 to 2026-11-30 America/New_York');
    expect(countedDaysText(newYork, budgetOf({ measure: 'cost' }).measure)).toBe(
      'UTC days 2026-11-02 to 2026-12-01 count, those that begin in it',
    );
    const berlin = open({ kind: 'daily', zone: BERLIN });
    expect(periodDays(berlin)).toBe('2026-11-24 Europe/Berlin');
    expect(countedDaysText(berlin, budgetOf({ measure: 'cost' }).measure)).toBe(
      'UTC day 2026-11-24 counts, the one that begins in it',
    );
    expect(countedDaysText(berlin, budgetOf({ measure: 'completions.input_tokens' }).measure)).toBeNull();
    expect(countedDaysText(berlin, budgetOf({ measure: 'vector_stores.usage_bytes' }).measure)).toContain(
      'counts',
    );
    expect(countedDaysText(open(plainRule('monthly')), budgetOf({ measure: 'cost' }).measure)).toBeNull();
    const azores = periodOf({ kind: 'daily', zone: 'Atlantic/Azores' }, instantOf('2026-03-29T12:00Z'));
    expect(azores && countedDaysText(azores, budgetOf({ measure: 'cost' }).measure)).toBe(
      'no UTC day begins in it, so none counts',
    );
  });
});
