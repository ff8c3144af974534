// Compares every budget with what was spent: one observation for each budget, period and member.

import type { Budget, Threshold } from '../budget/budget.ts';
import { budgetInPeriod } from '../budget/budget-in-period.ts';
import { budgetOfMember } from '../budget/budget-of-member.ts';
import type { StoredBudget } from '../budget/budget-store.ts';
import { evaluatedPeriodsAt } from '../budget/evaluated-periods.ts';
import { namedMatcherOf } from '../budget/scope-match.ts';
import { ascending } from '../lists/ascending.ts';
import { type Amount, ZERO_AMOUNT } from '../money/amount.ts';
import type { MeasureTotals } from '../spend/daily-totals.ts';
import type { CalendarDate } from '../time/calendar-date.ts';
import type { Instant } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import { shapeOf } from './alert-key.ts';
import { type Latch, latchEndOf, latchGroup } from './latch.ts';
import { type PeriodSpend, spendByPeriod } from './period-spend.ts';
import { isReached } from './reached.ts';

export interface Observation {
  /** As it decides in the period, with the limit and the thresholds of the member, if it has its own. */
  readonly budget: Budget;
  readonly period: Period;
  /** Has not ended at the tick. */
  readonly open: boolean;
  readonly member: string;
  /** The member has a row in the period. False: it is looked at because something was said about it, and is gone since. */
  readonly present: boolean;
  /** How many members the budget has in this period. */
  readonly memberCount: number;
  /** The sum of every known day, today's partial one included; of a level the largest day. */
  readonly spent: Amount;
  /** Ascending. */
  readonly reached: readonly Threshold[];
  readonly atLimit: boolean;
  /** Days of the period, none after today, that were never read. */
  readonly missingDays: readonly CalendarDate[];
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

/** `totals` by series. Sorted by budget id, then period, then member. */
export function evaluate(
  budgets: readonly StoredBudget[],
  totals: ReadonlyMap<string, MeasureTotals>,
  { latches, lastCheckAt }: Remembered,
  tick: Instant,
): Observation[] {
  const spokenOf = membersByPeriod(latches);
  const spendOf = spendByPeriod(totals, tick);
  const evaluatedPeriods = evaluatedPeriodsAt(tick);

  return [...budgets]
    .sort((a, b) => ascending(a.budget.id, b.budget.id))
    .flatMap((stored) =>
      evaluatedPeriods(stored).flatMap((period) =>
        observe(stored, period, spendOf(stored.budget, period), spokenOf(stored.budget, period), {
          tick,
          lastCheckAt,
        }),
      ),
    );
}

function observe(
  { budget: declared, limitLoweredAt }: StoredBudget,
  period: Period,
  spend: PeriodSpend,
  spokenMembers: ReadonlySet<string>,
  { tick, lastCheckAt }: { readonly tick: Instant; readonly lastCheckAt: Instant | null },
): Observation[] {
  const budget = budgetInPeriod(declared, period);
  const members = spend.byMember;
  const present = new Set(members.map(([member]) => member));
  const isExcepted = namedMatcherOf(budget.except);
  const vanished = [...spokenMembers].filter((member) => budget.each !== null && !present.has(member));
  const observation = (member: string, spent: Amount): Observation => {
    const own = budgetOfMember(budget, member);
    return {
      budget: own,
      period,
      open: tick < period.end,
      member,
      present: present.has(member),
      memberCount: members.length,
      spent,
      reached: own.thresholds.filter(({ amount }) => isReached(spent, amount)),
      atLimit: isReached(spent, own.limit),
      missingDays: spend.missingDays,
      known: spend.known,
      limitJustLowered:
        limitLoweredAt !== null &&
        limitLoweredAt >= period.start &&
        (lastCheckAt === null || lastCheckAt < limitLoweredAt),
    };
  };
  return [
    ...members.map(([member, spent]) => observation(member, spent)),
    ...vanished.filter((member) => !isExcepted(member)).map((member) => observation(member, ZERO_AMOUNT)),
  ];
}

/** About whom something was said: their rows may have been restated away entirely. */
function membersByPeriod(latches: readonly Latch[]): (budget: Budget, period: Period) => ReadonlySet<string> {
  const members = new Map<string, Set<string>>();
  for (const { key, announced } of latches) {
    const id = latchGroup(key);
    members.set(id, new Set([...(members.get(id) ?? []), ...announced.keys()]));
  }
  return (budget, period) => {
    const group = latchGroup({
      periodEnd: latchEndOf(period),
      budgetId: budget.id,
      shape: shapeOf(budget),
    });
    return members.get(group) ?? NOBODY;
  };
}

const NOBODY: ReadonlySet<string> = new Set();
