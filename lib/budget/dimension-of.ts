// The dimensions that budgets can be scoped by or split into, and what people write for them.
import { CATALOGUE, type SpendKind } from '../spend/catalogue.ts';
import { DIMENSION_WORDS, wordOfField } from '../spend/dimension-word.ts';
import type { Measure } from '../spend/measure.ts';
import type { ScopeDimension } from './budget.ts';
import { suggest } from './suggest.ts';

/** Those of which a budget for each member makes sense: others have a handful of values at most. */
export const SPLITTABLE: readonly ScopeDimension[] = ['project', 'user', 'api_key', 'model', 'line_item'];

const SYNONYMS: ReadonlyMap<string, ScopeDimension> = new Map([
  ['key', 'api_key'],
  ['keys', 'api_key'],
  ['item', 'line_item'],
  ['tier', 'service_tier'],
  ...DIMENSION_WORDS.flatMap((word): [string, ScopeDimension][] => [
    [`${word}_id`, word],
    [`${word}_ids`, word],
    [`${word}s`, word],
  ]),
]);

/** `each` may split by fewer dimensions than a scope may name. */
export type DimensionUse = 'scope' | 'each';

export function dimensionOf(word: string, use: DimensionUse): ScopeDimension | null {
  return dimensionsFor(use).find((dimension) => dimension === word) ?? null;
}

/** What to do about a word that is no dimension: the end of a sentence. */
export function dimensionAdvice(word: string, use: DimensionUse): string {
  const dimensions = dimensionsFor(use);
  const near = suggest(word, dimensions, SYNONYMS);
  const meant = dimensions.find((dimension) => dimension === near);
  return meant === undefined
    ? `the dimensions that exist are: ${dimensions.join(', ')}.`
    : `did you mean \`${meant}\`?`;
}

/** In the order in which OpenAI groups by them. */
export function dimensionsOfKind(kind: SpendKind, use: DimensionUse): ScopeDimension[] {
  const dimensions = dimensionsFor(use);
  return CATALOGUE[kind].groupBy.map(wordOfField).filter((word) => dimensions.includes(word));
}

/** Why a budget on `measure` cannot look at `dimension`, and at what it can; `null` if it can. */
export function unsupportedAdvice(
  measure: Measure,
  dimension: ScopeDimension,
  use: DimensionUse,
): string | null {
  const supported = dimensionsOfKind(measure.kind, use);
  if (supported.includes(dimension)) return null;
  const how = use === 'scope' ? 'scoped' : 'split';
  const forModel = measure.kind === 'costs' && dimension === 'model';
  const advice = forModel ? '; the cost of a model is in its line items, like line_item: "gpt-5*"' : '';
  return `${measure.name} cannot be ${how} by ${dimension}: it can by ${supported.join(', ')}${advice}.`;
}

function dimensionsFor(use: DimensionUse): readonly ScopeDimension[] {
  return use === 'scope' ? DIMENSION_WORDS : SPLITTABLE;
}
