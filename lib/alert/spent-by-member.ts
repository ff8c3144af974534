// Splits a series' sums into the members of a budget: whom a budget counts, in one place for sums and explanations.

import { type Budget, UNATTRIBUTED } from '../budget/budget.ts';
import { seriesDimensions } from '../budget/budget-series.ts';
import { isPattern, type Matches, matcherOf } from '../budget/scope-match.ts';
import { ascending } from '../lists/ascending.ts';
import { elementAt } from '../lists/element-at.ts';
import { type Amount, addAmounts, ZERO_AMOUNT } from '../money/amount.ts';
import { type Group, type Groups, groupKey } from '../spend/day-totals.ts';
import { wordOfField } from '../spend/dimension-word.ts';

/** Stands for the member where a budget has none. */
export const NO_MEMBER = '-';

/** An `each` budget has the members that have a row, sorted; any other has one, which sums what is in its scope. */
export function spentByMember(budget: Budget, groups: Groups): [string, Amount][] {
  const { each, except } = budget;
  const inScope = groupsInScope(budget, groups);
  if (each === null) return [[NO_MEMBER, sumOf(inScope)]];
  const position = seriesDimensions(budget).findIndex((field) => wordOfField(field) === each);
  const isExcepted = matcherOf(except);
  const spent = new Map<string, Amount>();
  for (const { members, amount } of inScope) {
    const id = elementAt(members, position);
    if (isExcepted(id)) continue;
    const member = id ?? UNATTRIBUTED;
    spent.set(member, addAmounts(spent.get(member) ?? ZERO_AMOUNT, amount));
  }
  return [...spent].sort(([a], [b]) => ascending(a, b));
}

function sumOf(groups: Iterable<Group>): Amount {
  let sum = ZERO_AMOUNT;
  for (const { amount } of groups) sum = addAmounts(sum, amount);
  return sum;
}

/** Two thousand budgets on a project each, of five thousand projects, must not look at every project each time. */
function groupsInScope(budget: Budget, groups: Groups): Iterable<Group> {
  const [values] = Object.values(budget.scope);
  if (values === undefined) return groups.values();
  const dimensions = seriesDimensions(budget);
  if (dimensions.length === 1 && !values.some(isPattern)) {
    return values
      .flatMap((value) => (value === UNATTRIBUTED ? [value, null] : [value]))
      .flatMap((member) => groups.get(groupKey([member])) ?? []);
  }
  const matchers = dimensions.map((field): Matches => {
    const wanted = budget.scope[wordOfField(field)];
    return wanted === undefined ? () => true : matcherOf(wanted);
  });
  return [...groups.values()].filter(({ members }) =>
    matchers.every((matches, position) => matches(elementAt(members, position))),
  );
}
