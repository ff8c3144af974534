// Compares every budget with what was spent: one observation for each budget, period and member.

import type { Budget, Threshold } from '../budget/budget.ts';
import { budgetInPeriod } from '../budget/budget-in-period.ts';
import type { StoredBudget } from '../budget/budget-store.ts';
import { evaluatedPeriods } from '../budget/evaluated-periods.ts';
import { type Amount, addAmounts, ZERO_AMOUNT } from '../money/amount.ts';
import type { MeasureTotals } from '../spend/daily-totals.ts';
import type { Instant } from '../time/instant.ts';
import { daysSoFar, type Period } from '../time/period.ts';
import type { UtcDay } from '../time/utc-day.ts';
import { shapeOf } from './alert-key.ts';
import { type Latch, latchEndOf } from './latch.ts';
import { isReached } from './reached.ts';
import { namedByProject, spentByMember } from './spent-by-member.ts';

export interface Observation {
  /** As it decides in the period. */
  readonly budget: Budget;
  readonly period: Period;
  /** Has not ended at the tick. */
  readonly open: boolean;
  readonly member: string;
  /** The member has a row in the period. False: it is looked at because something was said about it, and is gone since. */
  readonly present: boolean;
  /** How many members the budget has in this period. */
  readonly memberCount: number;
  /** The sum of every known day, today's partial one included. */
  readonly spent: Amount;
  /** Ascending. */
  readonly reached: readonly Threshold[];
  readonly atLimit: boolean;
  /** Days of the period, none after today, that were never read. */
  readonly missingDays: readonly UtcDay[];
  /** At least one day of the period was read, or none has begun yet. */
  readonly known: boolean;
  /** The limit was lowered in this period, and no check is known to have looked since. */
  readonly limitJustLowered: boolean;
}

/** What the ledger brings to an evaluation. */
export interface Remembered {
  readonly latches: readonly Latch[];
  /** `null`: no check is known to have run. */
  readonly lastCheckAt: Instant | null;
}

interface PeriodTotals {
  readonly byProject: ReadonlyMap<string, Amount>;
  readonly missingDays: readonly UtcDay[];
  readonly known: boolean;
}

/** `totals` by measure name. Sorted by budget id, then period, then member. */
export function evaluate(
  budgets: readonly StoredBudget[],
  totals: ReadonlyMap<string, MeasureTotals>,
  { latches, lastCheckAt }: Remembered,
  tick: Instant,
): Observation[] {
  const spokenOf = membersByPeriod(latches);
  const periodTotals = new Map<string, PeriodTotals>();
  const totalsOf = (budget: Budget, period: Period): PeriodTotals => {
    const key = `${budget.measure.name} ${period.start} ${period.end}`;
    const known = periodTotals.get(key);
    if (known !== undefined) return known;
    const summed = sumOfPeriod(totals.get(budget.measure.name) ?? new Map(), period, tick);
    periodTotals.set(key, summed);
    return summed;
  };

  return [...budgets]
    .sort((a, b) => (a.budget.id < b.budget.id ? -1 : 1))
    .flatMap((stored) =>
      evaluatedPeriods(stored, tick).flatMap((period) =>
        observe(stored, period, totalsOf(stored.budget, period), spokenOf(stored.budget, period), {
          tick,
          lastCheckAt,
        }),
      ),
    );
}

function observe(
  { budget: declared, limitLoweredAt }: StoredBudget,
  period: Period,
  totals: PeriodTotals,
  spokenMembers: ReadonlySet<string>,
  { tick, lastCheckAt }: { readonly tick: Instant; readonly lastCheckAt: Instant | null },
): Observation[] {
  const budget = budgetInPeriod(declared, period);
  const members = spentByMember(budget, totals.byProject);
  const present = new Set(members.map(([member]) => member));
  const vanished = [...spokenMembers].filter((member) => budget.each !== null && !present.has(member));
  const observation = (member: string, spent: Amount): Observation => ({
    budget,
    period,
    open: tick < period.end,
    member,
    present: present.has(member),
    memberCount: members.length,
    spent,
    reached: budget.thresholds.filter(({ amount }) => isReached(spent, amount)),
    atLimit: isReached(spent, budget.limit),
    missingDays: totals.missingDays,
    known: totals.known,
    limitJustLowered:
      limitLoweredAt !== null &&
      limitLoweredAt >= period.start &&
      (lastCheckAt === null || lastCheckAt < limitLoweredAt),
  });
  return [
    ...members.map(([member, spent]) => observation(member, spent)),
    ...vanished
      .filter((member) => !budget.except.includes(member))
      .map((member) => observation(member, ZERO_AMOUNT)),
  ];
}

/** About whom something was said: their rows may have been restated away entirely. */
function membersByPeriod(latches: readonly Latch[]): (budget: Budget, period: Period) => ReadonlySet<string> {
  const members = new Map<string, Set<string>>();
  for (const { key, announced } of latches) {
    const id = `${key.periodEnd} ${key.budgetId} ${key.shape}`;
    members.set(id, new Set([...(members.get(id) ?? []), ...announced.keys()]));
  }
  return (budget, period) => members.get(`${latchEndOf(period)} ${budget.id} ${shapeOf(budget)}`) ?? NOBODY;
}

const NOBODY: ReadonlySet<string> = new Set();

function sumOfPeriod(totals: MeasureTotals, period: Period, tick: Instant): PeriodTotals {
  const byProject = new Map<string | null, Amount>();
  const missingDays: UtcDay[] = [];
  const days = daysSoFar(period, tick);
  for (const day of days) {
    const ofDay = totals.get(day);
    if (ofDay === undefined) {
      missingDays.push(day);
      continue;
    }
    for (const [project, amount] of ofDay.byProject) {
      byProject.set(project, addAmounts(byProject.get(project) ?? ZERO_AMOUNT, amount));
    }
  }
  return {
    byProject: namedByProject(byProject),
    missingDays,
    known: days.length === 0 || missingDays.length < days.length,
  };
}
