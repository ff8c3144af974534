// Reads the names of API keys, project by project, since OpenAI lists them in no other way.

import { SourceError } from '../spend/usage-source.ts';
import { type ListReading, readList } from './read-list.ts';
import { projectKeysPath, projectKeysUrl } from './request-url.ts';
import { visibleName } from './visible-name.ts';

/** A project that is gone, or that the key may not look into, has no say in what the others are called. */
const ONLY_THIS_PROJECT = new Set(['openai-not-found', 'openai-request-refused']);

/** Key id → name, cleaned for showing. Ends early when all of `wanted` are found or the time is over. */
export async function readApiKeyNames(
  reading: ListReading,
  projects: readonly string[],
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const missing = new Set(wanted);
  for (const project of projects) {
    if (missing.size === 0) break;
    try {
      const list = readList(reading, projectKeysPath(project), (baseUrl, after) =>
        projectKeysUrl(baseUrl, project, after),
      );
      for await (const { id, fields } of list) {
        missing.delete(id);
        const name = visibleName(fields.name);
        if (name !== '') names.set(id, name);
      }
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (error.code === 'openai-deadline') break;
      if (!ONLY_THIS_PROJECT.has(error.code)) throw error;
    }
  }
  return names;
}
