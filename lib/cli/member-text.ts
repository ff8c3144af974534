// A project for people: its name where it has one, its id where they need it, and nothing that moves a cursor.
import { plainText } from './plain-text.ts';

/** `Search`, or the id where no name is known. */
export function memberText(member: string, names: ReadonlyMap<string, string>): string {
  return plainText(names.get(member) ?? '') || plainText(member);
}

/** `Search (proj_a)` */
export function memberWithIdText(member: string, names: ReadonlyMap<string, string>): string {
  const text = memberText(member, names);
  return text === plainText(member) ? text : `${text} (${plainText(member)})`;
}
