// Reads a budget's id: the name that alerts, keys and files know it by.
import { budgetError } from './budget-problem.ts';
import { type Field, placeOf, stringOf } from './field.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';

const MAX_CHARACTERS = 64;
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Ids are part of alert ids and of database keys, so they hold nothing that would need escaping there. */
export function parseId(field: Field, problems: Problem[]): string | null {
  const id = stringOf(field, 'An id', 'id: org-monthly', problems);
  if (id === null || ID.test(id)) return id;
  const rule = `an id has 1 to ${MAX_CHARACTERS} letters (A-Z, a-z), digits, "_" and "-"`;
  const near = nearestId(id);
  const advice = near === null ? '' : `, for example ${near}`;
  problems.push(
    budgetError('id-invalid', placeOf(field), `${quoted(id)} cannot be an id: ${rule}${advice}.`),
  );
  return null;
}

function nearestId(text: string): string | null {
  const near = text
    .slice(0, MAX_CHARACTERS)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return ID.test(near) ? near : null;
}
