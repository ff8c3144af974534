// The budget as it is for one member: with the limit that the member has of its own.
import type { Budget } from './budget.ts';
import { matcherOf } from './scope-match.ts';

/** The budget itself where the member has none. */
export function budgetOfMember(budget: Budget, member: string): Budget {
  const own = budget.overrides.get(member);
  return own === undefined ? budget : { ...budget, ...own };
}

/** Whether `each` leaves the member out; spend of no member goes by the word that stands for it. */
export function isExcepted(budget: Budget, member: string): boolean {
  return matcherOf(budget.except)(member);
}
