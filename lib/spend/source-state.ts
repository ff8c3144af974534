// How far a source can be trusted at a tick: fresh, stale or failing, and through which day it is complete.
import { HOUR_MS, type Instant } from '../time/instant.ts';
import { endOfDay, plusDays, type UtcDay, utcDayOf } from '../time/utc-day.ts';
import { type Dataset, datasetId, sourceNameOf } from './dataset.ts';
import type { ProjectFilter } from './project-filter.ts';
import { completeThrough } from './read-segments.ts';
import { knowsDay, type Root, type SourceFailure } from './root.ts';
import type { Settings } from './settings.ts';

export interface SourceState {
  /** `costs`, a usage kind, or what another grouping of it is called: `costs by user`. */
  readonly source: string;
  /** `costs.1d#project_id,line_item` */
  readonly datasetId: string;
  /**
   * *failing*: the last read failed; *stale*: none succeeded for 6 hours, or an ended day has been missing for
   * 36. Neither counts before somebody has asked.
   */
  readonly state: 'fresh' | 'stale' | 'failing';
  /** The newest ended day that was read; `null` before the first. */
  readonly completeThrough: UtcDay | null;
  /** This day and later ones may still change. */
  readonly provisionalFrom: UtcDay;
  readonly failing: SourceFailure | null;
  readonly lastSuccessAt: Instant | null;
}

/** `needed`: the days that open and settling periods hold, with the instant since when a budget has asked for each. */
export function sourceStateOf(
  { dataset, projects }: { readonly dataset: Dataset; readonly projects: ProjectFilter },
  root: Root,
  needed: ReadonlyMap<UtcDay, Instant>,
  tick: Instant,
  { staleAfterHours, missingDayAfterHours }: Settings,
): SourceState {
  const { failing, lastSuccessAt } = root.source;
  const asked = [...needed.values()].reduce((first, since) => (since < first ? since : first), tick);
  const silent = tick - (lastSuccessAt ?? asked) > staleAfterHours * HOUR_MS;
  const gap = [...needed].some(([day, since]) => {
    const missingSince = Math.max(endOfDay(day), since);
    return !knowsDay(root, day, projects) && tick - missingSince > missingDayAfterHours * HOUR_MS;
  });
  return {
    source: sourceNameOf(dataset),
    datasetId: datasetId(dataset),
    state: failing !== null ? 'failing' : silent || gap ? 'stale' : 'fresh',
    completeThrough: completeThrough(root.reads),
    provisionalFrom: plusDays(utcDayOf(tick), -1),
    failing,
    lastSuccessAt,
  };
}
