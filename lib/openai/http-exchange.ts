// One attempt at one request: a bounded answer in bounded time, or in which way there was none.
import { type Dispatcher, request } from 'undici';

export interface ExchangeRequest {
  readonly url: string;
  readonly key: string;
  readonly userAgent: string;
  /** From connecting to the last byte of the body. */
  readonly timeoutMs: number;
  /** Of a body with a status of 2xx; of others the beginning is enough. */
  readonly maxBytes: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

export type Exchange =
  | ({ readonly outcome: 'answer' } & HttpAnswer)
  | { readonly outcome: 'too-large' }
  | { readonly outcome: 'timed-out' }
  /** `why` is a phrase for people; nothing of the answer is in it. */
  | { readonly outcome: 'no-answer'; readonly why: string };

const MAX_ERROR_BYTES = 64 * 1024;

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'host name could not be looked up',
  UND_ERR_SOCKET: 'connection closed before the whole answer had come',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'answer broken off',
  UND_ERR_CONNECT_TIMEOUT: 'connecting took too long',
};

/** Redirects are not followed: the key would go to an address that nobody has checked. */
export async function exchange(dispatcher: Dispatcher, asked: ExchangeRequest): Promise<Exchange> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), asked.timeoutMs);
  try {
    const response = await request(asked.url, {
      dispatcher,
      method: 'GET',
      headers: {
        authorization: `Bearer ${asked.key}`,
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': asked.userAgent,
      },
      signal: abort.signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const status = response.statusCode;
    const succeeded = status >= 200 && status < 300;
    const body = await readAtMost(response.body, succeeded ? asked.maxBytes : MAX_ERROR_BYTES);
    if (succeeded && !body.whole) return { outcome: 'too-large' };
    const text = new TextDecoder('utf-8', { fatal: succeeded }).decode(body.bytes);
    const headers = headersOf(response.headers, asked.key);
    return { outcome: 'answer', status, headers, text: succeeded ? text : without(asked.key, text) };
  } catch (error) {
    return abort.signal.aborted ? { outcome: 'timed-out' } : { outcome: 'no-answer', why: reasonOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Leaving the loop destroys the stream, and with it the connection: what is too much is not read. */
async function readAtMost(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<{ bytes: Uint8Array; whole: boolean }> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxBytes) return { bytes: Buffer.concat(kept), whole: false };
    kept.push(chunk);
  }
  return { bytes: Buffer.concat(kept), whole: true };
}

function headersOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  key: string,
): Map<string, string> {
  const result = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) result.set(name.toLowerCase(), without(key, first));
  }
  return result;
}

/** What answers may say the key again, and it need not look like a key: some of it goes into messages. */
function without(key: string, text: string): string {
  return text.replaceAll(key, '(key)');
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'the body is not UTF-8';
  return (
    REASONS[code] ?? (/^[A-Z\d_]{1,64}$/.test(code) ? `connection failed (${code})` : 'connection failed')
  );
}
