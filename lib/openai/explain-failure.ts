// Turns a failure into an error that says what happened and what to do, with what OpenAI's support will ask for.
import type { SourceError, SourceErrorCode } from '../spend/usage-source.ts';
import type { Failure } from './failure.ts';
import { sourceError } from './source-error.ts';

/** What an admin key must be allowed to do. */
export type Scope = 'api.usage.read' | 'api.management.read';

export interface Asked {
  /** Below the base URL: `/organization/costs`. */
  readonly path: string;
  readonly scope: Scope;
}

const KEYS_PAGE = 'https://platform.openai.com/settings/organization/admin-keys';

export interface Circumstances {
  /** How many were made, the first one included. */
  readonly attempts: number;
  /** Where a new key has to go, as in "put it …": `into the secret openai-budget-alerts/default`. */
  readonly keyPlace: string;
}

export function explainFailure(
  code: SourceErrorCode,
  failure: Failure,
  asked: Asked,
  { attempts, keyPlace }: Circumstances,
): SourceError {
  const facts = attempts > 1 ? `${factsOf(failure, asked)}, ${attempts} attempts` : factsOf(failure, asked);
  return sourceError(
    code,
    `${problemOf(code, failure, asked)} (${facts}). ${adviceFor(code, failure, asked, keyPlace)}`,
    failure.kind === 'no-answer' ? null : requestIdIn(failure.headers),
  );
}

/** `GET …, HTTP 429, type …, code …, x-request-id …`: never a body, never a message of the server's. */
export function factsOf(failure: Failure, asked: Asked): string {
  const facts = [`GET ${asked.path}`];
  if (failure.kind === 'no-answer') return [...facts, failure.why].join(', ');
  facts.push(`HTTP ${failure.status}`);
  if (failure.kind === 'unreadable') {
    facts.push(SHAPES[failure.shape]);
  } else {
    const { type, code, shape } = failure.body;
    if (shape === 'empty' || shape === 'html') facts.push(SHAPES[shape]);
    if (type !== null) facts.push(`type ${type}`);
    if (code !== null && code !== type) facts.push(`code ${code}`);
  }
  const requestId = requestIdIn(failure.headers);
  if (requestId !== null) facts.push(`x-request-id ${requestId}`);
  return facts.join(', ');
}

export function requestIdIn(headers: ReadonlyMap<string, string>): string | null {
  const requestId = headers.get('x-request-id') ?? '';
  return /^[\w.:-]{1,128}$/.test(requestId) ? requestId : null;
}

const SHAPES = {
  empty: 'empty body',
  html: 'a web page instead of JSON',
  broken: 'not JSON, or only the beginning of it',
} as const;

function problemOf(code: SourceErrorCode, failure: Failure, asked: Asked): string {
  switch (code) {
    case 'openai-key-rejected':
      return 'OpenAI does not accept the admin key';
    case 'openai-scope-missing':
      return `The admin key may not read this: it lacks ${scopesOf(failure, asked)}`;
    case 'openai-not-found':
      return 'OpenAI says that there is no such address';
    case 'openai-rate-limited':
      return 'OpenAI asks for fewer requests';
    case 'openai-billing':
      return "OpenAI refuses requests until the organization's billing is settled";
    case 'openai-unavailable':
      return 'OpenAI did not answer as it should';
    case 'openai-answer-malformed':
      return 'What answered is not OpenAI, or its answer broke off';
    default:
      return isRedirect(failure) ? 'The base URL points elsewhere' : 'OpenAI refuses the request';
  }
}

function adviceFor(code: SourceErrorCode, failure: Failure, asked: Asked, keyPlace: string): string {
  switch (code) {
    case 'openai-key-rejected':
      return `Make an admin key (sk-admin-…; project keys do not work here) at ${KEYS_PAGE} and put it ${keyPlace}.`;
    case 'openai-scope-missing':
      return `Make a new admin key with ${scopesOf(failure, asked)} at ${KEYS_PAGE} and put it ${keyPlace}; a key whose permissions are edited may go on failing.`;
    case 'openai-not-found':
      return 'Check that OPENAI_BASE_URL, if set, ends in /v1; otherwise try again later.';
    case 'openai-rate-limited':
      return 'Nothing needs to be done if the next run succeeds; else let fewer programs use the admin API.';
    case 'openai-billing':
      return "Look at the organization's billing and spend limits at https://platform.openai.com/settings/organization/billing.";
    case 'openai-unavailable':
      return failure.kind === 'no-answer'
        ? 'Check the network and OPENAI_BASE_URL, if set; the next run tries again.'
        : 'The next run tries again; https://status.openai.com says whether it is known.';
    case 'openai-answer-malformed':
      return 'Check OPENAI_BASE_URL and any proxy in between; the next run tries again.';
    default:
      return isRedirect(failure)
        ? 'Redirects are not followed, since the key would go along: set OPENAI_BASE_URL to the final address.'
        : 'It will be refused again: update openai-budget-alerts, or report it with the request id.';
  }
}

/** The scopes that OpenAI names, else the one that such a request needs. */
function scopesOf(failure: Failure, asked: Asked): string {
  const named = failure.kind === 'refusal' ? failure.body.missingScopes : [];
  return named.length > 0 ? named.join(', ') : asked.scope;
}

function isRedirect(failure: Failure): boolean {
  return failure.kind === 'refusal' && failure.status >= 300 && failure.status < 400;
}
