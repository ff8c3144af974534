// Reads where in the calendar a budget's weeks, months, quarters or years begin.
import { MONTHS, type PeriodRule, WEEKDAYS } from '../time/period-rule.ts';
import { UTC } from '../time/zone.ts';
import { budgetError } from './budget-problem.ts';
import { described, type Field, placeOf, textOf } from './field.ts';
import { fieldsOf } from './fields-of.ts';
import { pathOfKey } from './path-of.ts';
import type { Problem } from './problem.ts';
import { suggest } from './suggest.ts';

export type StartableKind = 'weekly' | 'monthly' | 'quarterly' | 'yearly';

interface Start {
  readonly key: 'startDay' | 'startMonth';
  readonly example: string;
}

const STARTS: Readonly<Record<StartableKind, Start>> = {
  weekly: { key: 'startDay', example: '{ weekly: { startDay: sunday } }' },
  monthly: { key: 'startDay', example: '{ monthly: { startDay: 15 } }' },
  quarterly: { key: 'startMonth', example: '{ quarterly: { startMonth: april } }' },
  yearly: { key: 'startMonth', example: '{ yearly: { startMonth: april } }' },
};

const DAY_OF_MONTH = /^([1-9]|[12]\d|3[01])$/;

/** In UTC: the caller knows the zone. */
export function parsePeriodStart(kind: StartableKind, field: Field, problems: Problem[]): PeriodRule | null {
  const { key, example } = STARTS[kind];
  const { node } = field;
  if (node.type !== 'map') {
    const message = `\`${kind}\` takes a map with ${key}, not ${described(node)}; write it like period: ${example}.`;
    problems.push(budgetError('wrong-type', placeOf(field), message));
    return null;
  }
  const vocabulary = { owner: `\`${kind}\``, keys: [key], synonyms: synonymsOf(key) };
  const { present, misspelt } = fieldsOf(node, field.path, vocabulary, problems);
  const start = present.get(key);
  if (start === undefined) {
    if (misspelt.has(key)) return null;
    const message = `The key ${key} is missing: write it like period: ${example}, or just period: ${kind}.`;
    problems.push(budgetError('missing-key', { path: pathOfKey(field.path, key), line: node.line }, message));
    return null;
  }
  return ruleOf(kind, start, problems);
}

function ruleOf(kind: StartableKind, start: Field, problems: Problem[]): PeriodRule | null {
  switch (kind) {
    case 'weekly': {
      const startDay = wordOf(start, WEEKDAYS, 'A week starts on a day', problems);
      return startDay === null ? null : { kind, startDay, zone: UTC };
    }
    case 'monthly': {
      const text = textOf(start.node);
      if (DAY_OF_MONTH.test(text)) return { kind, startDay: Number(text), zone: UTC };
      const message =
        `A month starts on a day from 1 to 31, not ${described(start.node)}; where it has no such day, ` +
        'it starts on its last.';
      problems.push(budgetError('period-invalid', placeOf(start), message));
      return null;
    }
    case 'quarterly':
    case 'yearly': {
      const month = wordOf(start, MONTHS, 'A year starts in a month', problems);
      return month === null ? null : { kind, startMonth: MONTHS.indexOf(month) + 1, zone: UTC };
    }
  }
}

function wordOf<Word extends string>(
  field: Field,
  words: readonly Word[],
  what: string,
  problems: Problem[],
): Word | null {
  const { node } = field;
  const text = textOf(node);
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  const meant = words[Number(text) - 1] ?? suggest(text, words);
  const advice = meant === null ? `: ${words.join(', ')}.` : `; did you mean \`${meant}\`?`;
  problems.push(budgetError('period-invalid', placeOf(field), `${what}, not ${described(node)}${advice}`));
  return null;
}

function synonymsOf(key: Start['key']): ReadonlyMap<string, string> {
  return new Map(['day', 'month'].map((word) => [word, key]));
}
