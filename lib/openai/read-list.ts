// Reads one of OpenAI's lists (projects, keys) to its end, page by page, and never in a circle.
import type { Instant } from '../time/instant.ts';
import type { ApiCall } from './api-call.ts';
import type { BaseUrl } from './base-url.ts';
import { jsonReader } from './body-reader.ts';
import { isJsonObject } from './json-text.ts';
import { isCursor } from './request-url.ts';
import { type AnswerOrigin, malformedAnswer, sourceError } from './source-error.ts';

/** 100,000 items. */
const MAX_PAGES = 1_000;

export interface ListReading {
  readonly call: ApiCall;
  readonly baseUrl: BaseUrl;
  readonly maxBodyBytes: number;
  readonly deadline: Instant;
}

export interface ListItem {
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Every item of the list at `path`; `urlAfter` gives the address of the page after an id, the first one for `null`.
 * @throws SourceError also for a list that does not end
 */
export async function* readList(
  { call, baseUrl, maxBodyBytes, deadline }: ListReading,
  path: string,
  urlAfter: (baseUrl: BaseUrl, after: string | null) => string,
): AsyncGenerator<ListItem, void, undefined> {
  const cursors = new Set<string>();
  let after: string | null = null;
  for (let pages = 1; pages <= MAX_PAGES; pages += 1) {
    const answer = await call({
      path,
      scope: 'api.management.read',
      url: urlAfter(baseUrl, after),
      // A refused `after` cannot be helped by asking anew.
      hasCursor: false,
      notFoundPasses: false,
      maxBytes: maxBodyBytes,
      deadline,
      newReader: jsonReader,
    });
    if (answer.outcome !== 'body') {
      throw sourceError(
        'openai-answer-too-large',
        `OpenAI's answer to GET ${path} is larger than ${maxBodyBytes} bytes and was not read. ` +
          'If it stays so, update openai-budget-alerts, or report it.',
      );
    }

    const origin = { path, requestId: answer.requestId };
    const page = decodePage(answer.body, origin);
    yield* page.items;
    if (page.after === null) return;
    after = page.after;
    if (cursors.has(after)) throw malformedAnswer(origin, 'last_id', 'repeats that of an earlier page');
    cursors.add(after);
  }
  throw malformedAnswer({ path, requestId: null }, 'has_more', `is still true after ${MAX_PAGES} pages`);
}

interface ListPage {
  readonly items: readonly ListItem[];
  /** `null` on the last page. */
  readonly after: string | null;
}

function decodePage(body: unknown, origin: AnswerOrigin): ListPage {
  if (!isJsonObject(body)) throw malformedAnswer(origin, 'the body', 'is not an object');
  if (!Array.isArray(body.data)) throw malformedAnswer(origin, 'data', 'is not a list');
  const data: readonly unknown[] = body.data;
  const items = data.map((item, index) => {
    if (!isJsonObject(item) || typeof item.id !== 'string' || item.id === '') {
      throw malformedAnswer(origin, `data[${index}].id`, 'is not a text');
    }
    return { id: item.id, fields: item };
  });

  if (typeof body.has_more !== 'boolean') {
    throw malformedAnswer(origin, 'has_more', 'is neither true nor false');
  }
  if (!body.has_more) return { items, after: null };
  // Official examples show a `last_id` that no item of the page has: the last one's own id is then the cursor.
  const announced = items.find(({ id }) => id === body.last_id);
  const last = announced ?? items.at(-1);
  if (!isCursor(last?.id)) {
    throw malformedAnswer(origin, 'data', 'has no last item to go on after, although has_more is true');
  }
  return { items, after: last.id };
}
