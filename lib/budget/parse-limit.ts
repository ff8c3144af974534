// Reads a budget's limit: how much of its measure a period may hold.
import type { Amount } from '../money/amount.ts';
import type { Unit } from '../spend/catalogue.ts';
import { budgetError } from './budget-problem.ts';
import { described, type Field, placeOf } from './field.ts';
import { isNumeral, parseUnitAmount } from './parse-unit-amount.ts';
import type { Problem } from './problem.ts';

/** In the measure's unit. 0 is legal: anything above it is then over the limit. */
export function parseLimit(field: Field, unit: Unit | null, problems: Problem[]): Amount | null {
  const { node } = field;
  if (node.type !== 'scalar' || !isNumeral(node)) {
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
