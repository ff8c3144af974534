// One request to OpenAI as the rest of this edge sees it: attempts, waits and deadlines are behind it.
import type { Dispatcher } from 'undici';
import type { SourceError } from '../spend/usage-source.ts';
import { formatInstant, type Instant, plusMs } from '../time/instant.ts';
import { usableKey } from './admin-key.ts';
import type { BodyReader } from './body-reader.ts';
import { parseErrorBody } from './error-body.ts';
import { type Asked, explainFailure, factsOf, requestIdIn } from './explain-failure.ts';
import type { Failure } from './failure.ts';
import { type Exchange, exchange } from './http-exchange.ts';
import type { ReadText } from './json-text.ts';
import { createPacer, type Timing } from './pacer.ts';
import { decideRetry, MAX_SERVER_WAIT_MS } from './retry.ts';
import { sourceError } from './source-error.ts';

export interface ApiRequest<Body> extends Asked {
  readonly url: string;
  readonly hasCursor: boolean;
  readonly notFoundPasses: boolean;
  readonly maxBytes: number;
  readonly deadline: Instant;
  /** Makes what reads the body of an attempt. What it throws is thrown, and not tried again. */
  readonly newReader: (requestId: string | null) => BodyReader<ReadText<Body>>;
}

export type ApiAnswer<Body> =
  | { readonly outcome: 'body'; readonly body: Body; readonly requestId: string | null }
  | { readonly outcome: 'too-large' }
  /** `error` is for the caller who cannot ask anew. */
  | { readonly outcome: 'cursor-refused'; readonly error: SourceError };

/** @throws SourceError for everything that is not an answer */
export type ApiCall = <Body>(asked: ApiRequest<Body>) => Promise<ApiAnswer<Body>>;

export interface ApiCallOptions extends Timing {
  readonly dispatcher: Dispatcher;
  readonly adminKey: () => Promise<string>;
  readonly keyPlace: string;
  readonly userAgent: string;
  readonly attemptTimeoutMs: number;
  readonly minIntervalMs: number;
  readonly random: () => number;
}

export function createApiCall(options: ApiCallOptions): ApiCall {
  const { now, sleep, random } = options;
  const pacer = createPacer(options, options.minIntervalMs);

  return async <Body>(asked: ApiRequest<Body>): Promise<ApiAnswer<Body>> => {
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
      const newReader = (headers: ReadonlyMap<string, string>) => asked.newReader(requestIdIn(headers));
      const exchanged = await exchange(dispatcher, { url, key, userAgent, timeoutMs, maxBytes, newReader });
      const answer = readingOf(exchanged);
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
      const circumstances = { attempts: retriesDone + 1, keyPlace: options.keyPlace };
      if (decision.action === 'fail') throw explainFailure(decision.code, lastFailure, asked, circumstances);
      if (decision.action === 'ask-anew') {
        const error = explainFailure('openai-request-refused', lastFailure, asked, circumstances);
        return { outcome: 'cursor-refused', error };
      }
      if (plusMs(now(), decision.waitMs) >= asked.deadline) throw deadlineError(asked, lastFailure);
      await sleep(decision.waitMs);
    }
  };
}

type Reading<Body> =
  | Extract<ApiAnswer<Body>, { outcome: 'body' | 'too-large' }>
  | { readonly outcome: 'timed-out' }
  | { readonly outcome: 'failed'; readonly failure: Failure };

/** The status decides before the body is looked at: an error must never read as "no data". */
function readingOf<Body>(result: Exchange<Body>): Reading<Body> {
  if (result.outcome === 'no-answer') {
    return { outcome: 'failed', failure: { kind: 'no-answer', why: result.why } };
  }
  if (result.outcome === 'refusal') {
    const { status, headers, text } = result;
    return { outcome: 'failed', failure: { kind: 'refusal', status, headers, body: parseErrorBody(text) } };
  }
  if (result.outcome !== 'success') return result;
  const { status, headers, body } = result;
  return body.ok
    ? { outcome: 'body', body: body.value, requestId: requestIdIn(headers) }
    : { outcome: 'failed', failure: { kind: 'unreadable', status, headers, shape: body.shape } };
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
