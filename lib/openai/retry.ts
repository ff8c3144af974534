// Whether a failed attempt is made again, after how long, or which failure it is: the policy, without any waiting.
import type { SourceErrorCode } from '../spend/usage-source.ts';
import { DAY_MS, type Instant } from '../time/instant.ts';
import type { Failure, Refusal } from './failure.ts';

export const MAX_RETRIES = 4;

/** Longer than this nobody waits inside a run: the next run is the retry. */
export const MAX_SERVER_WAIT_MS = 60_000;

/** An absurd header must not silence a source for ever. */
const MAX_QUIET_MS = DAY_MS;

const MIN_JITTER_MS = 500;
const MAX_JITTER_MS = 8_000;

export interface RetryContext {
  readonly retriesDone: number;
  /** Costs were seen to answer 404 for a day and then to work again. */
  readonly notFoundPasses: boolean;
  /** The request carried a page cursor. */
  readonly hasCursor: boolean;
  readonly now: Instant;
  /** From 0 up to 1. */
  readonly random: number;
}

export type RetryDecision = (
  | { readonly action: 'retry'; readonly waitMs: number }
  | { readonly action: 'fail'; readonly code: SourceErrorCode }
  /** The cursor is not believed any more: ask anew from the end of what was read. */
  | { readonly action: 'ask-anew' }
) & {
  /** After a 429: for so long no request at all goes out; otherwise 0. */
  readonly coolDownMs: number;
};

const BILLING =
  /^(insufficient_quota|.+_spend_limit_exceeded|organization_usage_limit_exceeded|credit_balance_exhausted)$/;

/**
 * The policy of OpenAI's own clients: `x-should-retry` decides where it is sent, else 408, 409, 429, 5xx and lost
 * connections are tried again, four times at most. Waits are the server's (`retry-after-ms`, `retry-after`), else
 * random between half a second and a bound that doubles from one to eight seconds. Billing problems need a person and
 * are never tried again.
 */
export function decideRetry(failure: Failure, context: RetryContext): RetryDecision {
  if (failure.kind !== 'refusal') {
    const again = failure.kind === 'no-answer' || failure.shape !== 'html';
    return again && context.retriesDone < MAX_RETRIES
      ? { action: 'retry', waitMs: jitterMs(context), coolDownMs: 0 }
      : { action: 'fail', code: codeOf(failure), coolDownMs: 0 };
  }
  if (failure.status === 400 && failure.body.pageTokenInvalid && context.hasCursor) {
    return { action: 'ask-anew', coolDownMs: 0 };
  }
  const code = codeOf(failure);
  if (code === 'openai-billing') return { action: 'fail', code, coolDownMs: 0 };

  const waitMs = Math.min(serverWaitMs(failure.headers, context.now) ?? jitterMs(context), MAX_QUIET_MS);
  const coolDownMs = failure.status === 429 ? waitMs : 0;
  return mayPass(failure, context) && context.retriesDone < MAX_RETRIES && waitMs <= MAX_SERVER_WAIT_MS
    ? { action: 'retry', waitMs, coolDownMs }
    : { action: 'fail', code, coolDownMs };
}

function mayPass({ status, headers }: Refusal, { notFoundPasses }: RetryContext): boolean {
  const said = headers.get('x-should-retry');
  if (said === 'true' || said === 'false') return said === 'true';
  return (
    status === 408 || status === 409 || status === 429 || status >= 500 || (status === 404 && notFoundPasses)
  );
}

function codeOf(failure: Failure): SourceErrorCode {
  if (failure.kind === 'no-answer') return 'openai-unavailable';
  if (failure.kind === 'unreadable') return 'openai-answer-malformed';
  const { status, body } = failure;
  if (BILLING.test(body.code ?? '') || BILLING.test(body.type ?? '')) return 'openai-billing';
  if (status === 401) return body.missingScopes.length > 0 ? 'openai-scope-missing' : 'openai-key-rejected';
  // A web page with 403 is a firewall's: the key was never looked at.
  if (status === 403) return body.shape === 'html' ? 'openai-request-refused' : 'openai-scope-missing';
  if (status === 404) return 'openai-not-found';
  if (status === 429) return 'openai-rate-limited';
  return status === 408 || status === 409 || status >= 500 ? 'openai-unavailable' : 'openai-request-refused';
}

/** `null`: the server named no wait that makes sense. A date that has passed is none either. */
function serverWaitMs(headers: ReadonlyMap<string, string>, now: Instant): number | null {
  const inMs = decimalOf(headers.get('retry-after-ms'));
  if (inMs !== null) return Math.ceil(inMs);
  const text = headers.get('retry-after');
  const inSeconds = decimalOf(text);
  if (inSeconds !== null) return Math.ceil(inSeconds * 1_000);
  const fromNowMs = Date.parse(text ?? '') - now;
  return fromNowMs >= 0 ? fromNowMs : null;
}

function decimalOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}(\.\d{1,15})?$/.test(text.trim()) ? Number(text) : null;
}

function jitterMs({ retriesDone, random }: RetryContext): number {
  const boundMs = Math.min(MAX_JITTER_MS, 1_000 * 2 ** retriesDone);
  return Math.round(MIN_JITTER_MS + random * (boundMs - MIN_JITTER_MS));
}
