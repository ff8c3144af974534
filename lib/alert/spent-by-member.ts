// Splits spend by project into the members of a budget: whom a budget counts, in one place for sums and explanations.
import { type Budget, UNATTRIBUTED } from '../budget/budget.ts';
import { type Amount, addAmounts, ZERO_AMOUNT } from '../money/amount.ts';

/** Stands for the member where a budget has none. */
export const NO_MEMBER = '-';

/** Spend without a project under the name that stands for it. */
export function namedByProject(byProject: ReadonlyMap<string | null, Amount>): Map<string, Amount> {
  const named = new Map<string, Amount>();
  for (const [project, amount] of byProject) {
    const id = project ?? UNATTRIBUTED;
    named.set(id, addAmounts(named.get(id) ?? ZERO_AMOUNT, amount));
  }
  return named;
}

/** An `each` budget has the members that have a row, sorted; any other has one, which sums what is in its scope. */
export function spentByMember(budget: Budget, byProject: ReadonlyMap<string, Amount>): [string, Amount][] {
  if (budget.each !== null) {
    return [...byProject]
      .filter(([project]) => !budget.except.includes(project))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }
  const projects = budget.scope.project ?? [...byProject.keys()];
  const spent = projects.reduce(
    (sum, project) => addAmounts(sum, byProject.get(project) ?? ZERO_AMOUNT),
    ZERO_AMOUNT,
  );
  return [[NO_MEMBER, spent]];
}
