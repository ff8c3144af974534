// A budget: what people declared, parsed and free of nonsense.
import type { Amount } from '../money/amount.ts';
import type { Measure } from '../spend/measure.ts';
import type { PeriodRule } from '../time/period-rule.ts';
import type { Severity } from './severity.ts';

/** The member that stands for spend without a project (`project_id` null or empty). */
export const UNATTRIBUTED = 'unattributed';

/** A dimension as the file names it: OpenAI's field without `_id`. */
export type ScopeDimension = 'project';

/** Dimension → the values it may have, sorted; several dimensions are ANDed; empty is the whole organization. */
export type Scope = Readonly<Partial<Record<ScopeDimension, readonly string[]>>>;

/** What a threshold says differently from its budget. */
export interface ThresholdVoice {
  /** Absent: by the share of the limit. */
  readonly severity?: Severity;
  /** Routes instead of the budget's own. */
  readonly notify?: readonly string[];
}

export interface Threshold extends ThresholdVoice {
  /** Canonical: `80%`, or the absolute amount (`4500`). */
  readonly label: string;
  readonly amount: Amount;
}

export interface Budget {
  /** `[A-Za-z0-9_-]{1,64}` */
  readonly id: string;
  readonly name: string | null;
  readonly scope: Scope;
  /** One budget for each member of this dimension. */
  readonly each: ScopeDimension | null;
  /** Members that `each` leaves out, sorted. */
  readonly except: readonly string[];
  readonly measure: Measure;
  /** In the measure's unit; 0 is legal and is reached by anything above 0. */
  readonly limit: Amount;
  /** Period key → the limit of that period; only of a calendar's periods. */
  readonly planned: ReadonlyMap<string, Amount>;
  readonly period: PeriodRule;
  /** Ascending by amount, no amount twice, at least one. */
  readonly thresholds: readonly Threshold[];
  readonly labels: Readonly<Record<string, string>>;
  /** Routes on which the budget is heard; empty: the default one. */
  readonly notify: readonly string[];
}
