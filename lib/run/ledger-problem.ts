// A ledger write that failed, as a problem: the other latches of the run go on.
import { type Latch, latchId } from '../alert/latch.ts';
import type { Problem } from '../budget/problem.ts';
import { BudgetAlertsError } from '../errors.ts';

type Write = 'claim' | 'outcomes' | 'suppressions';

const FAILED: Readonly<Record<Write, { readonly code: string; readonly effect: string }>> = {
  claim: { code: 'claim-failed', effect: 'Its alerts were not sent; a later run sends them.' },
  outcomes: {
    code: 'record-failed',
    effect: 'Its alerts were sent and could not be recorded, so a later run may send them again.',
  },
  suppressions: {
    code: 'record-failed',
    effect: 'What a silence holds back could not be recorded; a later run records it.',
  },
};

/** Rethrows what is no failure of the ledger but a defect. */
export function ledgerProblem(write: Write, latch: Latch, error: unknown): Problem {
  if (!(error instanceof BudgetAlertsError)) throw error;
  const { code, effect } = FAILED[write];
  return {
    code,
    path: '',
    line: null,
    message: `${latchId(latch.key)}: ${error.message} ${effect}`,
    severity: 'error',
  };
}
