// Reads the members of a dimension: one id, or a list of them.
import { type ScopeDimension, UNATTRIBUTED } from './budget.ts';
import { budgetError } from './budget-problem.ts';
import { described, type Field, placeOf, stringOf } from './field.ts';
import { pathOfItem } from './path-of.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';
import { textFault } from './text-fault.ts';

export const MAX_MEMBER_CHARACTERS = 200;
export const MAX_MEMBERS = 100;

/** How one writes a member of each dimension, and how it is called. */
const FORMS: Readonly<Record<ScopeDimension, readonly [what: string, example: string]>> = {
  project: ['project id', 'proj_abc'],
  user: ['user id', 'user-abc'],
  api_key: ['key id', 'key_abc'],
  model: ['model', 'gpt-5*'],
  line_item: ['line item', '"gpt-5, input"'],
  service_tier: ['service tier', 'default'],
  batch: ['value of batch', 'true'],
  size: ['size', '1024x1024'],
  source: ['source', 'image.generation'],
  context_level: ['context level', 'high'],
  vector_store: ['vector store id', 'vs_abc'],
  api_source: ['API source', 'agents_api'],
};

/** What is read, and how the whole entry may be written. */
interface Form {
  readonly dimension: ScopeDimension;
  readonly what: string;
  readonly example: string;
}

/** Sorted, since their order means nothing. `null` if anything is wrong with any of them. */
export function parseMembers(
  field: Field,
  dimension: ScopeDimension,
  problems: Problem[],
  example = `scope: { ${dimension}: ${FORMS[dimension][1]} }`,
): string[] | null {
  const form = { dimension, what: FORMS[dimension][0], example };
  const { node } = field;
  if (node.type === 'map') {
    const message = `${article(form.what)} or a list of them belongs here, not a map; write it like ${example}.`;
    problems.push(budgetError('wrong-type', placeOf(field), message));
    return null;
  }
  if (node.type === 'scalar') {
    const member = parseMember(field, form, problems);
    return member === null ? null : [member];
  }
  if (node.items.length === 0) {
    const message = `This list is empty: write it like ${example}, or leave the key out.`;
    problems.push(budgetError('members-empty', placeOf(field), message));
    return null;
  }
  if (node.items.length > MAX_MEMBERS) {
    const message = `This list has ${node.items.length} entries: use at most ${MAX_MEMBERS}.`;
    problems.push(budgetError('members-too-many', placeOf(field), message));
    return null;
  }
  return parseList(field.path, node.items, form, problems);
}

function parseList(
  path: string,
  items: readonly Field['node'][],
  form: Form,
  problems: Problem[],
): string[] | null {
  const members = new Set<string>();
  for (const [index, node] of items.entries()) {
    const item: Field = { node, path: pathOfItem(path, index) };
    const member = parseMember(item, form, problems);
    if (member === null) continue;
    if (members.has(member)) {
      problems.push(
        budgetError('member-duplicate', placeOf(item), `${quoted(member)} is in this list twice: keep one.`),
      );
    }
    members.add(member);
  }
  return members.size === items.length ? [...members].sort() : null;
}

function parseMember(field: Field, form: Form, problems: Problem[]): string | null {
  const { node } = field;
  const { dimension, what, example } = form;
  const isNothing = node.type === 'scalar' && (node.valueType === 'null' || node.text === '');
  if (isNothing) {
    const advice = `spend without ${dimension === 'project' ? 'a project' : 'one'} is "${UNATTRIBUTED}"`;
    const message = `${article(what)} belongs here, not ${described(node)}; ${advice}.`;
    problems.push(budgetError('member-invalid', placeOf(field), message));
    return null;
  }
  // YAML's own word for what it is; OpenAI's rows say the same in text.
  if (dimension === 'batch' && node.type === 'scalar' && node.valueType === 'boolean') return node.text;
  const member = stringOf(field, article(what), example, problems);
  if (member === null) return null;
  const fault = dimension === 'batch' ? batchFault(member) : textFault(member, MAX_MEMBER_CHARACTERS);
  if (fault === null) return member;
  problems.push(budgetError('member-invalid', placeOf(field), `The ${what} ${quoted(member)} ${fault}.`));
  return null;
}

function batchFault(member: string): string | null {
  return ['true', 'false', UNATTRIBUTED].includes(member) ? null : 'is neither true nor false';
}

function article(what: string): string {
  return `${/^[AEIOU]/i.test(what) && !what.startsWith('user') ? 'An' : 'A'} ${what}`;
}
