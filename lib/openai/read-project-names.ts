// Reads the names of all projects, archived ones too: labels for ids, never keys.
import { cleanName } from '../spend/clean-name.ts';
import { type ListReading, readList } from './read-list.ts';
import { PROJECTS_PATH, projectsUrl } from './request-url.ts';

/** Project id → name, cleaned for showing; projects without a visible name are absent. */
export async function readProjectNames(reading: ListReading): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for await (const { id, fields } of readList(reading, PROJECTS_PATH, projectsUrl)) {
    const name = typeof fields.name === 'string' ? cleanName(fields.name) : '';
    if (name !== '') names.set(id, name);
  }
  return names;
}
