// Lets several programs run at once and take turns in an order that chance decides: one operation at a time.
import { setImmediate as settled } from 'node:timers/promises';
import type { Random } from './seeded-random.ts';

export interface Turns {
  /** Resolves when it is this caller's turn. */
  turn(): Promise<void>;
  /** Runs until every program has ended and nobody waits for a turn. `afterTurn` sees the world after each turn. */
  play(programs: readonly Promise<unknown>[], afterTurn?: () => void): Promise<void>;
}

export function turnsBy(random: Random): Turns {
  const waiting: (() => void)[] = [];
  return {
    turn: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
      }),
    async play(programs, afterTurn = () => {}) {
      let running = programs.length;
      const ended = programs.map((program) =>
        program.finally(() => {
          running -= 1;
        }),
      );
      while (running > 0 || waiting.length > 0) {
        // Whatever the last turn set going has come to its next operation, or to its end, once microtasks are done.
        await settled();
        afterTurn();
        const [next] = waiting.splice(random.below(waiting.length), 1);
        next?.();
      }
      await Promise.all(ended);
    },
  };
}
