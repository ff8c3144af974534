// The days that an observation summed: what each brought, and how far each can be trusted.
import { dayZoneOfBudget } from '../budget/budget-series.ts';
import { type Amount, ZERO_AMOUNT } from '../money/amount.ts';
import type { MeasureTotals } from '../spend/daily-totals.ts';
import { knownDate } from '../spend/known-date.ts';
import type { Root } from '../spend/root.ts';
import type { CalendarDate } from '../time/calendar-date.ts';
import type { Instant } from '../time/instant.ts';
import { daysSoFar } from '../time/period.ts';
import type { UtcDay } from '../time/utc-day.ts';
import type { Observation } from './evaluate.ts';
import { knowsBudget } from './period-spend.ts';
import { spentByMember } from './spent-by-member.ts';

export interface SummedDay {
  readonly day: CalendarDate;
  /** `null`: the day was never read for all that the budget counts, which is not 0. */
  readonly amount: Amount | null;
  /** The tick of the collect that first read the day's present content, of whichever project. */
  readonly changedAt: Instant | null;
  readonly lastReadAt: Instant | null;
  /** May still change. */
  readonly provisional: boolean;
  /** Since when OpenAI has answered nothing for a day that had rows; they are kept until a later read agrees. */
  readonly doubtedSince: Instant | null;
}

/** The days of a member, whose amounts add up to what was evaluated, or of whose levels it is the largest. Each day is split up once, for all members. */
export function summedDays(
  { budget, period }: Pick<Observation, 'budget' | 'period'>,
  totals: MeasureTotals,
  root: Root,
  provisionalFrom: UtcDay,
  tick: Instant,
): (member: string) => SummedDay[] {
  const dayZone = dayZoneOfBudget(budget);
  const split = daysSoFar(period, tick, dayZone).map((day) => {
    const ofDay = totals.get(day);
    const { changedAt, lastReadAt, doubtedSince, utcDays } = knownDate(root, day, dayZone, tick);
    return {
      day,
      amounts:
        ofDay === undefined || !knowsBudget(ofDay, budget)
          ? null
          : new Map(spentByMember(budget, ofDay.groups)),
      changedAt,
      lastReadAt,
      provisional: utcDays.some((utcDay) => utcDay >= provisionalFrom),
      doubtedSince,
    };
  });
  return (member) =>
    split.map(({ amounts, ...day }) => {
      return { ...day, amount: amounts === null ? null : (amounts.get(member) ?? ZERO_AMOUNT) };
    });
}
