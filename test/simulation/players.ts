// Plays seeds on several threads, each the next one that nobody has taken.
import { Worker } from 'node:worker_threads';
import type { MutantName } from './mutants.ts';
import type { Played } from './play.ts';
import type { Shrunk } from './shrink.ts';

export interface PlayerOptions {
  readonly days: number;
  /** `null`: the program as it is. */
  readonly mutant: MutantName | null;
  /** The worlds that bring this mutant out, whether or not the program is changed; `null`: any. */
  readonly worldsOf: MutantName | null;
  /** Pure functions remember what they said. */
  readonly remembers: boolean;
  /** At most so many to shrink the schedule of a seed that failed; 0: it is left as it is. */
  readonly shrinkingReplays: number;
}

export interface PlayedSeed {
  readonly seed: number;
  readonly played: Played;
  /** Of a seed that failed. */
  readonly shrunk: Shrunk | null;
}

/** `isEnough` is asked after each seed; seeds that have begun by then are played to their end. In the order of seeds. */
export async function playSeeds(
  seeds: Iterable<number>,
  threads: number,
  options: PlayerOptions,
  isEnough: (played: PlayedSeed) => boolean = () => false,
): Promise<PlayedSeed[]> {
  const waiting = seeds[Symbol.iterator]();
  const results: PlayedSeed[] = [];
  let enough = false;

  async function thread(): Promise<void> {
    const worker = new Worker(new URL('./player.ts', import.meta.url), {
      workerData: options,
      // A world makes much that lives for one run: most of it need never be moved.
      resourceLimits: { maxYoungGenerationSizeMb: 128 },
    });
    try {
      for (let next = waiting.next(); !enough && next.done !== true; next = waiting.next()) {
        const played = await answerOf(worker, next.value);
        results.push(played);
        enough ||= isEnough(played);
      }
    } finally {
      await worker.terminate();
    }
  }

  await Promise.all(Array.from({ length: threads }, thread));
  return results.sort((a, b) => a.seed - b.seed);
}

function answerOf(worker: Worker, seed: number): Promise<PlayedSeed> {
  return new Promise((resolve, reject) => {
    worker.removeAllListeners();
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.postMessage(seed);
  });
}
