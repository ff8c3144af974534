// Reads `overrides`: members of an `each` budget that have a limit of their own.

import { ascending } from '../lists/ascending.ts';
import type { Amount } from '../money/amount.ts';
import type { Unit } from '../spend/catalogue.ts';
import type { Budget, MemberOverride } from './budget.ts';
import { budgetError } from './budget-problem.ts';
import { described, type Field, placeOf } from './field.ts';
import { fieldsOf, uniqueEntries, type Vocabulary } from './fields-of.ts';
import { parseLimitAmount } from './parse-limit.ts';
import { MAX_MEMBER_CHARACTERS } from './parse-members.ts';
import { pathOfKey } from './path-of.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';
import { thresholdsUnder } from './resolve-thresholds.ts';
import { isPattern, namedMatcherOf } from './scope-match.ts';
import { textFault } from './text-fault.ts';

const EXAMPLE = 'overrides: { proj_a: { limit: 500 } }';
export const MAX_OVERRIDES = 100;
const VOCABULARY: Vocabulary = { owner: 'an override', keys: ['limit'], synonyms: new Map() };

export interface OverridesContext {
  readonly eachIsDeclared: boolean;
  readonly except: readonly string[];
  readonly unit: Unit | null;
  /** The budget's own limit and thresholds, which are other amounts under a member's limit; `null` where they are wrong. */
  readonly own: Pick<Budget, 'limit' | 'thresholds'> | null;
}

/** Sorted by member. Overrides that are wrong are left out; `null` if nothing of it can be read. */
export function parseOverrides(
  field: Field,
  { eachIsDeclared, except, unit, own }: OverridesContext,
  problems: Problem[],
): Map<string, MemberOverride> | null {
  if (!eachIsDeclared) {
    const message = '`overrides` are for members of `each`: add `each: project`, or remove `overrides`.';
    problems.push(budgetError('overrides-without-each', placeOf(field), message));
  }
  const { node } = field;
  if (node.type !== 'map') {
    const message = `Overrides are a map, not ${described(node)}; write it like ${EXAMPLE}.`;
    problems.push(budgetError('wrong-type', placeOf(field), message));
    return null;
  }
  const entries = uniqueEntries(node, field.path, problems);
  if (entries.length > MAX_OVERRIDES) {
    const message = `There are ${entries.length} overrides: use at most ${MAX_OVERRIDES}.`;
    problems.push(budgetError('overrides-too-many', placeOf(field), message));
    return null;
  }
  const isExcepted = namedMatcherOf(except);
  const overrides: [string, MemberOverride][] = [];
  for (const { key, place, value } of entries) {
    const fault =
      memberFault(key) ?? (isExcepted(key) ? 'is left out by `except`: remove one of them' : null);
    if (fault !== null) {
      problems.push(budgetError('override-invalid', place, `The override for ${quoted(key)} ${fault}.`));
    }
    const limit = limitOf({ node: value, path: place.path }, unit, problems);
    if (fault === null && limit !== null && own !== null) {
      overrides.push([key, { limit, thresholds: thresholdsUnder(limit, own) }]);
    }
  }
  return new Map(overrides.sort(([a], [b]) => ascending(a, b)));
}

function memberFault(member: string): string | null {
  if (isPattern(member)) return 'cannot be for a pattern: name one member';
  return textFault(member, MAX_MEMBER_CHARACTERS);
}

function limitOf(field: Field, unit: Unit | null, problems: Problem[]): Amount | null {
  if (field.node.type !== 'map') {
    const message = `An override is a map with a limit, not ${described(field.node)}; write it like ${EXAMPLE}.`;
    problems.push(budgetError('wrong-type', placeOf(field), message));
    return null;
  }
  const { present, misspelt } = fieldsOf(field.node, field.path, VOCABULARY, problems);
  const limit = present.get('limit');
  if (limit !== undefined) return parseLimitAmount(limit, unit, problems);
  if (!misspelt.has('limit')) {
    const place = { path: pathOfKey(field.path, 'limit'), line: field.node.line };
    problems.push(budgetError('missing-key', place, `An override needs a limit, like ${EXAMPLE}.`));
  }
  return null;
}
