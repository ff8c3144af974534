// Virtual time: programs run side by side, each waits for its operations, and the next event is always the earliest.
import { setImmediate as settled } from 'node:timers/promises';

/** A run of a function, or a person at a command line. */
export interface Program {
  /** `check 2026-11-12T05`, with what tells it from others of the same tick; unique. */
  readonly name: string;
  /** The same for the same name. */
  readonly number: number;
  /** That it runs for, or the hour in which a person begins. */
  readonly tick: number;
  readonly startedAt: number;
  /** Real time at which it is ended from outside, wherever it is. */
  readonly diesAt: number;
  /** How far its clock is ahead of real time. */
  readonly skewMs: number;
  /** Of its ports so far. */
  operations: number;
  /** Injected into it so far. */
  faults: number;
  state: 'running' | 'done' | 'failed' | 'died';
}

export interface VirtualTime {
  /** Real time: what no program's clock shows exactly. Epoch milliseconds. */
  now(): number;
  at(time: number, happens: () => void): void;
  /** `ended` is told once, whatever the end is; `error` only where the program failed. */
  start(program: Program, work: () => Promise<void>, ended: (error: unknown) => void): void;
  /** What a program asks of the world: takes effect after so long, and is answered then, unless the program is no more. */
  operation<T>(program: Program, tookMs: number, effect: () => T): Promise<T>;
  /** It never resumes. What it has on its way takes effect all the same. */
  kill(program: Program): void;
  /** How many programs are running. */
  running(): number;
  /** Until nothing is left to happen, or `stopped`. */
  play(stopped: () => boolean): Promise<void>;
}

interface TimedEvent {
  readonly time: number;
  readonly happens: () => void;
}

export function virtualTime(from: number): VirtualTime {
  let now = from;
  /** Latest first: the next one is taken from the end. */
  const events: TimedEvent[] = [];
  const running = new Map<Program, (error: unknown) => void>();
  /** Told when a program has ended, or waits for an operation that comes to pass only after other events. */
  let wake = () => {};
  /** Such operations, those of the dead among them. */
  let waiting = 0;

  function add(time: number, happens: () => void): void {
    let position = events.length;
    while (position > 0 && (events[position - 1]?.time ?? 0) <= time) position -= 1;
    events.splice(position, 0, { time, happens });
  }

  function end(program: Program, state: 'done' | 'failed' | 'died', error: unknown): void {
    const ended = running.get(program);
    if (ended === undefined) return;
    running.delete(program);
    program.state = state;
    ended(error);
    wake();
  }

  /** Programs have come to their next operation, or to their end. */
  async function quiet(): Promise<void> {
    // Whoever is alone mostly runs to its end, which is known sooner than that there are no microtasks left.
    if (running.size === 1 && waiting === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      wake = () => {};
    }
    if (running.size > 0) await settled();
  }

  return {
    now: () => now,
    at: add,
    running: () => running.size,
    kill: (program) => end(program, 'died', null),

    start(program, work, ended) {
      running.set(program, ended);
      add(program.diesAt, () => end(program, 'died', null));
      work().then(
        () => end(program, 'done', null),
        (error: unknown) => end(program, 'failed', error),
      );
    },

    operation(program, tookMs, effect) {
      if (program.state !== 'running') return never();
      const time = now + tookMs;
      // Whoever is alone, and done before anything else happens, need not wait for the others.
      if (running.size === 1 && time < (events.at(-1)?.time ?? Number.POSITIVE_INFINITY)) {
        now = time;
        return promised(effect);
      }
      waiting += 1;
      wake();
      return new Promise((resolve, reject) => {
        add(time, () => {
          waiting -= 1;
          const answer = promised(effect);
          if (program.state === 'running') answer.then(resolve, reject);
          else answer.catch(() => {});
        });
      });
    },

    async play(stopped) {
      for (;;) {
        await quiet();
        const next = events.pop();
        if (next === undefined || stopped()) return;
        now = Math.max(now, next.time);
        next.happens();
      }
    },
  };
}

export function never(): Promise<never> {
  return new Promise(() => {});
}

async function promised<T>(effect: () => T): Promise<T> {
  return effect();
}
