// Turns for publishing: five a second, however many topics, since one address may be subscribed to all of them.
import { setTimeout as sleepMs } from 'node:timers/promises';

/** Above ten a second, SNS stops delivering to an e-mail address. */
const MIN_INTERVAL_MS = 200;

export interface PaceOptions {
  /** Milliseconds on any clock that only goes forward. */
  readonly now?: () => number;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/** Callers that come at once get turns one after the other. */
export function createPace({ now = systemNow, sleep = sleepMs }: PaceOptions = {}): () => Promise<void> {
  let nextStartAt = -Infinity;
  return async () => {
    const asOf = now();
    const startAt = Math.max(asOf, nextStartAt);
    nextStartAt = startAt + MIN_INTERVAL_MS;
    if (startAt > asOf) await sleep(startAt - asOf);
  };
}

function systemNow(): number {
  return performance.now();
}
