// The dimensions that budgets can be scoped by or split into, and what people write for them.
import type { ScopeDimension } from './budget.ts';
import { suggest } from './suggest.ts';

const SCOPE_DIMENSIONS: readonly ScopeDimension[] = ['project'];

const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['project_ids', 'project'],
  ['projects', 'project'],
]);

export function dimensionOf(word: string): ScopeDimension | null {
  return SCOPE_DIMENSIONS.find((dimension) => dimension === word) ?? null;
}

/** What to do about a word that is no dimension: the end of a sentence. */
export function dimensionAdvice(word: string): string {
  const meant = suggest(word, SCOPE_DIMENSIONS, SYNONYMS);
  return meant === null
    ? `the dimensions that exist are: ${SCOPE_DIMENSIONS.join(', ')}.`
    : `did you mean \`${meant}\`?`;
}
