// What is known of a date of some zone: as much as of the least known of the UTC days in which it lies.
import type { CalendarDate } from '../time/calendar-date.ts';
import { type Instant, instantOfEpochMs } from '../time/instant.ts';
import type { UtcDay } from '../time/utc-day.ts';
import { utcDaysOf } from '../time/utc-days-of.ts';
import { commonProjects, type ProjectFilter } from './project-filter.ts';
import { lastReadOf } from './read-segments.ts';
import type { Root } from './root.ts';

export interface KnownDate {
  /** The tick of the collect that first read the newest of its content; `null`: a part of it was never read. */
  readonly changedAt: Instant | null;
  readonly lastReadAt: Instant | null;
  /** Since when OpenAI has answered nothing for a part of it that had rows. */
  readonly doubtedSince: Instant | null;
  /** The projects that all of it was read for. */
  readonly projects: ProjectFilter;
  /** Ascending, as far as they have begun. */
  readonly utcDays: readonly UtcDay[];
}

export function knownDate(
  { days, reads, doubted }: Pick<Root, 'days' | 'reads' | 'doubted'>,
  date: CalendarDate,
  zone: string,
  instant: Instant,
): KnownDate {
  const utcDays = utcDaysOf(zone, date, instant);
  const versions = utcDays.map((day) => days.get(day));
  return {
    changedAt: extreme(
      versions.map((version) => version?.changedAt ?? null),
      Math.max,
    ),
    lastReadAt: extreme(
      utcDays.map((day) => lastReadOf(reads, day)),
      Math.min,
    ),
    doubtedSince: extreme(
      utcDays.flatMap((day) => doubted.get(day) ?? []),
      Math.min,
    ),
    projects: versions.reduce<ProjectFilter>(
      (common, version) => commonProjects(common, version?.projects ?? null),
      null,
    ),
    utcDays,
  };
}

/** `null` of none, and if any is. */
function extreme(instants: readonly (Instant | null)[], of: (...values: number[]) => number): Instant | null {
  const known = instants.filter((instant) => instant !== null);
  return known.length === 0 || known.length < instants.length ? null : instantOfEpochMs(of(...known));
}
