// Chance that can be repeated: the same seed, the same history.

export interface Random {
  /** 0 … `choices` - 1. */
  below(choices: number): number;
  /** True in `share` of the cases. */
  happens(share: number): boolean;
}

/** Mulberry32: 32 bits of state are plenty for a test's history. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  function fraction(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    below: (choices) => Math.floor(fraction() * choices),
    happens: (share) => fraction() < share,
  };
}
