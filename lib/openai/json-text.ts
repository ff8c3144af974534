// Reads a body as JSON without losing a digit of an amount, or says what it is instead.

/** What a text says, or what it is if it is not JSON. */
export type ReadText<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly shape: 'empty' | 'html' | 'broken' };

/** A number under the key `value` that is long enough to have 16 or more digits. */
const LONG_VALUE = /"value"\s*:\s*(-?[\d.]{16,}(?:[eE][+-]?\d+)?)/g;

/**
 * A double keeps any 15 digits, 17 if they were a double's before, and no more. Where a number under `value` would
 * change by becoming one, every such number comes as its own text instead (a string).
 */
export function parseJsonText(text: string): ReadText<unknown> {
  return parsed(text, (json) => (losesDigits(json) ? JSON.parse(json, valueAsText) : JSON.parse(json)));
}

/** The same of a body without money, in which nothing is looked for: a twentieth of the time of a large pull. */
export function parseCountsText(text: string): ReadText<unknown> {
  return parsed(text, JSON.parse);
}

function parsed(text: string, parse: (json: string) => unknown): ReadText<unknown> {
  if (text.trim() === '') return { ok: false, shape: 'empty' };
  try {
    return { ok: true, value: parse(text) };
  } catch {
    // A syntax error, or nesting too deep for the reviver.
    return { ok: false, shape: text.trimStart().startsWith('<') ? 'html' : 'broken' };
  }
}

export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function losesDigits(text: string): boolean {
  for (const [, literal = ''] of text.matchAll(LONG_VALUE)) {
    if (String(Number(literal)) !== literal) return true;
  }
  return false;
}

/** `JSON.parse` hands a primitive's source text to the reviver as `context.source`. */
function valueAsText(key: string, value: unknown, ...[context]: unknown[]): unknown {
  if (key !== 'value' || typeof value !== 'number') return value;
  return isJsonObject(context) && typeof context.source === 'string' ? context.source : value;
}
