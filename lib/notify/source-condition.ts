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

const REASONS: Readonly<Record<string, string>> = {
  'openai-key-missing': 'there is no admin key',
  'openai-key-rejected': 'the admin key is rejected',
  'openai-scope-missing': 'the admin key lacks a permission',
  'openai-request-refused': 'the request is refused',
  'openai-not-found': 'the address does not exist',
  'openai-rate-limited': 'there are too many requests',
  'openai-billing': 'the billing of the organization is not settled',
  'openai-unavailable': 'OpenAI does not answer as it should',
  'openai-answer-malformed': 'what it answers cannot be counted',
  'openai-answer-too-large': 'a day of it is too large',
  'openai-deadline': 'it takes too long',
};

/** `null`: fresh, or failing for so short a time that it may pass by itself, as OpenAI's 5xx and 429 mostly do. */
export function sourceCondition(
  source: SourceState,
  tick: Instant,
  { failingAfterHours }: Settings,
): Condition | null {
  const { source: what, failing, completeThrough, lastSuccessAt } = source;
  const through =
    completeThrough === null
      ? 'No day has been read completely yet.'
      : `The data is complete through ${shortDay(completeThrough)}.`;
  const effect = `Budgets on ${what} do not move meanwhile, and no new breach of theirs is seen. ${through}`;
  if (failing !== null) {
    if (!NEEDS_PEOPLE.has(failing.code) && tick - failing.since < failingAfterHours * HOUR_MS) return null;
    const times = failing.failures === 1 ? 'once' : `${failing.failures} times`;
    return {
      code: 'SourceFailing',
      state: `failing ${failing.code}`,
      title: `OpenAI ${what} cannot be read: ${REASONS[failing.code] ?? failing.code}`,
      text: `Reading ${what} has failed ${times} since ${shortInstant(failing.since)} (${failing.code}): ${failing.hint}\n\n${effect}`,
    };
  }
  if (source.state !== 'stale') return null;
  return {
    code: 'SourceStale',
    state: 'stale',
    title: `The data of OpenAI ${what} is out of date`,
    text:
      `${what} were last read ${lastSuccessAt === null ? 'never' : `at ${shortInstant(lastSuccessAt)}`}, or a day that ended long ago is still missing. ` +
      `See whether the collector runs (its log group says why not).\n\n${effect}`,
  };
}
