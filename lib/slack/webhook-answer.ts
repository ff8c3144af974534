// One request to a webhook: what Slack's answer means, or that there was none.
import type { Dispatcher } from 'undici';
import type { WebhookUrl } from './webhook-url.ts';

export interface PostRequest {
  readonly url: WebhookUrl;
  readonly body: string;
  /** From connecting to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly dispatcher: Dispatcher;
}

export type WebhookAnswer =
  | { readonly outcome: 'posted' }
  /** `retryAfterMs`: `null` if Slack did not say. */
  | { readonly outcome: 'rate-limited'; readonly retryAfterMs: number | null }
  /** It may work the next time. `why` is a phrase for people. */
  | { readonly outcome: 'unavailable'; readonly why: string }
  /** It will not work the next time either. `word` is Slack's, if it is one that is known. */
  | { readonly outcome: 'refused'; readonly status: number; readonly word: string | null };

const MAX_ANSWER_BYTES = 64 * 1024;

/** The words of docs.slack.dev (incoming webhooks, errors), and what Slack has been seen to say of blocks. Nothing else of an answer is ever shown or logged. */
const KNOWN_WORDS = new Set([
  'action_prohibited',
  'channel_is_archived',
  'channel_not_found',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_payload',
  'invalid_token',
  'missing_text_or_fallback_or_attachments',
  'msg_blocks_too_long',
  'no_active_hooks',
  'no_service',
  'no_service_id',
  'no_team',
  'no_text',
  'posting_to_general_channel_denied',
  'team_disabled',
  'too_many_attachments',
  'user_not_found',
]);

/**
 * Redirects are not followed: the message would go where nobody has checked. The connection is not kept, since it would
 * be dead when the function is next used.
 */
export async function postOnce({ url, body, timeoutMs, dispatcher }: PostRequest): Promise<WebhookAnswer> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  try {
    const { origin, pathname, search } = new URL(url);
    const response = await dispatcher.request({
      origin,
      path: `${pathname}${search}`,
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      signal: abort.signal,
      reset: true,
    });
    // The status decides: what was posted is not posted again because the rest of the answer was lost.
    const text = await readAtMost(response.body, MAX_ANSWER_BYTES).catch(() => '');
    return answerOf(response.statusCode, response.headers['retry-after'], text);
  } catch (error) {
    return {
      outcome: 'unavailable',
      why: abort.signal.aborted ? `no answer in ${timeoutMs} ms` : reasonOf(error),
    };
  } finally {
    clearTimeout(timer);
  }
}

function answerOf(status: number, retryAfter: string | string[] | undefined, text: string): WebhookAnswer {
  if (status >= 200 && status < 300) return { outcome: 'posted' };
  if (status === 429) return { outcome: 'rate-limited', retryAfterMs: secondsIn(retryAfter) };
  if (status >= 500 || status === 408) return { outcome: 'unavailable', why: `status ${status}` };
  return { outcome: 'refused', status, word: wordIn(text) };
}

function secondsIn(retryAfter: string | string[] | undefined): number | null {
  const text = Array.isArray(retryAfter) ? retryAfter[0] : retryAfter;
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) * 1_000 : null;
}

/** Webhooks answer with the bare word, workflows with `{"ok":false,"error":"<word>"}`. */
function wordIn(text: string): string | null {
  const word = /^\s*\{[^{}]*"error"\s*:\s*"(\w+)"/.exec(text)?.[1] ?? text.trim();
  return KNOWN_WORDS.has(word) ? word : null;
}

/** Leaving the loop destroys the stream, and with it the connection: what is too much is not read. */
async function readAtMost(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxBytes) break;
    kept.push(chunk);
  }
  return Buffer.concat(kept).toString('utf8');
}

/** Codes only: a message of undici's may hold the address. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[A-Z\d_]{1,64}$/.test(code) ? `connection failed, ${code}` : 'connection failed';
}
