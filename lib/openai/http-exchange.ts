// One attempt at one request: a bounded answer in bounded time, or in which way there was none.
import type { Dispatcher } from 'undici';
import { SourceError } from '../spend/usage-source.ts';
import { type BodyReader, textReader } from './body-reader.ts';
import type { ReadText } from './json-text.ts';

export interface ExchangeRequest<Body> {
  readonly url: string;
  readonly key: string;
  readonly userAgent: string;
  /** From connecting to the last byte of the body. */
  readonly timeoutMs: number;
  /** Of a body with a status of 2xx; of others the beginning is enough. */
  readonly maxBytes: number;
  /** Reads a body with a status of 2xx. */
  readonly newReader: (headers: ReadonlyMap<string, string>) => BodyReader<ReadText<Body>>;
}

interface Answered {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
}

export type Exchange<Body> =
  /** A status of 2xx. */
  | ({ readonly outcome: 'success'; readonly body: ReadText<Body> } & Answered)
  | ({ readonly outcome: 'refusal'; readonly text: string } & Answered)
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

/**
 * Redirects are not followed: the key would go to an address that nobody has checked.
 * @throws SourceError what the reader throws
 */
export async function exchange<Body>(
  dispatcher: Dispatcher,
  asked: ExchangeRequest<Body>,
): Promise<Exchange<Body>> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), asked.timeoutMs);
  try {
    const { origin, pathname, search } = new URL(asked.url);
    const response = await dispatcher.request({
      origin,
      path: `${pathname}${search}`,
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
    const headers = headersOf(response.headers, asked.key);
    if (status < 200 || status >= 300) {
      const reader = textReader();
      await readAtMost(response.body, MAX_ERROR_BYTES, reader);
      return { outcome: 'refusal', status, headers, text: without(asked.key, reader.end()) };
    }
    const reader = asked.newReader(headers);
    if (!(await readAtMost(response.body, asked.maxBytes, reader))) return { outcome: 'too-large' };
    return { outcome: 'success', status, headers, body: reader.end() };
  } catch (error) {
    if (error instanceof SourceError) throw error;
    return abort.signal.aborted ? { outcome: 'timed-out' } : { outcome: 'no-answer', why: reasonOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * False: there was more. Leaving the loop destroys the stream, and with it the connection: what is too much is not read.
 */
async function readAtMost(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  reader: BodyReader<unknown>,
): Promise<boolean> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxBytes) return false;
    reader.take(chunk);
  }
  return true;
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
