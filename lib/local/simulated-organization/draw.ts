// Chance that can be repeated: a number for a seed and a name, the same in any order and on any machine.

/**
 * Uniform in [0, 1). Nothing is remembered between calls, so that a day can be computed before or after any other.
 * FNV-1a over the characters, then MurmurHash3's finalizer, without which similar names would give similar numbers.
 */
export function draw(seed: number, ...name: readonly (string | number)[]): number {
  const text = `${seed}\u0000${name.join('\u0000')}`;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Uniform in [low, high). */
export function drawBetween(
  low: number,
  high: number,
  seed: number,
  ...name: readonly (string | number)[]
): number {
  return low + (high - low) * draw(seed, ...name);
}
