// How fast a period's budget is being spent, from days that OpenAI has finished with and from what newer ones have brought.
import { dayZoneOfBudget } from '../budget/budget-series.ts';
import { type Amount, addAmounts, amountOfUnits, sumAmounts } from '../money/amount.ts';
import { dayAfter, firstDayOf } from '../time/period.ts';
import { daysBetween } from '../time/utc-day.ts';
import type { Observation } from './evaluate.ts';
import type { SummedDay } from './summed-days.ts';

export interface Pace {
  /** Cut to 10^-40. */
  readonly perDay: Amount;
  /** What the period comes to at this pace; what is spent already at least. */
  readonly byEnd: Amount;
}

/** One day is no pace. */
const LEAST_DAYS = 2;

/**
 * The mean of the settled days, or of all days that have begun where that is more. Today and yesterday still grow, so
 * that what they have not brought says nothing, but what they have brought is spent: a job that ran away yesterday must not
 * read as the calm of the weeks before. `null` where too little is known, or on the last day; a day that was never read
 * makes every mean too low, and a rolling window has no end to come to.
 */
export function paceOf(
  days: readonly SummedDay[],
  { budget, period, spent }: Pick<Observation, 'budget' | 'period' | 'spent'>,
): Pace | null {
  if (period.kind === 'rolling') return null;
  const settled = days.filter(({ provisional }) => !provisional).map(({ amount }) => amount);
  const known = settled.filter((amount) => amount !== null);
  const growing = days.filter(({ provisional }) => provisional).flatMap(({ amount }) => amount ?? []);
  const dayZone = dayZoneOfBudget(budget);
  const periodDays = daysBetween(firstDayOf(period, dayZone), dayAfter(period, dayZone));
  const daysToCome = periodDays - known.length - growing.length;
  if (known.length < LEAST_DAYS || known.length < settled.length || daysToCome <= 0) return null;
  const [settledSum, growingSum] = [sumAmounts(known), sumAmounts(growing)];
  const calm = { sum: settledSum, days: BigInt(known.length) };
  const begun = { sum: addAmounts(settledSum, growingSum), days: BigInt(known.length + growing.length) };
  const rate = begun.sum * calm.days > calm.sum * begun.days ? begun : calm;
  const during = (count: number): Amount => amountOfUnits((rate.sum * BigInt(count)) / rate.days);
  const grown = during(growing.length + daysToCome);
  const further = addAmounts(growingSum, during(daysToCome));
  const byEnd = addAmounts(settledSum, grown > further ? grown : further);
  return { perDay: during(1), byEnd: byEnd > spent ? byEnd : spent };
}
