// The port to OpenAI: daily buckets of one dataset, names for ids, and until when the admin key works.
import type { ErrorCode } from '../errors.ts';
import { BudgetAlertsError } from '../errors.ts';
import type { Amount } from '../money/amount.ts';
import type { DayRange } from '../time/day-range.ts';
import type { Instant } from '../time/instant.ts';
import type { Dataset } from './dataset.ts';
import type { KeyExpiry } from './key-expiry.ts';
import type { ProjectFilter } from './project-filter.ts';

/** Money is exact; a count stays the number that it was: whole, from 0 on and below 10^15. */
export type SourceValue = Amount | number;

/**
 * One result row. `dimensions` follows `rowDimensions(dataset)`, with `null` where OpenAI sent null, "" or nothing;
 * `values` follows `rowMeasures(dataset)`, with `null` where OpenAI sent nothing: unknown, which is not 0.
 */
export interface SourceRow {
  readonly dimensions: readonly (string | null)[];
  readonly values: readonly (SourceValue | null)[];
}

/** Takes the rows of a bucket as they arrive: a list keeps them all, a sum only itself. */
export interface RowSink {
  push(row: SourceRow): unknown;
}

/** Keeps every row. */
export function listOfRows(): SourceRow[] {
  return [];
}

/** A bucket as OpenAI sent it; `end` may lie in the future for the current day. */
export interface SourceBucket<Rows = readonly SourceRow[]> {
  readonly start: Instant;
  readonly end: Instant;
  readonly rows: Rows;
  /** Results of a kind that was not asked for, which nobody can count; absent where there are none. */
  readonly ignoredRows?: number;
}

export interface UsageSource {
  /**
   * The buckets of `range`, page by page, each when all of the page has come as it should; of some projects only where
   * `projects` names them. Days may be absent (unknown) or hold no rows (known to be nothing). A page may hold more rows
   * than fit in memory, so they go one by one into what `newRows` makes for each bucket. Stops with a SourceError
   * `openai-deadline` rather than work past `deadline` (real time).
   */
  pages<Rows extends RowSink>(
    dataset: Dataset,
    range: DayRange,
    deadline: Instant,
    newRows: () => Rows,
    projects?: ProjectFilter,
  ): AsyncIterable<readonly SourceBucket<Rows>[]>;
  /** Project id → name, archived ones too; projects without a name are absent. */
  projectNames(deadline: Instant): Promise<ReadonlyMap<string, string>>;
  /** User id → name, or the e-mail address of who has none. */
  userNames(deadline: Instant): Promise<ReadonlyMap<string, string>>;
  /**
   * Key id → name, of the keys in `projects`, which are asked one by one until all of `wanted` are found. What was found
   * when the time ended, or where a project is gone, is what there is.
   */
  apiKeyNames(
    projects: readonly string[],
    wanted: ReadonlySet<string>,
    deadline: Instant,
  ): Promise<ReadonlyMap<string, string>>;
  /**
   * Of the key that these requests are made with. `null`: it does not expire, or it cannot be told, since the key may
   * not list admin keys or is not in the list. A SourceError: OpenAI did not answer, and nothing is known anew.
   */
  keyExpiry(deadline: Instant): Promise<KeyExpiry | null>;
}

export type SourceErrorCode = Extract<ErrorCode, `openai-${string}`>;

/** Reading from OpenAI failed. The message names what to do, and never holds a body or a key. */
export class SourceError extends BudgetAlertsError {
  static override readonly name = 'SourceError';
  declare readonly code: SourceErrorCode;
  /** OpenAI's `x-request-id`, to quote to their support. */
  readonly requestId: string | null;

  constructor(
    code: SourceErrorCode,
    message: string,
    requestId: string | null = null,
    options?: ErrorOptions,
  ) {
    super(code, message, options);
    this.requestId = requestId;
  }
}
