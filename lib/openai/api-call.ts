// One request to OpenAI as the rest of this edge sees it: attempts, waits and deadlines are behind it.
import type { Dispatcher } from 'undici';
import type { SourceError } from '../spend/usage-source.ts';
import { formatInstant, type Instant, plusMs } from '../time/instant.ts';
import { usableKey } from './admin-key.ts';
import { parseErrorBody } from './error-body.ts';
import { type Asked, explainFailure, factsOf, requestIdIn } from './explain-failure.ts';
import type { Failure } from './failure.ts';
import { type Exchange, exchange } from './http-exchange.ts';
import { parseJsonText } from './json-text.ts';
import { createPacer, type Timing } from './pacer.ts';
import { decideRetry, MAX_SERVER_WAIT_MS } from './retry.ts';
import { sourceError } from './source-error.ts';

export interface ApiRequest extends Asked {
  readonly url: string;
  readonly hasCursor: boolean;
  readonly notFoundPasses: boolean;
  readonly maxBytes: number;
  readonly deadline: Instant;
}

export type ApiAnswer =
  | { readonly outcome: 'json'; readonly body: unknown; readonly requestId: string | null }
  | { readonly outcome: 'too-large' }
  /** `error` is for the caller who cannot ask anew. */
  | { readonly outcome: 'cursor-refused'; readonly error: SourceError };

/** @throws SourceError for everything that is not an answer */
export type ApiCall = (asked: ApiRequest) => Promise<ApiAnswer>;

export interface ApiCallOptions extends Timing {
  readonly dispatcher: Dispatcher;
  readonly adminKey: () => Promise<string>;
  readonly userAgent: string;
  readonly attemptTimeoutMs: number;
  readonly minIntervalMs: number;
  readonly random: () => number;
}

export function createApiCall(options: ApiCallOptions): ApiCall {
  const { now, sleep, random } = options;
  const pacer = createPacer(options, options.minIntervalMs);

  return async (asked) => {
    let lastFailure: Failure | null = null;
    for (let retriesDone = 0; ; retriesDone += 1) {
      const turn = await pacer.turn(asked.deadline, MAX_SERVER_WAIT_MS);
      if (!turn.go) {
        throw turn.because === 'deadline'
          ? deadlineError(asked, lastFailure)
          : coolingDownError(asked, turn.readyAt);
      }
      const key = usableKey(await options.adminKey());
      const timeLeftMs = asked.deadline - now();
      if (timeLeftMs <= 0) throw deadlineError(asked, lastFailure);
      const timeoutMs = Math.min(options.attemptTimeoutMs, timeLeftMs);
      const { url, maxBytes } = asked;
      const { dispatcher, userAgent } = options;
      const answer = readingOf(await exchange(dispatcher, { url, key, userAgent, timeoutMs, maxBytes }));
      if (answer.outcome === 'timed-out') {
        if (timeoutMs < options.attemptTimeoutMs) throw deadlineError(asked, lastFailure);
        lastFailure = { kind: 'no-answer', why: `no whole answer within ${timeoutMs} ms` };
      } else if (answer.outcome === 'failed') {
        lastFailure = answer.failure;
      } else {
        return answer;
      }

      const { notFoundPasses, hasCursor } = asked;
      const context = { retriesDone, notFoundPasses, hasCursor, now: now(), random: random() };
      const decision = decideRetry(lastFailure, context);
      if (decision.coolDownMs > 0) pacer.coolDown(plusMs(context.now, decision.coolDownMs));
      const attempts = retriesDone + 1;
      if (decision.action === 'fail') throw explainFailure(decision.code, lastFailure, asked, attempts);
      if (decision.action === 'ask-anew') {
        const error = explainFailure('openai-request-refused', lastFailure, asked, attempts);
        return { outcome: 'cursor-refused', error };
      }
      if (plusMs(now(), decision.waitMs) >= asked.deadline) throw deadlineError(asked, lastFailure);
      await sleep(decision.waitMs);
    }
  };
}

type Reading =
  | Extract<ApiAnswer, { outcome: 'json' | 'too-large' }>
  | { readonly outcome: 'timed-out' }
  | { readonly outcome: 'failed'; readonly failure: Failure };

/** The status decides before the body is looked at: an error must never read as "no data". */
function readingOf(result: Exchange): Reading {
  if (result.outcome === 'no-answer') {
    return { outcome: 'failed', failure: { kind: 'no-answer', why: result.why } };
  }
  if (result.outcome !== 'answer') return result;
  const { status, headers, text } = result;
  if (status < 200 || status >= 300) {
    return { outcome: 'failed', failure: { kind: 'refusal', status, headers, body: parseErrorBody(text) } };
  }
  const parsed = parseJsonText(text);
  return parsed.ok
    ? { outcome: 'json', body: parsed.value, requestId: requestIdIn(headers) }
    : { outcome: 'failed', failure: { kind: 'unreadable', status, headers, shape: parsed.shape } };
}

function deadlineError(asked: Asked, lastFailure: Failure | null): SourceError {
  const facts = lastFailure === null ? `GET ${asked.path}` : factsOf(lastFailure, asked);
  return sourceError(
    'openai-deadline',
    `This run's time ended before OpenAI had answered (${facts}). The next run goes on from what is stored; ` +
      'if that happens every time, give the run more time.',
  );
}

function coolingDownError(asked: Asked, until: Instant): SourceError {
  return sourceError(
    'openai-rate-limited',
    `OpenAI has asked for no requests before ${formatInstant(until)} (GET ${asked.path}). The next run after that tries again.`,
  );
}
