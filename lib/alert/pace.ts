// How fast a period's budget is being spent, from the days that OpenAI has finished with.
import { dayZoneOfBudget } from '../budget/budget-series.ts';
import { type Amount, addAmounts, amountOfUnits, ZERO_AMOUNT } from '../money/amount.ts';
import { dayAfter, firstDayOf } from '../time/period.ts';
import { daysBetween } from '../time/utc-day.ts';
import type { Observation } from './evaluate.ts';
import type { SummedDay } from './summed-days.ts';

export interface Pace {
  /** The mean of the days that are not provisional any more; cut to 10^-40. */
  readonly perDay: Amount;
  /** What the period comes to at this pace; what is spent already at least. */
  readonly byEnd: Amount;
}

/** One day is no pace. */
const LEAST_DAYS = 2;

/**
 * `null` where too little is known. Today is left out, and yesterday too: a day that still grows makes every mean too
 * low, and so would a day that was never read. A rolling window has no end to come to.
 */
export function paceOf(
  days: readonly SummedDay[],
  { budget, period, spent }: Pick<Observation, 'budget' | 'period' | 'spent'>,
): Pace | null {
  if (period.kind === 'rolling') return null;
  const settled = days.filter(({ provisional }) => !provisional).map(({ amount }) => amount);
  const known = settled.filter((amount) => amount !== null);
  const dayZone = dayZoneOfBudget(budget);
  const periodDays = daysBetween(firstDayOf(period, dayZone), dayAfter(period, dayZone));
  if (known.length < LEAST_DAYS || known.length < settled.length || periodDays <= settled.length) return null;
  const sum = known.reduce((total, amount) => addAmounts(total, amount), ZERO_AMOUNT);
  const perDay = amountOfUnits(sum / BigInt(known.length));
  const byEnd = amountOfUnits((sum * BigInt(periodDays)) / BigInt(known.length));
  return { perDay, byEnd: byEnd > spent ? byEnd : spent };
}
