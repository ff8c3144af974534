// What a failed Publish means: surely not sent, or nobody knows.
import type { Delivery } from '../notify/notifier.ts';

type Failed = Exclude<Delivery, { readonly outcome: 'accepted' }>;

/** System calls before the first byte of a request is written. */
const BEFORE_SENDING = new Set(['connect', 'getaddrinfo']);

/** The SDK's handler tells its time-outs apart only in words. */
const NEVER_CONNECTED = /did not establish a connection/;

const WHAT_TO_DO = new Map([
  ['AuthorizationError', 'allow these credentials sns:Publish on the topic'],
  ['InvalidClientTokenId', 'check the AWS credentials'],
  ['KMSAccessDenied', "allow these credentials to use the topic's key"],
  ['NotFound', "there is no such topic: check the topic's ARN"],
]);

/**
 * SNS did nothing with a request that it answered with 4xx (throttling, missing rights, invalid parameters), and nothing
 * with one that was never written to a connection. After anything else - a time-out, a lost connection, 5xx, an answer
 * that cannot be read - the message may have been sent.
 */
export function publishFailure(error: unknown): Failed {
  const { name, code, syscall, message, status } = factsOf(error);
  if (status !== null && status >= 400 && status < 500) {
    const advice = WHAT_TO_DO.get(name);
    const why = `SNS answered ${status} ${name}${advice === undefined ? '' : `: ${advice}`}`;
    return { outcome: 'refused', why };
  }
  if (name === 'CredentialsProviderError') return { outcome: 'refused', why: 'there are no AWS credentials' };
  if (BEFORE_SENDING.has(syscall) || (name === 'TimeoutError' && NEVER_CONNECTED.test(message))) {
    return { outcome: 'refused', why: `SNS could not be reached (${code === '' ? name : code})` };
  }
  if (name === 'AbortError') return { outcome: 'unknown', why: 'SNS gave no answer in time' };
  const seen = status === null ? (code === '' ? name : code) : `${status} ${name}`;
  return { outcome: 'unknown', why: `SNS's answer was lost (${seen})` };
}

interface Facts {
  readonly name: string;
  readonly code: string;
  readonly syscall: string;
  readonly message: string;
  /** `null`: there was no answer. */
  readonly status: number | null;
}

function factsOf(error: unknown): Facts {
  if (!(error instanceof Error))
    return { name: typeof error, code: '', syscall: '', message: '', status: null };
  // A name with several addresses fails as a list of failures, all of them of one kind.
  const [inner] = error instanceof AggregateError ? error.errors : [error];
  const text = (key: string) => textAt(error, key) || textAt(inner, key);
  const metadata: unknown = '$metadata' in error ? error.$metadata : null;
  const status = metadata instanceof Object && 'httpStatusCode' in metadata ? metadata.httpStatusCode : null;
  return {
    // SNS says NotFound, the SDK NotFoundException.
    name: error.name.replace(/Exception$/, ''),
    code: text('code'),
    syscall: text('syscall'),
    message: error.message,
    status: typeof status === 'number' ? status : null,
  };
}

function textAt(value: unknown, key: string): string {
  const found = value instanceof Object ? Reflect.get(value, key) : undefined;
  return typeof found === 'string' ? found : '';
}
