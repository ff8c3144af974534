// Reads the names of all users: labels for ids, never keys.

import { type ListReading, readList } from './read-list.ts';
import { USERS_PATH, usersUrl } from './request-url.ts';
import { visibleName } from './visible-name.ts';

/** User id → name, else e-mail address, cleaned for showing; users without anything visible are absent. */
export async function readUserNames(reading: ListReading): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for await (const { id, fields } of readList(reading, USERS_PATH, usersUrl)) {
    const name = visibleName(fields.name) || visibleName(fields.email);
    if (name !== '') names.set(id, name);
  }
  return names;
}
