// Chance without a sequence: what it decides about one thing does not depend on what else was asked.

/** A number in [0, 1) for a stream and up to two positions in it; the same whenever and however often it is asked. */
export type Chance = (stream: string, a?: number, b?: number) => number;

/** Leaving out one fault of a schedule must leave all others where they are, so no draw may move another. */
export function chanceOf(seed: number): Chance {
  return (stream, a = 0, b = 0) => {
    let state = mixed(seed | 0, numberOfText(stream));
    state = mixed(state, (a % 0x7fffffff) | 0);
    state = mixed(state, b | 0);
    return (mixed(state, 0x2545f491) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `least` to `most`, both included. */
export function within(least: number, most: number, draw: number): number {
  return least + Math.floor(draw * (most - least + 1));
}

export function pick<T>(choices: readonly [T, ...T[]], draw: number): T {
  return choices[Math.floor(draw * choices.length)] ?? choices[0];
}

const TEXTS = new Map<string, number>();

/** FNV-1a. */
export function numberOfText(text: string): number {
  const known = TEXTS.get(text);
  if (known !== undefined) return known;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  if (TEXTS.size < 1_000) TEXTS.set(text, hash);
  return hash;
}

/** The finalizer of MurmurHash3 over both. */
function mixed(state: number, value: number): number {
  let bits = Math.imul(state, 0x9e3779b1) ^ Math.imul(value, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
