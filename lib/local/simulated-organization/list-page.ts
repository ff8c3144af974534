// One page of a list as OpenAI gives it: so many items after an id, and whether there are more.
import { type Answer, invalidParameter, jsonAnswer } from './api-answer.ts';
import type { ParameterReader } from './parameter-reader.ts';

const USUAL_LIMIT = 20;
const MAX_LIMIT = 100;

export interface ListWindow {
  readonly limit: number;
  readonly after: string | null;
}

export function readListWindow(read: ParameterReader): ListWindow {
  return { limit: read.integer('limit', 1, MAX_LIMIT) ?? USUAL_LIMIT, after: read.text('after') };
}

export function listPage<Item extends { readonly id: string }>(
  listed: readonly Item[],
  { limit, after }: ListWindow,
  objectOf: (item: Item) => object,
): Answer {
  const position = after === null ? 0 : listed.findIndex(({ id }) => id === after) + 1;
  if (after !== null && position === 0) {
    return invalidParameter('after', 'invalid_value', `Invalid 'after': no such id in this list.`);
  }
  const page = listed.slice(position, position + limit);
  return jsonAnswer(200, {
    object: 'list',
    data: page.map(objectOf),
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: position + limit < listed.length,
  });
}
