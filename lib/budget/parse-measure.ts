// Reads what a budget counts: `cost`, or a field of a usage kind.
import { SPEND_KINDS } from '../spend/catalogue.ts';
import { COST, MEASURES, type Measure, measuresOfKind } from '../spend/measure.ts';
import { budgetError } from './budget-problem.ts';
import { type Field, placeOf, stringOf } from './field.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';
import { suggest } from './suggest.ts';

const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ...['amount', 'costs.amount', 'dollars', 'money', 'price', 'spend', 'usd'].map(
    (word) => [word, 'cost'] as const,
  ),
  ...['tokens', 'completions', 'completions.tokens'].map(
    (word) => [word, 'completions.total_tokens'] as const,
  ),
  ...['requests', 'completions.requests'].map((word) => [word, 'completions.num_model_requests'] as const),
  ['embeddings', 'embeddings.input_tokens'],
  ['embeddings.total_tokens', 'embeddings.input_tokens'],
  ['moderations.total_tokens', 'moderations.input_tokens'],
  ['storage', 'vector_stores.usage_bytes'],
  ['vector_stores', 'vector_stores.usage_bytes'],
  ['web_search_calls', 'web_search_calls.num_requests'],
  ['file_search_calls', 'file_search_calls.num_requests'],
  ['code_interpreter_sessions', 'code_interpreter_sessions.num_sessions'],
  ['prompt_tokens', 'completions.input_tokens'],
  ['completion_tokens', 'completions.output_tokens'],
]);

/** `field` is `undefined` where the budget does not say: then it counts cost. */
export function parseMeasure(field: Field | undefined, problems: Problem[]): Measure | null {
  if (field === undefined) return COST;
  const name = stringOf(field, 'A measure', `measure: ${COST.name}`, problems);
  if (name === null) return null;
  const measure = MEASURES.get(name);
  if (measure !== undefined) return measure;
  const meant = meantMeasure(name);
  const advice = meant === null ? measuresAdvice(name) : `did you mean \`${meant}\`?`;
  problems.push(
    budgetError('measure-unknown', placeOf(field), `${quoted(name)} is not a measure: ${advice}`),
  );
  return null;
}

/** All of them would be a page: those of the kind that was named, else the kinds. */
function measuresAdvice(name: string): string {
  const kind = SPEND_KINDS.find((candidate) => name.split('.')[0] === candidate);
  if (kind === undefined) {
    const kinds = SPEND_KINDS.filter((candidate) => candidate !== 'costs').join(', ');
    return `it is cost, or a field of one of ${kinds}, like completions.total_tokens; docs/reference.md lists them.`;
  }
  return `the measures of ${kind} are ${measuresOfKind(kind)
    .map((measure) => measure.name)
    .join(', ')}.`;
}

/** OpenAI's field alone names the measure too, if the kind of usage is added. */
function meantMeasure(name: string): string | null {
  const names = [...MEASURES.keys()];
  return names.find((candidate) => candidate.endsWith(`.${name}`)) ?? suggest(name, names, SYNONYMS);
}
