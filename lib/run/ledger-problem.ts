// A ledger write that failed, as a problem: the other latches of the run go on.
import { type Latch, latchId } from '../alert/latch.ts';
import type { Problem } from '../budget/problem.ts';
import { BudgetAlertsError } from '../errors.ts';

/** Rethrows what is no failure of the ledger but a defect. */
export function ledgerProblem(code: 'claim-failed' | 'record-failed', latch: Latch, error: unknown): Problem {
  if (!(error instanceof BudgetAlertsError)) throw error;
  const effect =
    code === 'claim-failed'
      ? 'Its alerts were not sent; a later run sends them.'
      : 'Its alerts were sent and could not be recorded, so a later run may send them again.';
  return {
    code,
    path: '',
    line: null,
    message: `${latchId(latch.key)}: ${error.message} ${effect}`,
    severity: 'error',
  };
}
