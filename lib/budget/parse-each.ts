// Reads `each` and `except`: one budget for every member of a dimension, but for some.
import type { Measure } from '../spend/measure.ts';
import type { Scope, ScopeDimension } from './budget.ts';
import { budgetError } from './budget-problem.ts';
import { dimensionAdvice, dimensionOf, unsupportedAdvice } from './dimension-of.ts';
import { type Field, placeOf, stringOf } from './field.ts';
import { parseMembers } from './parse-members.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';

/**
 * `scope` is the budget's own, `null` if it has none or a wrong one: it cannot name members of the same dimension.
 * `measure` is `null` where it is wrong itself.
 */
export function parseEach(
  field: Field,
  scope: Scope | null,
  measure: Measure | null,
  problems: Problem[],
): ScopeDimension | null {
  const word = stringOf(field, '`each`', 'each: project', problems);
  if (word === null) return null;
  const dimension = dimensionOf(word, 'each');
  if (dimension === null) {
    const message = `${quoted(word)} is not a dimension that \`each\` can split: ${dimensionAdvice(word, 'each')}`;
    problems.push(budgetError('dimension-unknown', placeOf(field), message));
    return null;
  }
  const unsupported = measure === null ? null : unsupportedAdvice(measure, dimension, 'each');
  if (unsupported !== null) {
    problems.push(budgetError('dimension-unsupported', placeOf(field), unsupported));
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

/**
 * An empty list leaves nobody out. `each` is `null` where it is wrong, `undefined` where the budget has none. `null` if
 * anything is wrong.
 */
export function parseExcept(
  field: Field,
  each: ScopeDimension | null | undefined,
  problems: Problem[],
): string[] | null {
  if (each === undefined) {
    const message = '`except` leaves members out of `each`: add `each: project`, or remove `except`.';
    problems.push(budgetError('except-without-each', placeOf(field), message));
  }
  const { node } = field;
  if (node.type === 'list' && node.items.length === 0) return [];
  return parseMembers(field, each ?? 'project', problems, 'except: [proj_sandbox]');
}
