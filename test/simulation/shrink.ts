// Finds the shortest schedule that still fails: faults are left out one half, one quarter, … one at a time.
import { type Played, play } from './play.ts';
import type { Alterations } from './runs.ts';
import type { Scene } from './world.ts';

export interface Shrunk {
  readonly played: Played;
  /** Without any one of these it does not fail, unless the replays ran out. */
  readonly schedule: readonly string[];
  readonly replays: number;
}

/** `failed`: what `scene` came to. A shorter schedule counts if it violates the same invariant. */
export async function shrink(
  scene: Scene,
  failed: Played,
  altered: Alterations,
  mostReplays: number,
): Promise<Shrunk> {
  const invariant = failed.violation?.invariant;
  let best = failed;
  let schedule = [...failed.injected];
  let replays = 0;
  let size = Math.ceil(schedule.length / 2);
  while (size >= 1) {
    let hasShrunk = false;
    for (let at = 0; at < schedule.length && replays < mostReplays; ) {
      const rest = [...schedule.slice(0, at), ...schedule.slice(at + size)];
      replays += 1;
      const played = await play({ ...scene, only: new Set(rest) }, altered);
      if (played.violation?.invariant === invariant) {
        best = played;
        // What did not come to pass any more goes as well.
        schedule = rest.filter((fault) => played.injected.includes(fault));
        hasShrunk = true;
      } else at += size;
    }
    if (size === 1 && !hasShrunk) break;
    if (replays >= mostReplays) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  return { played: best, schedule, replays };
}
