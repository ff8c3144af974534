// The windows that a rolling budget has left behind: whether one of them was low decides what may be said anew.
import { type Instant, plusMs } from '../time/instant.ts';
import { type Period, periodOf } from '../time/period.ts';
import type { PeriodRule } from '../time/period-rule.ts';
import { plusDays } from '../time/utc-day.ts';
import { dateIn, startOfDateIn } from '../time/zone.ts';

/** Figures take some three days to settle; the other windows are for runs that did not take place. */
export const PAST_WINDOWS = 10;

/** Windows that ended with one of the last `PAST_WINDOWS` days before today, the newest first; none of other rules. */
export function pastWindows(rule: PeriodRule, tick: Instant): Period[] {
  if (rule.kind !== 'rolling') return [];
  const today = dateIn(rule.zone, tick);
  return Array.from({ length: PAST_WINDOWS }, (_, daysAgo) => {
    const end = startOfDateIn(rule.zone, plusDays(today, -daysAgo));
    return periodOf(rule, plusMs(end, -1));
  }).filter((window) => window !== null);
}
