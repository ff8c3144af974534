// Reads a budget's period: after how long its spend starts from nothing again.
import { PERIOD_KINDS, type PeriodKind } from '../time/period.ts';
import { budgetError } from './budget-problem.ts';
import { described, type Field, placeOf } from './field.ts';
import type { Problem } from './problem.ts';
import { suggest } from './suggest.ts';

const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['day', 'daily'],
  ['annual', 'yearly'],
  ['annually', 'yearly'],
  ['1d', 'daily'],
  ['1w', 'weekly'],
  ['1m', 'monthly'],
  ['1y', 'yearly'],
]);

/** One of `PERIOD_KINDS`; all of them are in UTC. */
export function parsePeriod(field: Field, problems: Problem[]): PeriodKind | null {
  const { node } = field;
  const word = node.type === 'scalar' && node.valueType === 'string' ? node.text : null;
  const kind = PERIOD_KINDS.find((candidate) => candidate === word);
  if (kind !== undefined) return kind;
  const meant = word === null ? null : suggest(word, PERIOD_KINDS, SYNONYMS);
  const advice =
    meant === null ? `the periods are ${PERIOD_KINDS.join(', ')}.` : `did you mean \`${meant}\`?`;
  problems.push(
    budgetError('period-unknown', placeOf(field), `A period cannot be ${described(node)}: ${advice}`),
  );
  return null;
}
