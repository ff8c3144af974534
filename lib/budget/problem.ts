// Something wrong with what people declared or with what a run met: a stable code, where it stands, what to do.

export interface Problem {
  readonly code: string;
  /** `budgets[2].limit`, `source.costs`, …; empty if the whole is meant. */
  readonly path: string;
  /** In the budgets file, counted from 1; `null` where there is no line. */
  readonly line: number | null;
  readonly message: string;
  /** A warning is shown and changes no exit code. */
  readonly severity: 'error' | 'warning';
}
