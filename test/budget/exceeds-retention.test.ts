// Which budgets are refused where spend is kept for fewer days than they need: their sums would be short.
import { describe, expect, it } from 'vitest';
import { exceedsRetention } from '../../lib/budget/exceeds-retention.ts';
import type { PeriodRule } from '../../lib/time/period-rule.ts';
import { budgetOf } from '../fakes/budgets-of.ts';
import { dayOf } from '../fakes/time-of.ts';

const zone = 'UTC';

describe('a budget is refused if its period and 35 days are more than is kept', () => {
  it.each<[string, PeriodRule, number, boolean]>([
    ['a year, leap years among them', { kind: 'yearly', startMonth: 1, zone }, 401, false],
    ['a year, leap years among them', { kind: 'yearly', startMonth: 4, zone }, 400, true],
    ['a quarter', { kind: 'quarterly', startMonth: 1, zone }, 400, false],
    ['365 rolling days', { kind: 'rolling', days: 365, zone }, 400, false],
    ['366 rolling days', { kind: 'rolling', days: 366, zone }, 400, true],
    ['395 rolling days', { kind: 'rolling', days: 395, zone }, 430, false],
    ['395 rolling days', { kind: 'rolling', days: 395, zone }, 429, true],
    [
      '365 days, once',
      { kind: 'fixed', from: dayOf('2026-01-01'), to: dayOf('2027-01-01'), zone },
      400,
      false,
    ],
    [
      '366 days, once',
      { kind: 'fixed', from: dayOf('2026-01-01'), to: dayOf('2027-01-02'), zone },
      400,
      true,
    ],
  ])('%s, %j, with %i days: %s', (_, period, retentionDays, refused) => {
    expect(exceedsRetention(budgetOf({ period }), retentionDays) !== null).toBe(refused);
  });

  it('in words that say what to do', () => {
    const period: PeriodRule = { kind: 'rolling', days: 380, zone };
    expect(exceedsRetention(budgetOf({ id: 'long', period }), 400)).toMatchObject({
      code: 'period-exceeds-retention',
      path: 'budgets.long.period',
      message:
        'A period of up to 380 days is looked at for 35 days after its end, and this deployment keeps spend for 400 days: ' +
        'set its retentionDays to 415 or more and deploy first, or use a period of at most 365 days.',
      severity: 'error',
    });
  });
});
