// What a period's known days come to for a budget: sums, or for a level its largest day.

import type { Budget } from '../budget/budget.ts';
import { projectsOfBudget, seriesOf } from '../budget/budget-series.ts';
import { ascending } from '../lists/ascending.ts';
import type { Amount } from '../money/amount.ts';
import type { MeasureTotals } from '../spend/daily-totals.ts';
import { addToGroup, type DayTotals, type Group, type Groups } from '../spend/day-totals.ts';
import { covers } from '../spend/project-filter.ts';
import type { CalendarDate } from '../time/calendar-date.ts';
import type { Instant } from '../time/instant.ts';
import { daysSoFar, type Period } from '../time/period.ts';
import { spentByMember } from './spent-by-member.ts';

/** A series' days in a period, the same for every budget on it. */
interface PeriodDays {
  readonly days: readonly CalendarDate[];
  readonly known: ReadonlyMap<CalendarDate, DayTotals>;
  /** All known days together. */
  readonly sum: Groups;
  /** Some day was read for some projects only. */
  readonly isFiltered: boolean;
}

export interface PeriodSpend {
  readonly byMember: readonly (readonly [string, Amount])[];
  /** Days of the period, none after today, that were never read for all that the budget counts. */
  readonly missingDays: readonly CalendarDate[];
  /** At least one day of the period was, or none of it has begun. */
  readonly known: boolean;
}

export type SpendOf = (budget: Budget, period: Period) => PeriodSpend;

/** `totals` by series. A period's days are summed once for all budgets on a series. */
export function spendByPeriod(totals: ReadonlyMap<string, MeasureTotals>, tick: Instant): SpendOf {
  const daysOfPeriods = new Map<string, PeriodDays>();
  return (budget, period) => {
    const series = seriesOf(budget);
    const key = `${series.key} ${period.start} ${period.end}`;
    const days =
      daysOfPeriods.get(key) ??
      periodDays(totals.get(series.key) ?? new Map(), daysSoFar(period, tick, series.dayZone));
    daysOfPeriods.set(key, days);
    return periodSpend(budget, days);
  };
}

function periodDays(totals: MeasureTotals, days: readonly CalendarDate[]): PeriodDays {
  const known = new Map<CalendarDate, DayTotals>();
  for (const day of days) {
    const ofDay = totals.get(day);
    if (ofDay !== undefined) known.set(day, ofDay);
  }
  const isFiltered = [...known.values()].some(({ projects }) => projects !== null);
  return { days, known, sum: sumOf(known.values()), isFiltered };
}

function periodSpend(budget: Budget, { days, known, sum, isFiltered }: PeriodDays): PeriodSpend {
  const ofBudget = isFiltered
    ? new Map([...known].filter(([, totals]) => knowsBudget(totals, budget)))
    : known;
  const missingDays = days.filter((day) => !ofBudget.has(day));
  const shared = ofBudget.size === known.size;
  const byMember = budget.measure.isLevel
    ? largestByMember(budget, ofBudget.values())
    : spentByMember(budget, shared ? sum : sumOf(ofBudget.values()));
  return { byMember, missingDays, known: days.length === 0 || ofBudget.size > 0 };
}

/** Whether a day was read for all projects that the budget counts. */
export function knowsBudget({ projects }: DayTotals, budget: Budget): boolean {
  return covers(projects, projectsOfBudget(budget));
}

function sumOf(days: Iterable<DayTotals>): Groups {
  const sum = new Map<string, Group>();
  for (const { groups } of days) {
    for (const { members, amount } of groups.values()) addToGroup(sum, members, amount);
  }
  return sum;
}

function largestByMember(budget: Budget, days: Iterable<DayTotals>): [string, Amount][] {
  const largest = new Map(spentByMember(budget, new Map()));
  for (const { groups } of days) {
    for (const [member, amount] of spentByMember(budget, groups)) {
      if (amount > (largest.get(member) ?? -1n)) largest.set(member, amount);
    }
  }
  return [...largest].sort(([a], [b]) => ascending(a, b));
}
