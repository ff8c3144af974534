// The budget as it is for one member: with the limit that the member has of its own.
import type { Budget } from './budget.ts';

/** The budget itself where the member has none. */
export function budgetOfMember(budget: Budget, member: string): Budget {
  const own = budget.overrides.get(member);
  return own === undefined ? budget : { ...budget, ...own };
}
