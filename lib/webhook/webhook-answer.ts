// One request to a webhook: what its answer means, or that there was none.
import type { Dispatcher } from 'undici';
import type { WebhookChannel } from './webhook-channel.ts';
import type { WebhookUrl } from './webhook-url.ts';

export interface PostRequest {
  readonly url: WebhookUrl;
  readonly body: string;
  /** From connecting to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly dispatcher: Dispatcher;
  readonly channel: WebhookChannel;
}

export type WebhookAnswer =
  | { readonly outcome: 'posted' }
  /** `retryAfterMs`: `null` if the answer did not say. */
  | { readonly outcome: 'rate-limited'; readonly retryAfterMs: number | null }
  /** It may work the next time. `why` is a phrase for people. */
  | { readonly outcome: 'unavailable'; readonly why: string }
  /** It will not work the next time either. `word` is the chat's, if it is one that is known. */
  | { readonly outcome: 'refused'; readonly status: number; readonly word: string | null };

const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Redirects are not followed: the message would go where nobody has checked. The connection is not kept, since it would
 * be dead when the function is next used.
 */
export async function postOnce({
  url,
  body,
  timeoutMs,
  dispatcher,
  channel,
}: PostRequest): Promise<WebhookAnswer> {
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
    // What was posted is not posted again because the rest of the answer was lost: of that, the status decides.
    const text = await readAtMost(response.body, MAX_ANSWER_BYTES).catch(() => '');
    const { statusCode, headers } = response;
    return answerOf(statusCode, headers['retry-after'], text, channel);
  } catch (error) {
    return {
      outcome: 'unavailable',
      why: abort.signal.aborted ? `no answer in ${timeoutMs} ms` : reasonOf(error),
    };
  } finally {
    clearTimeout(timer);
  }
}

function answerOf(
  status: number,
  retryAfter: string | string[] | undefined,
  text: string,
  channel: WebhookChannel,
): WebhookAnswer {
  const isSuccess = status >= 200 && status < 300;
  if (isSuccess && !channel.saysNo(text)) return { outcome: 'posted' };
  if (status === 429) return { outcome: 'rate-limited', retryAfterMs: secondsIn(retryAfter) };
  if (status >= 500 || status === 408) return { outcome: 'unavailable', why: `status ${status}` };
  return { outcome: 'refused', status, word: channel.wordOf(text) };
}

function secondsIn(retryAfter: string | string[] | undefined): number | null {
  const text = Array.isArray(retryAfter) ? retryAfter[0] : retryAfter;
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) * 1_000 : null;
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
