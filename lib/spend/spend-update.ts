// Decides what a successful or failed read does to a dataset: which days are new, doubted, forgotten or unchanged.
import { type DayRange, rangesOf } from '../time/day-range.ts';
import type { Instant } from '../time/instant.ts';
import { plusDays, type UtcDay, utcDayOf } from '../time/utc-day.ts';
import type { DayTable } from './day-table.ts';
import { dayTableText, hashOfText } from './day-table-text.ts';
import { covers, type ProjectFilter } from './project-filter.ts';
import { withRead } from './read-segments.ts';
import { MAX_RETENTION_DAYS } from './retention.ts';
import type { Root } from './root.ts';
import type { SpendUpdate } from './spend-store.ts';
import type { SourceError } from './usage-source.ts';

/**
 * Replaces whole days by what was read. A day that had rows and now comes back empty keeps them until a later tick
 * agrees: OpenAI's costs answer nothing for hours at times, and that must not read as nothing spent. `projects` are those
 * that OpenAI was asked about; `null`: all. What is older than `retentionDays` days is forgotten, and deleted by the next
 * commit.
 */
export function updateFromRead(
  root: Root,
  answered: ReadonlyMap<UtcDay, DayTable>,
  tick: Instant,
  run: string,
  sweepOrphans: boolean,
  projects: ProjectFilter = null,
  retentionDays = MAX_RETENTION_DAYS,
): SpendUpdate {
  const changed: Map<UtcDay, NonNullable<ReturnType<SpendUpdate['changed']['get']>>> = new Map();
  const doubted = new Map(root.doubted);
  for (const [day, table] of answered) {
    const hash = hashOfText(dayTableText(table));
    const before = root.days.get(day);
    if (before?.hash === hash) {
      doubted.delete(day);
      // The same rows, now known to be those of more projects.
      if (!covers(before.projects, projects)) {
        changed.set(day, { table, hash, changedAt: before.changedAt, projects });
      }
      continue;
    }
    if (before !== undefined && table.rowCount === 0) {
      const firstSeen = doubted.get(day);
      if (firstSeen === undefined || firstSeen >= tick) {
        doubted.set(day, firstSeen ?? tick);
        continue;
      }
    }
    doubted.delete(day);
    changed.set(day, { table, hash, changedAt: tick, projects });
  }

  const forgetBefore = plusDays(utcDayOf(tick), -retentionDays);
  return {
    run,
    changed,
    forgotten: [...root.days.keys()].filter((day) => day < forgetBefore && !changed.has(day)),
    reads: readsAfter(root, rangesOf(answered.keys(), MAX_RETENTION_DAYS), tick, forgetBefore),
    doubted: new Map([...doubted].filter(([day]) => day >= forgetBefore)),
    source: {
      lastSuccessAt: Math.max(root.source.lastSuccessAt ?? tick, tick) as Instant,
      failing: null,
    },
    sweepOrphans,
  };
}

/** The days stay as they are; the source is known to be failing, since when and why. */
export function updateFromFailure(
  root: Root,
  { code, message }: SourceError,
  tick: Instant,
  run: string,
): SpendUpdate {
  const before = root.source.failing;
  return {
    run,
    changed: new Map(),
    forgotten: [],
    reads: root.reads,
    doubted: root.doubted,
    source: {
      lastSuccessAt: root.source.lastSuccessAt,
      failing: { since: before?.since ?? tick, code, failures: (before?.failures ?? 0) + 1, hint: message },
    },
    sweepOrphans: false,
  };
}

function readsAfter(root: Root, ranges: readonly DayRange[], tick: Instant, forgetBefore: UtcDay) {
  let reads = root.reads.filter((segment) => segment.until > forgetBefore);
  for (const range of ranges) reads = withRead(reads, range, tick);
  return reads;
}
