// Reads a decimal digit of a text that is still bytes.

const ZERO = 0x30;

/** -1: no digit stands there. */
export function digitAt(bytes: Uint8Array, at: number): number {
  const digit = (bytes[at] ?? 0) - ZERO;
  return digit <= 9 ? digit : -1;
}
