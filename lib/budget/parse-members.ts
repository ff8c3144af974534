// Reads the members of a dimension: one id, or a list of them.
import { UNATTRIBUTED } from './budget.ts';
import { budgetError } from './budget-problem.ts';
import { described, type Field, placeOf, stringOf } from './field.ts';
import { pathOfItem } from './path-of.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';
import { textFault } from './text-fault.ts';

const MAX_CHARACTERS = 200;
const MAX_MEMBERS = 100;

/** Sorted, since their order means nothing. `null` if anything is wrong with any of them. */
export function parseMembers(field: Field, example: string, problems: Problem[]): string[] | null {
  const { node } = field;
  if (node.type === 'map') {
    const message = `A project id or a list of them belongs here, not a map; write it like ${example}.`;
    problems.push(budgetError('wrong-type', placeOf(field), message));
    return null;
  }
  if (node.type === 'scalar') {
    const member = parseMember(field, example, problems);
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
  return parseList(field.path, node.items, example, problems);
}

function parseList(
  path: string,
  items: readonly Field['node'][],
  example: string,
  problems: Problem[],
): string[] | null {
  const members = new Set<string>();
  let complete = true;
  for (const [index, node] of items.entries()) {
    const item: Field = { node, path: pathOfItem(path, index) };
    const member = parseMember(item, example, problems);
    if (member === null) {
      complete = false;
    } else if (members.has(member)) {
      complete = false;
      problems.push(
        budgetError('member-duplicate', placeOf(item), `${quoted(member)} is in this list twice: keep one.`),
      );
    } else {
      members.add(member);
    }
  }
  return complete ? [...members].sort() : null;
}

function parseMember(field: Field, example: string, problems: Problem[]): string | null {
  const { node } = field;
  const isNothing = node.type === 'scalar' && (node.valueType === 'null' || node.text === '');
  if (isNothing) {
    const advice = `spend without a project is "${UNATTRIBUTED}"`;
    const message = `A project id belongs here, not ${described(node)}; ${advice}.`;
    problems.push(budgetError('member-invalid', placeOf(field), message));
    return null;
  }
  const member = stringOf(field, 'A project id', example, problems);
  if (member === null) return null;
  const fault = textFault(member, MAX_CHARACTERS);
  if (fault === null) return member;
  problems.push(budgetError('member-invalid', placeOf(field), `The project id ${quoted(member)} ${fault}.`));
  return null;
}
