// Reads the names of all projects, archived ones too: labels for ids, never keys.
import { cleanName } from '../spend/clean-name.ts';
import type { Instant } from '../time/instant.ts';
import type { ApiCall } from './api-call.ts';
import type { BaseUrl } from './base-url.ts';
import { isJsonObject } from './json-text.ts';
import { isCursor, PROJECTS_PATH, projectsUrl } from './request-url.ts';
import { type AnswerOrigin, malformedAnswer, sourceError } from './source-error.ts';

/** 100,000 projects. */
const MAX_PAGES = 1_000;

/** Project id → name, cleaned for showing; projects without a visible name are absent. */
export async function readProjectNames(
  call: ApiCall,
  baseUrl: BaseUrl,
  maxBodyBytes: number,
  deadline: Instant,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const cursors = new Set<string>();
  let after: string | null = null;
  for (let pages = 1; pages <= MAX_PAGES; pages += 1) {
    const answer = await call({
      path: PROJECTS_PATH,
      scope: 'api.management.read',
      url: projectsUrl(baseUrl, after),
      // A refused `after` cannot be helped by asking anew.
      hasCursor: false,
      notFoundPasses: false,
      maxBytes: maxBodyBytes,
      deadline,
    });
    if (answer.outcome !== 'json') {
      throw sourceError(
        'openai-answer-too-large',
        `OpenAI's answer to GET ${PROJECTS_PATH} is larger than ${maxBodyBytes} bytes. Projects are shown by their ids.`,
      );
    }

    const origin = { path: PROJECTS_PATH, requestId: answer.requestId };
    const page = decodeProjects(answer.body, origin);
    for (const { id, name } of page.projects) {
      if (name !== '') names.set(id, name);
    }
    if (page.after === null) return names;
    after = page.after;
    if (cursors.has(after)) throw malformedAnswer(origin, 'last_id', 'repeats that of an earlier page');
    cursors.add(after);
  }
  throw malformedAnswer(
    { path: PROJECTS_PATH, requestId: null },
    'has_more',
    `is still true after ${MAX_PAGES} pages`,
  );
}

interface ProjectPage {
  readonly projects: readonly { readonly id: string; readonly name: string }[];
  /** `null` on the last page. */
  readonly after: string | null;
}

function decodeProjects(body: unknown, origin: AnswerOrigin): ProjectPage {
  if (!isJsonObject(body)) throw malformedAnswer(origin, 'the body', 'is not an object');
  if (!Array.isArray(body.data)) throw malformedAnswer(origin, 'data', 'is not a list');
  const data: readonly unknown[] = body.data;
  const projects = data.map((item, index) => {
    if (!isJsonObject(item) || typeof item.id !== 'string' || item.id === '') {
      throw malformedAnswer(origin, `data[${index}].id`, 'is not a text');
    }
    return { id: item.id, name: typeof item.name === 'string' ? cleanName(item.name) : '' };
  });

  if (typeof body.has_more !== 'boolean') {
    throw malformedAnswer(origin, 'has_more', 'is neither true nor false');
  }
  if (!body.has_more) return { projects, after: null };
  // Official examples show a `last_id` that no project of the page has: the last one's own id is then the cursor.
  const announced = projects.find(({ id }) => id === body.last_id);
  const last = announced ?? projects.at(-1);
  if (!isCursor(last?.id)) {
    throw malformedAnswer(origin, 'data', 'has no last project to go on after, although has_more is true');
  }
  return { projects, after: last.id };
}
