// What OpenAI says about a refused request, in whichever of its shapes: object, bare string, web page, nothing.
import { isJsonObject, parseJsonText } from './json-text.ts';

/** Only what may be shown or decided on. The message itself is dropped: it echoes parts of the key. */
export interface ErrorBody {
  readonly shape: 'object' | 'string' | 'empty' | 'html' | 'other';
  readonly type: string | null;
  readonly code: string | null;
  /** Scopes that the key lacks, if the message names any: `api.usage.read`. */
  readonly missingScopes: readonly string[];
  readonly pageTokenInvalid: boolean;
}

/** Lower-case words with dots between, as OpenAI's scopes are: what is none of these may be anything. */
const SCOPES =
  /[Mm]issing [Ss]copes?:\s*([a-z_]+(?:\.[a-z_]+)+(?:\s*,\s*[a-z_]+(?:\.[a-z_]+)+)*)(?![\w.-]*\w)/;
const PAGE_TOKEN_INVALID = /page token is invalid/i;
const WORD = /^[\w.-]{1,64}$/;

export function parseErrorBody(text: string): ErrorBody {
  const parsed = parseJsonText(text);
  if (!parsed.ok) return bodyOf(parsed.shape === 'broken' ? 'other' : parsed.shape);
  const error = isJsonObject(parsed.value) ? parsed.value.error : null;
  if (typeof error === 'string') return bodyOf('string', error);
  if (!isJsonObject(error)) return bodyOf('other');
  const message = typeof error.message === 'string' ? error.message : '';
  return { ...bodyOf('object', message), type: wordOf(error.type), code: wordOf(error.code) };
}

function bodyOf(shape: ErrorBody['shape'], message = ''): ErrorBody {
  return {
    shape,
    type: null,
    code: null,
    missingScopes: SCOPES.exec(message)?.[1]?.split(/\s*,\s*/) ?? [],
    pageTokenInvalid: PAGE_TOKEN_INVALID.test(message),
  };
}

/** Codes go into messages and logs: anything that is not one plain word stays out. */
function wordOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && WORD.test(value) ? value : null;
}
