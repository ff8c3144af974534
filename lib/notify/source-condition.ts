// When a source of spend is worth a word to operations: at once where only people can help, else once it has lasted.
import type { Condition } from '../alert/notice.ts';
import type { Settings } from '../spend/settings.ts';
import type { SourceState } from '../spend/source-state.ts';
import { HOUR_MS, type Instant } from '../time/instant.ts';
import { shortDay, shortInstant } from './period-name.ts';

/** Waiting helps none of these. */
const NEEDS_PEOPLE = new Set([
  'openai-key-missing',
  'openai-key-rejected',
  'openai-scope-missing',
  'openai-request-refused',
  'openai-not-found',
  'openai-billing',
  'openai-answer-malformed',
  'openai-answer-too-large',
]);

/** `null`: fresh, or failing for so short a time that it may pass by itself, as OpenAI's 5xx and 429 mostly do. */
export function sourceCondition(
  source: SourceState,
  tick: Instant,
  { failingAfterHours }: Settings,
): Condition | null {
  const { source: what, failing, completeThrough } = source;
  const effect =
    `Budgets on ${what} keep their last state, and their messages say as of when. ` +
    `The data is complete through ${completeThrough === null ? 'no day yet' : shortDay(completeThrough)}.`;
  if (failing !== null) {
    if (!NEEDS_PEOPLE.has(failing.code) && tick - failing.since < failingAfterHours * HOUR_MS) return null;
    const times = failing.failures === 1 ? 'once' : `${failing.failures} times`;
    return {
      code: 'SourceFailing',
      state: `failing ${failing.code}`,
      title: `OpenAI ${what} cannot be read: ${failing.code}`,
      text: `Reading ${what} has failed ${times} since ${shortInstant(failing.since)}: ${failing.hint}\n\n${effect}`,
    };
  }
  if (source.state !== 'stale') return null;
  return {
    code: 'SourceStale',
    state: 'stale',
    title: `OpenAI ${what} is stale`,
    text:
      `No reading of ${what} has succeeded for hours, or a day that ended long ago is still missing. ` +
      `See whether the collector runs (its log group says why not).\n\n${effect}`,
  };
}
