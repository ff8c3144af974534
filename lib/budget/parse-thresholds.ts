// Reads `thresholds`: the list of percentages and amounts at which a budget speaks.
import type { Amount } from '../money/amount.ts';
import type { Unit } from '../spend/catalogue.ts';
import type { Threshold } from './budget.ts';
import { budgetError } from './budget-problem.ts';
import { described, type Field, placeOf } from './field.ts';
import { parseThresholdEntry } from './parse-threshold-entry.ts';
import { pathOfItem } from './path-of.ts';
import type { Problem } from './problem.ts';
import { resolveThresholds } from './resolve-thresholds.ts';

const EXAMPLE = 'thresholds: [50%, 80%, 100%]';
export const MAX_THRESHOLDS = 20;

/** `limit` is `null` where the limit itself is wrong: then the entries are checked and `null` is returned. */
export function parseThresholds(
  field: Field,
  limit: Amount | null,
  unit: Unit | null,
  problems: Problem[],
): Threshold[] | null {
  const { node } = field;
  if (node.type !== 'list') {
    const message = `Thresholds are a list, not ${described(node)}; write it like ${EXAMPLE}.`;
    problems.push(budgetError('wrong-type', placeOf(field), message));
    return null;
  }
  if (node.items.length === 0) {
    const message = `The list is empty: write it like ${EXAMPLE}, or leave the key out for [80%, 100%].`;
    problems.push(budgetError('thresholds-empty', placeOf(field), message));
    return null;
  }
  if (node.items.length > MAX_THRESHOLDS) {
    const message = `The list has ${node.items.length} thresholds: use at most ${MAX_THRESHOLDS}.`;
    problems.push(budgetError('thresholds-too-many', placeOf(field), message));
    return null;
  }
  const declared = node.items.map((item, index) =>
    parseThresholdEntry({ node: item, path: pathOfItem(field.path, index) }, unit, problems),
  );
  const readable = declared.filter((threshold) => threshold !== null);
  return limit === null ? null : resolveThresholds(readable, limit, placeOf(field), problems);
}
