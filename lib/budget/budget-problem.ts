// The codes of everything that can be wrong with a declared budget, and how such a problem is made.
import type { Problem } from './problem.ts';

/** Stable: scripts match on these. Never rename one; add another. */
export type BudgetProblemCode =
  | 'setting-invalid'
  | 'wrong-type'
  | 'unknown-key'
  | 'missing-key'
  | 'duplicate-key'
  | 'budgets-empty'
  | 'budgets-too-many'
  | 'id-invalid'
  | 'id-duplicate'
  | 'name-invalid'
  | 'dimension-unknown'
  | 'dimension-unsupported'
  | 'member-invalid'
  | 'member-duplicate'
  | 'members-empty'
  | 'members-too-many'
  | 'each-with-scope'
  | 'except-without-each'
  | 'overrides-without-each'
  | 'overrides-too-many'
  | 'override-invalid'
  | 'measure-unknown'
  | 'limit-invalid'
  | 'period-unknown'
  | 'period-invalid'
  | 'period-too-long'
  | 'timezone-unknown'
  | 'planned-unknown'
  | 'planned-too-many'
  | 'thresholds-empty'
  | 'thresholds-too-many'
  | 'threshold-invalid'
  | 'threshold-duplicate'
  | 'threshold-absolute'
  | 'threshold-zero-limit'
  | 'severity-unknown'
  | 'notify-invalid'
  | 'labels-too-many'
  | 'label-invalid'
  | 'spec-invalid';

export interface Place {
  readonly path: string;
  readonly line: number | null;
}

/** An error leaves the budget out. `message` says what is wrong and how to write it right. */
export function budgetError(code: BudgetProblemCode, { path, line }: Place, message: string): Problem {
  return { code, path, line, message, severity: 'error' };
}

/** A warning keeps the budget, as the message says it was read. */
export function budgetWarning(code: BudgetProblemCode, { path, line }: Place, message: string): Problem {
  return { code, path, line, message, severity: 'warning' };
}

export function hasError(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
