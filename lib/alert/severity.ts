// How bad it is: by the share of the limit that the reached threshold stands for.
import type { Severity } from '../budget/severity.ts';
import type { Amount } from '../money/amount.ts';

/** critical from 100 % of the limit, warning from 80 %, else info. Every breach of a limit of 0 is critical. */
export function severityOf(threshold: Amount, limit: Amount): Severity {
  if (threshold >= limit) return 'critical';
  return threshold * 100n >= limit * 80n ? 'warning' : 'info';
}
