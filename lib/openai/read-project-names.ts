// Reads the names of all projects, archived ones too: labels for ids, never keys.

import { type ListReading, readList } from './read-list.ts';
import { PROJECTS_PATH, projectsUrl } from './request-url.ts';
import { visibleName } from './visible-name.ts';

/** Project id → name, cleaned for showing; projects without a visible name are absent. */
export async function readProjectNames(reading: ListReading): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for await (const { id, fields } of readList(reading, PROJECTS_PATH, projectsUrl)) {
    const name = visibleName(fields.name);
    if (name !== '') names.set(id, name);
  }
  return names;
}
