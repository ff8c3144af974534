// What people call a dimension: OpenAI's field without `_id`.
import { valueAt } from '../lists/value-at.ts';
import type { GroupDimension } from './catalogue.ts';

type WordOf<Field> = Field extends `${infer Word}_id` ? Word : Field;

/** `project`, `api_key`, `line_item`, … */
export type DimensionWord = WordOf<GroupDimension>;

const FIELDS = {
  project: 'project_id',
  user: 'user_id',
  api_key: 'api_key_id',
  model: 'model',
  line_item: 'line_item',
  service_tier: 'service_tier',
  batch: 'batch',
  size: 'size',
  source: 'source',
  context_level: 'context_level',
  vector_store: 'vector_store_id',
  api_source: 'api_source',
} as const satisfies { [Word in DimensionWord]: GroupDimension };

export const DIMENSION_WORDS = Object.keys(FIELDS) as readonly DimensionWord[];

const WORDS: ReadonlyMap<GroupDimension, DimensionWord> = new Map(
  DIMENSION_WORDS.map((word) => [FIELDS[word], word]),
);

export function fieldOfWord(word: DimensionWord): GroupDimension {
  return FIELDS[word];
}

export function wordOfField(field: GroupDimension): DimensionWord {
  return valueAt(WORDS, field);
}
