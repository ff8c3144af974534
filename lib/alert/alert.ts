// An alert: everything a message needs to say about one breach, fixed at the moment it was claimed.
import type { Severity } from '../budget/severity.ts';
import type { Unit } from '../spend/catalogue.ts';
import type { Instant } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import type { UtcDay } from '../time/utc-day.ts';

/** Why something is said, and why now. `test` is only ever on test messages. */
export type AlertReason =
  | 'first-breach'
  | 'higher-threshold'
  | 'limit-changed'
  | 'silence-expired'
  | 'correction'
  | 'test';

/** Part of the spend, named as people know it: a project, a line item or a model. */
export interface Contributor {
  readonly label: string;
  /** Exact decimal text in the alert's unit. */
  readonly amount: string;
  /**
   * What to compare it with: what it was in the same days of the period before, where today, which has not ended, counts
   * as it is now. `null`: not all of these days are known, or only today is in the period.
   */
  readonly previous: string | null;
}

/** A snapshot: it is stored with the claim and sent as it stands. Amounts are exact decimal texts in `unit`. */
export interface Alert {
  /** `<budget>#<period>#<shape>#<member>#<limit>:<threshold amount>`: content only, so any machine computes the same. */
  readonly id: string;
  readonly budgetId: string;
  readonly budgetName: string | null;
  /** The member of an `each` budget; `-` where the budget has none. */
  readonly member: string;
  /** The budget's scope, or the one member of an `each` budget. */
  readonly scope: Readonly<Record<string, string | readonly string[]>>;
  /** Ids of `scope` → names, where a name was known. */
  readonly names: Readonly<Record<string, string>>;
  readonly measure: string;
  readonly unit: Unit;
  readonly period: Period;
  readonly limit: string;
  readonly spent: string;
  /** Canonical: `80%` or the absolute amount. */
  readonly threshold: string;
  readonly thresholdAmount: string;
  /** Lower thresholds that this alert speaks for. */
  readonly supersedes: readonly { readonly threshold: string; readonly amount: string }[];
  readonly reason: AlertReason;
  readonly severity: Severity;
  /** The period had ended when the breach was found. */
  readonly late: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** The tick of the run that found it. */
  readonly asOf: Instant;
  /** Newest ended day that was read; `null` if none. Later days are partial. */
  readonly completeThrough: UtcDay | null;
  readonly contributors: readonly Contributor[];
  /** `null`: too little is known, or the period has ended. */
  readonly pace: { readonly perDay: string; readonly byEnd: string } | null;
  /** Sorted, at least one. */
  readonly routes: readonly string[];
}
