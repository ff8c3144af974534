// Reads a budget's name, which is only shown to people.
import { budgetError } from './budget-problem.ts';
import { type Field, placeOf, stringOf } from './field.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';
import { textFault } from './text-fault.ts';

const MAX_CHARACTERS = 120;

/** Blanks around it are dropped, and composed characters (NFC) make equal names equal texts. */
export function parseName(field: Field, problems: Problem[]): string | null {
  const text = stringOf(field, 'A name', 'name: Whole organization', problems);
  if (text === null) return null;
  const name = text.normalize('NFC').trim();
  const fault = textFault(name, MAX_CHARACTERS);
  if (fault === null) return name;
  const advice = name === '' ? `${fault}: write some, or leave the key out` : fault;
  problems.push(budgetError('name-invalid', placeOf(field), `The name ${quoted(name)} ${advice}.`));
  return null;
}
