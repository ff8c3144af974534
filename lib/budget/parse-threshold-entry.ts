// Reads one entry of `thresholds`: the threshold alone, or with a severity and routes of its own.
import type { Unit } from '../spend/catalogue.ts';
import type { ThresholdVoice } from './budget.ts';
import { budgetError } from './budget-problem.ts';
import { described, type Field, placeOf, wordIn } from './field.ts';
import { fieldsOf, type Vocabulary } from './fields-of.ts';
import { parseNotify } from './parse-notify.ts';
import { type DeclaredThreshold, parseThreshold } from './parse-threshold.ts';
import { pathOfKey } from './path-of.ts';
import type { Problem } from './problem.ts';
import { SEVERITIES, type Severity } from './severity.ts';
import { suggest } from './suggest.ts';

const VOCABULARY: Vocabulary = {
  owner: 'a threshold',
  keys: ['at', 'severity', 'notify'],
  synonyms: new Map([
    ...['threshold', 'percent', 'amount', 'value', 'when'].map((word) => [word, 'at'] as const),
    ...['level', 'priority'].map((word) => [word, 'severity'] as const),
    ...['route', 'routes', 'channel', 'channels', 'to'].map((word) => [word, 'notify'] as const),
  ]),
};

const SEVERITY_SYNONYMS: ReadonlyMap<string, string> = new Map([['error', 'critical']]);

export type DeclaredEntry = DeclaredThreshold & { readonly voice: ThresholdVoice };

export function parseThresholdEntry(
  field: Field,
  unit: Unit | null,
  problems: Problem[],
): DeclaredEntry | null {
  const { node, path } = field;
  if (node.type !== 'map') {
    const threshold = parseThreshold(field, unit, problems);
    return threshold === null ? null : { ...threshold, voice: {} };
  }
  const { present, misspelt } = fieldsOf(node, path, VOCABULARY, problems);
  const at = present.get('at');
  if (at === undefined && !misspelt.has('at')) {
    const place = { path: pathOfKey(path, 'at'), line: node.line };
    const message = 'A threshold needs the amount it speaks at, like { at: 100%, severity: critical }.';
    problems.push(budgetError('missing-key', place, message));
  }
  const threshold = at === undefined ? null : parseThreshold(at, unit, problems);
  const severityField = present.get('severity');
  const severity = severityField === undefined ? null : parseSeverity(severityField, problems);
  const notifyField = present.get('notify');
  const notify = notifyField === undefined ? null : parseNotify(notifyField, problems);
  if (threshold === null) return null;
  const voice = { ...(severity !== null && { severity }), ...(notify !== null && { notify }) };
  return { ...threshold, voice };
}

function parseSeverity(field: Field, problems: Problem[]): Severity | null {
  const { node } = field;
  const word = wordIn(node);
  const severity = SEVERITIES.find((candidate) => candidate === word);
  if (severity !== undefined) return severity;
  const meant = word === null ? null : suggest(word, SEVERITIES, SEVERITY_SYNONYMS);
  const advice =
    meant === null ? `the severities are ${SEVERITIES.join(', ')}.` : `did you mean \`${meant}\`?`;
  problems.push(
    budgetError('severity-unknown', placeOf(field), `A severity cannot be ${described(node)}: ${advice}`),
  );
  return null;
}
