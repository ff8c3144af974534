// The offsets at which the lines of a text begin.

/** In UTF-16 units, as columns and V8's offsets are. */
export function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

/** Of a text of which only the lengths of its lines are known, without their ends. */
export function startsOfLengths(lengths: readonly number[]): number[] {
  let start = 0;
  return lengths.map((length) => {
    const own = start;
    start += length + 1;
    return own;
  });
}
