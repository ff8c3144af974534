// The address of OpenAI's API: where the admin key is sent, and therefore checked before anything else.
import { sourceError } from './source-error.ts';

declare const baseUrlBrand: unique symbol;

/** Without a slash at the end: paths of the catalogue are appended as they stand. */
export type BaseUrl = string & { readonly [baseUrlBrand]: true };

export const DEFAULT_BASE_URL = 'https://api.openai.com/v1';

const LOOPBACK = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;

/**
 * As in OpenAI's own SDKs the text includes `/v1`. Plain http is accepted for this machine only, since the key travels
 * with every request.
 * @throws SourceError `openai-base-url-invalid`; the message does not repeat the text, which may hold a password
 */
export function parseBaseUrl(text: string): BaseUrl {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) throw invalid('is not a URL');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) {
    throw invalid('does not begin with https:// (http:// is accepted for localhost only)');
  }
  if (url.username !== '' || url.password !== '') throw invalid('holds a user name or a password');
  // `url.search` is empty for a lone "?", to which a path would be appended all the same.
  if (url.href.includes('?') || url.href.includes('#')) throw invalid('holds a query or a fragment');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}` as BaseUrl;
}

function invalid(why: string): Error {
  return sourceError(
    'openai-base-url-invalid',
    `OpenAI's base URL ${why}. Set OPENAI_BASE_URL to an address such as ${DEFAULT_BASE_URL}, or leave it out.`,
  );
}
