// Reads `each` and `except`: one budget for every member of a dimension, but for some.
import type { Scope, ScopeDimension } from './budget.ts';
import { budgetError } from './budget-problem.ts';
import { dimensionAdvice, dimensionOf } from './dimension-of.ts';
import { type Field, placeOf, stringOf } from './field.ts';
import { parseMembers } from './parse-members.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';

/** `scope` is the budget's own, `null` if it has none or a wrong one: it cannot name members of the same dimension. */
export function parseEach(field: Field, scope: Scope | null, problems: Problem[]): ScopeDimension | null {
  const word = stringOf(field, '`each`', 'each: project', problems);
  if (word === null) return null;
  const dimension = dimensionOf(word);
  if (dimension === null) {
    const message = `${quoted(word)} is not a dimension that \`each\` can split: ${dimensionAdvice(word)}`;
    problems.push(budgetError('dimension-unknown', placeOf(field), message));
    return null;
  }
  if (scope?.[dimension] !== undefined) {
    const message =
      `\`each: ${dimension}\` makes a budget for every ${dimension}, so \`scope\` cannot name some as well: ` +
      `keep \`scope\` for one budget over those, or keep \`each\` and leave others out with \`except\`.`;
    problems.push(budgetError('each-with-scope', placeOf(field), message));
    return null;
  }
  return dimension;
}

/** An empty list leaves nobody out. `null` if anything is wrong. */
export function parseExcept(field: Field, eachIsDeclared: boolean, problems: Problem[]): string[] | null {
  if (!eachIsDeclared) {
    const message = '`except` leaves members out of `each`: add `each: project`, or remove `except`.';
    problems.push(budgetError('except-without-each', placeOf(field), message));
  }
  const { node } = field;
  if (node.type === 'list' && node.items.length === 0) return [];
  return parseMembers(field, 'except: [proj_sandbox]', problems);
}
