// A thread that plays the seeds it is given, over modules of its own that a mutant may have changed.
import { parentPort, workerData } from 'node:worker_threads';
import { MUTANTS } from './mutants.ts';
import type { PlayedSeed, PlayerOptions } from './players.ts';
import { rememberedFunctions } from './remembered-functions.ts';
import { rewriteModules } from './rewritten-modules.ts';

const { days, mutant, worldsOf, remembers, shrinkingReplays }: PlayerOptions = workerData;

// Refusals are common in these worlds, and nobody looks at where one was made.
Error.stackTraceLimit = 0;

const haveBeenRewritten = rewriteModules([
  ...(remembers ? rememberedFunctions() : []),
  ...(mutant === null ? [] : MUTANTS[mutant].rewritten),
]);
// Modules are loaded only now, when it is known how.
const { play } = await import('./play.ts');
const { shrink } = await import('./shrink.ts');
const { ALTERATIONS } = await import('./alterations.ts');
haveBeenRewritten();

const altered = mutant === null ? {} : (ALTERATIONS[mutant] ?? {});
const directed = worldsOf === null ? null : MUTANTS[worldsOf].faults;

async function playSeed(seed: number): Promise<PlayedSeed> {
  const scene = { seed, days, only: null, directed };
  const played = await play(scene, altered);
  const isShrunk = played.violation !== null && shrinkingReplays > 0;
  return { seed, played, shrunk: isShrunk ? await shrink(scene, played, altered, shrinkingReplays) : null };
}

parentPort?.on('message', async (seed: number) => {
  parentPort?.postMessage(await playSeed(seed));
});
