// Reads a budget's labels, which messages carry as SNS attributes so that subscribers can filter by them.
import { budgetError } from './budget-problem.ts';
import { described, type Field, placeOf, stringOf } from './field.ts';
import { uniqueEntries } from './fields-of.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';
import { textFault } from './text-fault.ts';

const EXAMPLE = 'labels: { team: platform }';
/** SQS takes at most ten attributes with a raw message, and drops one that has more; five are the message's own, and two more where there is room. */
export const MAX_LABELS = 5;
export const MAX_LABEL_CHARACTERS = 200;

/** SNS's own rule for attribute names: no period at either end and no two in a row. */
const KEY = /^(?=.{1,64}$)[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;
/** SNS keeps these for itself, in any case. */
const KEPT_BY_SNS = /^(?:aws|amazon)\./i;
/** Attributes that every message has of its own; and the one key that is no plain property in JavaScript. */
export const RESERVED_LABELS = new Set([
  'kind',
  'severity',
  'organization',
  'budgetId',
  'projectId',
  'route',
  'code',
  '__proto__',
]);

/** Labels that are wrong are left out; `null` if nothing of it can be read. */
export function parseLabels(field: Field, problems: Problem[]): Record<string, string> | null {
  const { node } = field;
  if (node.type !== 'map') {
    const message = `Labels are a map, not ${described(node)}; write it like ${EXAMPLE}.`;
    problems.push(budgetError('wrong-type', placeOf(field), message));
    return null;
  }
  const entries = uniqueEntries(node, field.path, problems);
  if (entries.length > MAX_LABELS) {
    const message = `There are ${entries.length} labels: use at most ${MAX_LABELS}.`;
    problems.push(budgetError('labels-too-many', placeOf(field), message));
    return null;
  }
  const labels: [string, string][] = [];
  for (const { key, place, value } of entries) {
    const fault = keyFault(key);
    if (fault !== null)
      problems.push(budgetError('label-invalid', place, `The label ${quoted(key)} ${fault}.`));
    const text = parseValue({ node: value, path: place.path }, problems);
    if (fault === null && text !== null) labels.push([key, text]);
  }
  return Object.fromEntries(labels);
}

function keyFault(key: string): string | null {
  if (RESERVED_LABELS.has(key)) return 'is reserved: choose another name';
  if (KEPT_BY_SNS.test(key)) return 'begins as names that SNS keeps for itself do: choose another name';
  if (KEY.test(key)) return null;
  return 'cannot be a key: use 1 to 64 letters, digits, "_" and "-", with single periods between them';
}

function parseValue(field: Field, problems: Problem[]): string | null {
  const text = stringOf(field, "A label's value", EXAMPLE, problems);
  if (text === null) return null;
  const fault = textFault(text, MAX_LABEL_CHARACTERS);
  if (fault === null) return text;
  problems.push(budgetError('label-invalid', placeOf(field), `The label value ${quoted(text)} ${fault}.`));
  return null;
}
