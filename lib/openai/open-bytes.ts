// Bytes that arrive in runs and are taken off in pieces, in one place of memory that is used again and again.
//
// Why: a buffer made anew for each piece, and a text put together of three, are copied twice more and collected later: one
// part in twenty of the time of a large pull.
import { utf8Text } from './body-reader.ts';

export interface OpenBytes {
  size(): number;
  append(bytes: Uint8Array): void;
  /** Until the next call of another method. */
  all(): Uint8Array;
  /** The first `end` bytes as a text, between two others that are ASCII. */
  textUpTo(end: number, before: string, behind: string): string;
  dropUpTo(end: number): void;
}

/** Room for what is written before and behind, each. */
const MARGIN = 64;

export function openBytes(): OpenBytes {
  let buffer = Buffer.alloc(0);
  let size = 0;

  function makeRoom(more: number): void {
    const needed = size + more + 2 * MARGIN;
    if (needed <= buffer.length) return;
    const larger = Buffer.alloc(2 * needed);
    buffer.copy(larger, 0, 0, MARGIN + size);
    buffer = larger;
  }

  return {
    size: () => size,
    append(bytes) {
      makeRoom(bytes.length);
      buffer.set(bytes, MARGIN + size);
      size += bytes.length;
    },
    all: () => buffer.subarray(MARGIN, MARGIN + size),
    textUpTo(end, before, behind) {
      makeRoom(0);
      const from = MARGIN - before.length;
      const until = MARGIN + end;
      buffer.write(before, from, 'latin1');
      const covered = Buffer.from(buffer.subarray(until, until + behind.length));
      buffer.write(behind, until, 'latin1');
      try {
        return utf8Text(buffer.subarray(from, until + behind.length));
      } finally {
        buffer.set(covered, until);
      }
    },
    dropUpTo(end) {
      buffer.copyWithin(MARGIN, MARGIN + end, MARGIN + size);
      size -= end;
    },
  };
}
