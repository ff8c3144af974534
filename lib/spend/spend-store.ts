// The port to stored spend: read a snapshot, commit changed days, all of them visible at once or none.
import type { Instant } from '../time/instant.ts';
import type { UtcDay } from '../time/utc-day.ts';
import type { Dataset } from './dataset.ts';
import type { DayTable } from './day-table.ts';
import type { ReadSegment } from './read-segments.ts';
import type { Root, SourceHealth } from './root.ts';

/** What one root names: never a mixture of two commits. */
export interface SpendSnapshot {
  readonly root: Root;
  /** Days before this one were not read. */
  readonly fromDay: UtcDay;
  /** The day's rows, in as many tables as it has parts; `null` if the root does not know the day. Decoded on demand. */
  tablesOf(day: UtcDay): readonly DayTable[] | null;
}

/** A new state of a dataset. Days that the root already has with the same content are not in `changed`. */
export interface SpendUpdate {
  /** Names this commit's parts: random, used once. */
  readonly run: string;
  readonly changed: ReadonlyMap<
    UtcDay,
    { readonly table: DayTable; readonly hash: string; readonly changedAt: Instant }
  >;
  /** Days that the root forgets because they are older than anything asks for. */
  readonly forgotten: readonly UtcDay[];
  readonly reads: readonly ReadSegment[];
  readonly doubted: ReadonlyMap<UtcDay, Instant>;
  readonly source: SourceHealth;
  /** Also delete parts that neither the new root nor its `superseded` names: what dead runs left behind. */
  readonly sweepOrphans: boolean;
}

export type CommitResult =
  | { readonly committed: true; readonly root: Root }
  /** Another collect was faster; what this one wrote is garbage by name. */
  | { readonly committed: false };

export interface SpendStore {
  root(organization: string, dataset: Dataset): Promise<Root>;
  /** The snapshot of all days from `fromDay` on. */
  read(organization: string, dataset: Dataset, fromDay: UtcDay): Promise<SpendSnapshot>;
  /** Succeeds only if `root` is still the one that counts. */
  commit(organization: string, dataset: Dataset, root: Root, update: SpendUpdate): Promise<CommitResult>;
}
