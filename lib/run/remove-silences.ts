// The unsilence use case: removes one silence, all over a budget, or all there are.
import type { BudgetStore } from '../budget/budget-store.ts';
import { nearId } from '../budget/find-budget.ts';
import { quoted } from '../budget/quoted.ts';
import { activeSilences, overlap, type Silence } from '../budget/silence.ts';
import { BudgetAlertsError } from '../errors.ts';
import type { Instant } from '../time/instant.ts';

export interface RemovedSilences {
  /** Silences that were over among them. */
  readonly removed: readonly Silence[];
  /** Silences that stay and go on holding back some of what the removed ones held back. */
  readonly remaining: readonly Silence[];
}

/**
 * @param what a silence's id, or else a budget's, of which all silences go; `null`: every silence
 * @throws BudgetAlertsError `silence-unknown`: there is nothing to remove
 */
export async function removeSilences(
  what: string | null,
  { organization, tick }: { readonly organization: string; readonly tick: Instant },
  budgets: BudgetStore,
): Promise<RemovedSilences> {
  const { silences } = await budgets.active(organization);
  const removed = what === null ? silences : meantBy(what, silences);
  if (removed.length === 0) throw nothingFound(what, silences);
  for (const { id } of removed) await budgets.removeSilence(organization, id);
  const stay = activeSilences(silences, tick).filter((silence) => !removed.includes(silence));
  return { removed, remaining: stay.filter((silence) => removed.some((gone) => overlap(gone, silence))) };
}

function meantBy(what: string, silences: readonly Silence[]): readonly Silence[] {
  const exact = silences.filter(({ id }) => id === what);
  return exact.length > 0 ? exact : silences.filter(({ budgetId }) => budgetId === what);
}

function nothingFound(what: string | null, silences: readonly Silence[]): BudgetAlertsError {
  const ids = silences.map(({ id }) => id).sort();
  const budgetIds = silences.flatMap(({ budgetId }) => (budgetId === null ? [] : [budgetId]));
  const near = what === null ? null : nearId(what, [...ids, ...budgetIds]);
  const instead = ids.length === 0 ? 'nothing is silenced' : `there are ${ids.join(', ')}`;
  const advice = near === null ? instead : `did you mean ${near}?`;
  const message =
    what === null
      ? 'There is no silence to remove.'
      : `There is no silence ${quoted(what)}, and none over a budget of that name: ${advice}${near === null ? '.' : ''}`;
  return new BudgetAlertsError('silence-unknown', message);
}
