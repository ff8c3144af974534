// A budget: what people declared, parsed and free of nonsense.
import type { Amount } from '../money/amount.ts';
import type { DimensionWord } from '../spend/dimension-word.ts';
import type { Measure } from '../spend/measure.ts';
import type { PeriodRule } from '../time/period-rule.ts';
import type { Severity } from './severity.ts';

/** The member that stands for spend without one (`project_id` null or empty, and so for every dimension). */
export const UNATTRIBUTED = 'unattributed';

/** A dimension as the file names it: OpenAI's field without `_id`. */
export type ScopeDimension = DimensionWord;

/**
 * Dimension → the values it may have, sorted, `*` in them standing for any characters; several dimensions are ANDed; empty
 * is the whole organization.
 */
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

/** What one member of an `each` budget has of its own. */
export interface MemberOverride {
  readonly limit: Amount;
  /** Percentages follow the member's limit, amounts stay. */
  readonly thresholds: readonly Threshold[];
}

export interface Budget {
  /** `[A-Za-z0-9_-]{1,64}` */
  readonly id: string;
  readonly name: string | null;
  readonly scope: Scope;
  /** One budget for each member of this dimension. */
  readonly each: ScopeDimension | null;
  /** Members that `each` leaves out, sorted; `*` as in a scope. */
  readonly except: readonly string[];
  /** Member → what it has of its own. */
  readonly overrides: ReadonlyMap<string, MemberOverride>;
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
