// Refuses a budget whose period, with the days for which it is still revised, is longer than spend is kept: it would be summed short.
import type { CalendarKind, PeriodRule } from '../time/period-rule.ts';
import { daysBetween } from '../time/utc-day.ts';
import type { Budget } from './budget.ts';
import { MAX_PERIOD_DAYS, SETTLING_DAYS } from './period-length.ts';
import type { Problem } from './problem.ts';

const LONGEST_DAYS: Readonly<Record<CalendarKind, number>> = {
  daily: 1,
  weekly: 7,
  monthly: 31,
  quarterly: 92,
  yearly: 366,
};

/** `null`: what the budget sums is kept until it is settled. */
export function exceedsRetention({ id, period }: Budget, retentionDays: number): Problem | null {
  const days = longestDays(period);
  const needed = days + SETTLING_DAYS;
  if (needed <= retentionDays) return null;
  return {
    code: 'period-exceeds-retention',
    path: `budgets.${id}.period`,
    line: null,
    message:
      `A period of up to ${days} days is looked at for ${SETTLING_DAYS} days after its end, and this deployment keeps ` +
      `spend for ${retentionDays} days: set its retentionDays to ${needed} or more and deploy first, or use a period ` +
      `of at most ${Math.min(retentionDays - SETTLING_DAYS, MAX_PERIOD_DAYS)} days.`,
    severity: 'error',
  };
}

function longestDays(period: PeriodRule): number {
  switch (period.kind) {
    case 'rolling':
      return period.days;
    case 'fixed':
      return daysBetween(period.from, period.to);
    default:
      return LONGEST_DAYS[period.kind];
  }
}
