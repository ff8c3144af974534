// Finds a stored budget by the id that somebody typed, or says which one they most likely meant.
import { BudgetAlertsError } from '../errors.ts';
import { valueAt } from '../lists/value-at.ts';
import type { StoredBudget, StoredBudgets } from './budget-store.ts';
import { quoted } from './quoted.ts';
import { suggest } from './suggest.ts';

const LISTED = 10;

/** @throws BudgetAlertsError `budget-unknown`, with a near id or with those that exist */
export function findBudget(id: string, { budgets }: Pick<StoredBudgets, 'budgets'>): StoredBudget {
  const found = budgets.find(({ budget }) => budget.id === id);
  if (found !== undefined) return found;
  const ids = budgets.map(({ budget }) => budget.id).sort();
  throw new BudgetAlertsError('budget-unknown', `There is no budget ${quoted(id)}${advice(id, ids)}`);
}

/** The one of `ids` (or names) that `text` is a slip of, whatever its case, blanks and dashes. */
export function nearId(text: string, ids: readonly string[]): string | null {
  const plain = new Map(ids.map((id) => [id.toLowerCase().replace(/[-\s]/g, '_'), id]));
  const near = suggest(text, [...plain.keys()]);
  return near === null ? null : valueAt(plain, near);
}

function advice(id: string, ids: readonly string[]): string {
  const near = nearId(id, ids);
  if (near !== null) return `; did you mean ${near}?`;
  if (ids.length === 0) return ': none is declared here. `budget-alerts apply FILE` declares some.';
  const others = ids.length - LISTED;
  return `. There are: ${ids.slice(0, LISTED).join(', ')}${others > 0 ? ` and ${others} more` : ''}.`;
}
