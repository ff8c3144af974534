// Records what was held back because of a silence, once for each silence: while it lasts, later runs write nothing.
import { withSuppressions } from '../alert/claim-alerts.ts';
import { emptyLatch, type Latch, latchId } from '../alert/latch.ts';
import type { Suppression } from '../alert/suppress.ts';
import type { Problem } from '../budget/problem.ts';
import { elementAt } from '../lists/element-at.ts';
import type { Instant } from '../time/instant.ts';
import { mapInFlight } from './in-flight.ts';
import { ledgerProblem } from './ledger-problem.ts';
import type { RunState } from './run-state.ts';

const WRITES_IN_FLIGHT = 8;

/** What is not on record yet. A correction leaves no record: it is planned anew until it may be said. */
export function suppressionsByLatch(suppressed: readonly Suppression[]): Map<string, Suppression[]> {
  const news = suppressed.filter(({ intent }) => !intent.suppressedBefore && intent.reason !== 'correction');
  return Map.groupBy(news, ({ intent }) => latchId(intent.latchKey));
}

/**
 * Of a latch that this run has claimed, they were recorded with its outcomes. One that another run has claimed is left
 * for the next run: recording a silence is never urgent, and a refused write costs somebody's record.
 */
export async function recordSuppressions(
  suppressed: readonly Suppression[],
  latches: readonly Latch[],
  claimed: { readonly latches: readonly Latch[] },
  {
    organization,
    run,
    tick,
  }: { readonly organization: string; readonly run: string; readonly tick: Instant },
  { ledger }: Pick<RunState, 'ledger'>,
): Promise<{ readonly problems: readonly Problem[] }> {
  const known = new Map(latches.map((latch) => [latchId(latch.key), latch]));
  const busy = new Set(claimed.latches.map(({ key }) => latchId(key)));
  const due = [...suppressionsByLatch(suppressed)].filter(
    ([id]) => !busy.has(id) && (known.get(id)?.claim ?? null) === null,
  );
  const problems = await mapInFlight(WRITES_IN_FLIGHT, due, async ([id, suppressions]) => {
    const latch = known.get(id) ?? emptyLatch(elementAt(suppressions, 0).intent.latchKey);
    try {
      await ledger.write(organization, withSuppressions(latch, suppressions, tick), run);
      return [];
    } catch (error) {
      return [ledgerProblem('suppressions', latch, error)];
    }
  });
  return { problems: problems.flat() };
}
