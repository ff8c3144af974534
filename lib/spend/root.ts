// A dataset's root: which version of which day counts, when each was last read, and how the source is doing.
import type { Instant } from '../time/instant.ts';
import type { UtcDay } from '../time/utc-day.ts';
import { covers, type ProjectFilter } from './project-filter.ts';
import type { ReadSegment } from './read-segments.ts';

/** One stored, immutable version of a day, named by the run that wrote it. */
export interface DayVersion {
  readonly run: string;
  /** A day of many rows is stored in several items. */
  readonly parts: number;
  /** First 12 hex digits of the SHA-256 of the day's canonical text. */
  readonly hash: string;
  /** The tick of the collect that first read this content. */
  readonly changedAt: Instant;
  /** The projects that it was read for: a budget on any other knows nothing of this day. */
  readonly projects: ProjectFilter;
}

export interface SourceFailure {
  readonly since: Instant;
  readonly code: string;
  readonly failures: number;
  /** What the client said to do: its own words, never a body of OpenAI's. */
  readonly hint: string;
}

export interface SourceHealth {
  /** `null` before the first success. */
  readonly lastSuccessAt: Instant | null;
  /** Set while the last read failed. */
  readonly failing: SourceFailure | null;
}

export interface Root {
  /** 0: nothing was ever committed. */
  readonly version: number;
  readonly days: ReadonlyMap<UtcDay, DayVersion>;
  readonly reads: readonly ReadSegment[];
  /** Ended days that had rows and came back empty, with the tick that first saw it: believed when a later one agrees. */
  readonly doubted: ReadonlyMap<UtcDay, Instant>;
  /** Sort keys of parts that the previous root named; the next commit deletes them. */
  readonly superseded: readonly string[];
  readonly source: SourceHealth;
}

/** Whether the day was read for all of `projects`. */
export function knowsDay({ days }: Pick<Root, 'days'>, day: UtcDay, projects: ProjectFilter): boolean {
  const version = days.get(day);
  return version !== undefined && covers(version.projects, projects);
}

export const NO_ROOT: Root = {
  version: 0,
  days: new Map(),
  reads: [],
  doubted: new Map(),
  superseded: [],
  source: { lastSuccessAt: null, failing: null },
};
