// Which days a collect asks OpenAI for: what is missing, what may still change, and once a week what may have been revised.
import { type DayRange, rangeHolds, rangesOf } from '../time/day-range.ts';
import { DAY_MS, type Instant } from '../time/instant.ts';
import { daysFrom, plusDays, type UtcDay, utcDayOf } from '../time/utc-day.ts';
import type { ProjectFilter } from './project-filter.ts';
import { lastReadOf } from './read-segments.ts';
import { knowsDay, type Root } from './root.ts';
import type { Settings } from './settings.ts';

const REVISION_EVERY_MS = 7 * DAY_MS;

/** Revisions go up and down for days; what a read finds as it was so long before stands. */
export const STANDS_AFTER_MS = 3 * DAY_MS;

export interface ReadPlan {
  /** One request each, at most `maxDaysPerRequest` days long: the one that holds today first, then the oldest. */
  readonly ranges: readonly DayRange[];
  /** The weekly reading of the longer past is part of it. */
  readonly revision: boolean;
}

/**
 * `needed`: days that some open or settling period holds, none after today. `projects`: those that they must be known
 * for.
 */
export function planReads(
  needed: ReadonlySet<UtcDay>,
  root: Root,
  tick: Instant,
  maxDaysPerRequest: number,
  { trailingDays, revisionDays }: Settings,
  projects: ProjectFilter = null,
): ReadPlan {
  const today = utcDayOf(tick);
  const tomorrow = plusDays(today, 1);
  const missing = [...needed].filter((day) => !knowsDay(root, day, projects));
  const trailing = daysFrom(plusDays(today, -trailingDays), tomorrow);
  const revisable = daysFrom(plusDays(today, -revisionDays), tomorrow).filter((day) => root.days.has(day));
  const unsettled = revisable.filter((day) => isDueToBeSeenAgain(root, day, tick));
  const revision = revisable.some((day) => {
    const lastRead = lastReadOf(root.reads, day);
    return lastRead !== null && tick - lastRead >= REVISION_EVERY_MS;
  });

  const ranges = rangesOf(
    [...missing, ...trailing, ...(revision ? revisable : unsettled)],
    maxDaysPerRequest,
  );
  const withToday = ranges.filter((range) => rangeHolds(range, today));
  const older = ranges.filter((range) => !rangeHolds(range, today));
  return { ranges: [...withToday, ...older], revision };
}

/** A change that is old enough to be believed, and that nobody has looked at since it was: one read settles it. */
function isDueToBeSeenAgain({ days, reads }: Root, day: UtcDay, tick: Instant): boolean {
  const changedAt = days.get(day)?.changedAt;
  const lastRead = lastReadOf(reads, day);
  if (changedAt === undefined || lastRead === null || tick - changedAt < STANDS_AFTER_MS) return false;
  return lastRead - changedAt < STANDS_AFTER_MS;
}
