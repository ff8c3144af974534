// Leaves word at a moment while a run is still at work: afterwards may be too late, as Lambda may cut the run off.
import type { Instant } from '../time/instant.ts';

/**
 * Ends as `work` does. If that is still at work at `at`, or has been, `leaveWord` is called once and waited for. That it
 * fails is nobody's business: a run that did its work must not count as failed for want of a word about it.
 */
export async function leaveWordAt<T>(
  at: Instant,
  leaveWord: () => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  let word: Promise<void> | undefined;
  const leave = () => {
    word ??= leaveWord().catch(() => undefined);
  };
  const timer = setTimeout(leave, Math.max(0, at - Date.now()));
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    // A run that lets no timer in is late all the same.
    if (Date.now() >= at) leave();
    await word;
  }
}
