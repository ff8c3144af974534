// Keeps all requests of one source apart from each other, and quiet after OpenAI has asked for quiet.
import { type Instant, plusMs } from '../time/instant.ts';

export interface Timing {
  readonly now: () => Instant;
  readonly sleep: (ms: number) => Promise<void>;
}

/** When the next request may go out. `wait` tells which of the two reasons holds it back. */
export type Turn =
  | { readonly go: true }
  | { readonly go: false; readonly because: 'deadline' | 'cool-down'; readonly readyAt: Instant };

export interface Pacer {
  /** Waits for this request's turn, unless that comes only after `deadline` or after `maxCoolDownMs` of quiet. */
  turn(deadline: Instant, maxCoolDownMs: number): Promise<Turn>;
  /** Every request from now on, whoever makes it, waits until `until`. */
  coolDown(until: Instant): void;
}

/** Starts are at least `minIntervalMs` apart; callers that run side by side share the intervals and the quiet. */
export function createPacer({ now, sleep }: Timing, minIntervalMs: number): Pacer {
  let nextStartAt = -Infinity;
  let quietUntil = -Infinity;

  return {
    async turn(deadline, maxCoolDownMs) {
      for (;;) {
        const asOf = now();
        const readyAt = Math.max(asOf, nextStartAt, quietUntil) as Instant;
        if (quietUntil - asOf > maxCoolDownMs) return { go: false, because: 'cool-down', readyAt };
        if (readyAt >= deadline) return { go: false, because: 'deadline', readyAt };
        nextStartAt = plusMs(readyAt, minIntervalMs);
        if (readyAt > asOf) await sleep(readyAt - asOf);
        // Somebody else's answer may have asked for quiet meanwhile: then this turn is lost and another is taken.
        if (quietUntil <= now()) return { go: true };
      }
    },
    coolDown(until) {
      quietUntil = Math.max(quietUntil, until);
    },
  };
}
