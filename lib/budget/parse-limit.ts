// Reads a budget's limit: how much of its measure a period may hold, and what is planned for certain periods.
import { ascending } from '../lists/ascending.ts';
import type { Amount } from '../money/amount.ts';
import type { Unit } from '../spend/catalogue.ts';
import type { PeriodRule } from '../time/period-rule.ts';
import { budgetError } from './budget-problem.ts';
import { described, type Field, placeOf } from './field.ts';
import { uniqueEntries } from './fields-of.ts';
import { parsePlannedKey } from './parse-planned-key.ts';
import { isNumeral, parseUnitAmount } from './parse-unit-amount.ts';
import { pathOfKey } from './path-of.ts';
import type { Problem } from './problem.ts';
import type { MapNode } from './source-node.ts';

export interface ParsedLimit {
  readonly limit: Amount;
  /** By period key, ascending. */
  readonly planned: ReadonlyMap<string, Amount>;
}

const DEFAULT = 'default';
const EXAMPLE = 'limit: { default: 5000, 2026-12: 8000 }';
/** A year of days, and the one before. */
export const MAX_PLANNED = 800;

/** `rule` is `null` where the period itself is wrong: then amounts are checked, and whose they are is not. */
export function parseLimit(
  field: Field,
  unit: Unit | null,
  rule: PeriodRule | null,
  problems: Problem[],
): ParsedLimit | null {
  const { node } = field;
  if (node.type === 'map') return plannedLimit({ ...field, node }, unit, rule, problems);
  const limit = parseLimitAmount(field, unit, problems);
  return limit === null ? null : { limit, planned: new Map() };
}

/** In the measure's unit. 0 is legal: anything above it is then over the limit. */
export function parseLimitAmount(field: Field, unit: Unit | null, problems: Problem[]): Amount | null {
  const { node } = field;
  if (!isNumeral(node)) {
    const message = `A limit is a number, not ${described(node)}; write it like limit: 5000.`;
    problems.push(budgetError('wrong-type', placeOf(field), message));
    return null;
  }
  const parsed = parseUnitAmount(node, unit);
  if (parsed.ok) return parsed.amount;
  const message = `A limit cannot be ${described(node)}: ${parsed.why}.`;
  problems.push(budgetError('limit-invalid', placeOf(field), message));
  return null;
}

function plannedLimit(
  field: Field & { readonly node: MapNode },
  unit: Unit | null,
  rule: PeriodRule | null,
  problems: Problem[],
): ParsedLimit | null {
  const entries = uniqueEntries(field.node, field.path, problems);
  if (entries.length > MAX_PLANNED) {
    const message = `There are ${entries.length} planned amounts: use at most ${MAX_PLANNED}.`;
    problems.push(budgetError('planned-too-many', placeOf(field), message));
    return null;
  }
  let limit: Amount | null = null;
  const planned: [string, Amount][] = [];
  for (const { key, place, value } of entries) {
    const known = key === DEFAULT || parsePlannedKey(key, place, rule, problems);
    const amount = parseLimitAmount({ node: value, path: place.path }, unit, problems);
    if (key === DEFAULT) limit = amount;
    else if (known && amount !== null) planned.push([key, amount]);
  }
  if (!entries.some(({ key }) => key === DEFAULT)) {
    const place = { path: pathOfKey(field.path, DEFAULT), line: field.node.line };
    const message = `A limit with planned amounts needs one for all other periods: write it like ${EXAMPLE}.`;
    problems.push(budgetError('missing-key', place, message));
  }
  if (limit === null) return null;
  return { limit, planned: new Map(planned.sort(([a], [b]) => ascending(a, b))) };
}
