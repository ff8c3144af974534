// Reads a budget's scope: which part of the organization's spend it counts.
import type { Measure } from '../spend/measure.ts';
import type { Scope } from './budget.ts';
import { budgetError } from './budget-problem.ts';
import { dimensionAdvice, dimensionOf, unsupportedAdvice } from './dimension-of.ts';
import { described, type Field, placeOf } from './field.ts';
import { uniqueEntries } from './fields-of.ts';
import { parseMembers } from './parse-members.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';

const EXAMPLE = 'scope: { project: proj_abc }';

/** An empty map is the whole organization. `measure` is `null` where it is wrong itself. `null` if anything is wrong. */
export function parseScope(field: Field, measure: Measure | null, problems: Problem[]): Scope | null {
  const { node } = field;
  if (node.type !== 'map') {
    const message =
      `A scope is a map, not ${described(node)}; write it like ${EXAMPLE}, ` +
      'or leave it out for the whole organization.';
    problems.push(budgetError('wrong-type', placeOf(field), message));
    return null;
  }
  let scope: Scope | null = {};
  for (const { key, place, value } of uniqueEntries(node, field.path, problems)) {
    const dimension = dimensionOf(key, 'scope');
    if (dimension === null) {
      const message = `${quoted(key)} is not a dimension of a scope: ${dimensionAdvice(key, 'scope')}`;
      problems.push(budgetError('dimension-unknown', place, message));
    }
    const unsupported =
      dimension === null || measure === null ? null : unsupportedAdvice(measure, dimension, 'scope');
    if (unsupported !== null) problems.push(budgetError('dimension-unsupported', place, unsupported));
    const members = dimension && parseMembers({ node: value, path: place.path }, dimension, problems);
    scope = scope && members && dimension ? { ...scope, [dimension]: members } : null;
  }
  return scope;
}
