// Reads a budget's period: after how long, and from when, its spend starts from nothing again.
import { type CalendarKind, PERIOD_KINDS, type PeriodRule, plainRule } from '../time/period-rule.ts';
import { budgetError } from './budget-problem.ts';
import { described, type Field, placeOf, wordIn } from './field.ts';
import { fieldsOf, type Vocabulary } from './fields-of.ts';
import { parseFixedPeriod } from './parse-fixed-period.ts';
import { parsePeriodStart, type StartableKind } from './parse-period-start.ts';
import { parseRollingPeriod } from './parse-rolling-period.ts';
import type { Problem } from './problem.ts';
import type { MapNode } from './source-node.ts';
import { suggest } from './suggest.ts';

const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['day', 'daily'],
  ['annual', 'yearly'],
  ['annually', 'yearly'],
  ['1d', 'daily'],
  ['1w', 'weekly'],
  ['1m', 'monthly'],
  ['1y', 'yearly'],
  ['rolling', '{ rolling: 7d }'],
  ['fiscal', '{ yearly: { startMonth: april } }'],
]);

const ROLLING_LENGTH = /^\d{1,4}d$/;
const EXAMPLES = '{ monthly: { startDay: 15 } }, { rolling: 7d } and { from: 2026-11-01, to: 2026-12-01 }';
const STARTABLE: readonly StartableKind[] = ['weekly', 'monthly', 'quarterly', 'yearly'];

const VOCABULARY: Vocabulary = {
  owner: 'a period',
  keys: [...STARTABLE, 'rolling', 'from', 'to'],
  synonyms: new Map([
    ['daily', 'period: daily'],
    ['start', 'from'],
    ['since', 'from'],
    ['end', 'to'],
    ['until', 'to'],
    ['last', 'rolling'],
    ['startday', 'monthly: { startDay: 15 }'],
    ['startmonth', 'yearly: { startMonth: april }'],
  ]),
};

/** `zone` is `null` where the timezone is wrong: then the period is checked and `null` is returned. */
export function parsePeriod(field: Field, zone: string | null, problems: Problem[]): PeriodRule | null {
  const { node } = field;
  const rule = node.type === 'map' ? ruleOfMap({ ...field, node }, problems) : ruleOfWord(field, problems);
  return rule === null || zone === null ? null : { ...rule, zone };
}

function ruleOfWord(field: Field, problems: Problem[]): PeriodRule | null {
  const { node } = field;
  const word = wordIn(node);
  const kind = PERIOD_KINDS.find((candidate): candidate is CalendarKind => candidate === word);
  if (kind !== undefined) return plainRule(kind);
  const meant = word === null ? null : (suggest(word, PERIOD_KINDS, SYNONYMS) ?? meantWindow(word));
  const advice =
    meant === null
      ? `the periods are ${PERIOD_KINDS.join(', ')}, and others like ${EXAMPLES}.`
      : `did you mean \`${meant}\`?`;
  problems.push(
    budgetError('period-unknown', placeOf(field), `A period cannot be ${described(node)}: ${advice}`),
  );
  return null;
}

function meantWindow(word: string): string | null {
  return ROLLING_LENGTH.test(word) ? `{ rolling: ${word} }` : null;
}

function ruleOfMap(field: Field & { readonly node: MapNode }, problems: Problem[]): PeriodRule | null {
  const { present, misspelt } = fieldsOf(field.node, field.path, VOCABULARY, problems);
  const [first, second] = present;
  if (first === undefined) {
    if (field.node.entries.length === 0) problems.push(oneOf(field, 'is empty'));
    return null;
  }
  const [name, value] = first;
  const isFixed = (key: string): boolean => key === 'from' || key === 'to';
  if ([...present.keys()].every(isFixed)) return parseFixedPeriod(field, present, misspelt, problems);
  if (second !== undefined) {
    problems.push(oneOf(field, `has both ${name} and ${second[0]}`));
    return null;
  }
  const kind = STARTABLE.find((candidate) => candidate === name);
  return kind === undefined ? parseRollingPeriod(value, problems) : parsePeriodStart(kind, value, problems);
}

function oneOf(field: Field, what: string): Problem {
  const message = `The period ${what}: it is one of ${PERIOD_KINDS.join(', ')}, ${EXAMPLES}.`;
  return budgetError('period-invalid', placeOf(field), message);
}
