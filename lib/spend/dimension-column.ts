// A column of members: each once in a dictionary, and of each row the position there.
import { digitAt } from '../lists/digit-at.ts';
import type { ReadColumn } from '../money/amount-column-text.ts';

/** Row `r` has the value `values[index[r]]`. */
export interface DimensionColumn {
  readonly values: readonly (string | null)[];
  readonly index: Int32Array;
}

export function dimensionColumn(members: readonly (string | null)[]): DimensionColumn {
  const positions = new Map<string | null, number>();
  const index = Int32Array.from(members, (member) => {
    const known = positions.get(member);
    if (known !== undefined) return known;
    positions.set(member, positions.size);
    return positions.size - 1;
  });
  return { values: [...positions.keys()], index };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const COMMA = 0x2c;

/**
 * Reads `[["proj_a",null],[0,1]]`, without blanks. Only the dictionary is parsed as JSON: positions are many, and are taken
 * as they stand, which is a third of the time.
 * @returns `null` for anything else, and for more or fewer rows than `rowCount`
 */
export function readDimensionColumn(
  bytes: Buffer,
  start: number,
  rowCount: number,
): ReadColumn<DimensionColumn> | null {
  if (bytes[start] !== OPEN || bytes[start + 1] !== OPEN) return null;
  const endOfValues = endOfTexts(bytes, start + 2);
  const values = parseTexts(bytes.toString('utf8', start + 1, endOfValues));
  if (values === null || bytes[endOfValues] !== COMMA) return null;
  const read = readIndex(bytes, endOfValues + 1, rowCount, values.length);
  if (read === null || bytes[read.end] !== CLOSE) return null;
  return { column: { values, index: read.index }, end: read.end + 1 };
}

/** Behind the first `]` that stands in no text. */
function endOfTexts(bytes: Uint8Array, start: number): number {
  let isText = false;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) isText = !isText;
    else if (byte === BACKSLASH) at += 1;
    else if (byte === CLOSE && !isText) return at + 1;
  }
  return bytes.length;
}

function parseTexts(json: string): (string | null)[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return null;
  }
  if (!Array.isArray(parsed)) return null;
  return parsed.every((value) => value === null || typeof value === 'string') ? parsed : null;
}

function readIndex(
  bytes: Uint8Array,
  start: number,
  rowCount: number,
  values: number,
): { readonly index: Int32Array; readonly end: number } | null {
  if (bytes[start] !== OPEN) return null;
  const index = new Int32Array(rowCount);
  let at = start + 1;
  for (let row = 0; row < rowCount; row += 1) {
    if (row > 0) {
      if (bytes[at] !== COMMA) return null;
      at += 1;
    }
    const first = at;
    let position = 0;
    for (let digit = digitAt(bytes, at); digit >= 0 && position < values; digit = digitAt(bytes, at)) {
      position = position * 10 + digit;
      at += 1;
    }
    if (at === first || position >= values) return null;
    index[row] = position;
  }
  return bytes[at] === CLOSE ? { index, end: at + 1 } : null;
}
