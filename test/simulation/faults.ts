// The faults that a schedule holds: each has a name of its own, so that a schedule can be replayed without some of them.
import { type Chance, numberOfText } from './chance.ts';
import type { Program } from './virtual-time.ts';

/**
 * How often each happens, per opportunity, in weather of strength 1. Faults of data are followed by the model, so they
 * make no tick unhealthy.
 */
const SHARES = {
  'dies before an operation': 0.004,
  'dies after an operation': 0.004,
  'table refuses': 0.008,
  'table is slow': 0.004,
  'write applied, then an error': 0.01,
  'write applied, answer lost and repeated': 0.01,
  'read sees the past': 0.02,
  'source fails': 0.03,
  'source limits the rate': 0.02,
  'source takes too long': 0.01,
  'publish refused': 0.08,
  'publish accepted, answer lost': 0.08,
  'publish lost without an answer': 0.04,
  'publish slow': 0.03,
  'message delivered twice': 0.05,
  'nobody subscribed': 0.04,
  'topic refuses for days': 0.01,
  'run late': 0.04,
  'run twice': 0.06,
  'run missing': 0.04,
  'clock differs': 0.15,
  'day answered empty': 0.05,
  'day answered without a bucket': 0.03,
  'day shown late': 0.15,
  'day revised up': 0.12,
  'day revised down': 0.12,
  'day revised weeks later': 0.04,
  'limit edited': 0.015,
  'threshold edited': 0.008,
  'name edited': 0.008,
  'budget deleted': 0.006,
  'budget declared again': 0.006,
  silenced: 0.01,
  'silence removed': 0.006,
} as const;

export type Fault = keyof typeof SHARES;
export const FAULTS = Object.keys(SHARES) as readonly Fault[];

export interface Faults {
  /** Whether it happens at `time` to what `a` and `b` number; `where` names the place, the same in every replay. */
  happens(fault: Fault, time: number, where: () => string, a: number, b: number): boolean;
  /** The same for the operation that a program is about to begin. */
  strikes(fault: Fault, time: number, program: Program): boolean;
  readonly injected: readonly string[];
  readonly counts: ReadonlyMap<Fault, number>;
  /** How many of them may keep a run from doing all that it should. */
  disturbances(): number;
}

/** Whatever these bring, a run has to cope with it at once. */
const HARMLESS: ReadonlySet<Fault> = new Set([
  'clock differs',
  'message delivered twice',
  'day answered empty',
  'day answered without a bucket',
  'day shown late',
  'day revised up',
  'day revised down',
  'day revised weeks later',
]);

export interface Weather {
  /** The strength of faults at a time; 0: none. */
  strengthAt(time: number): number;
  /** Faults that this world has at all, and how much more often than usual. */
  factorOf(fault: Fault): number;
}

const BLOCK_MS = 6 * 3_600_000;

/** As above, with these kinds of faults alone and all the time: worlds that bring out one thing. */
export function directedWeather(
  factors: Readonly<Partial<Record<Fault, number>>>,
  calmFrom: number,
): Weather {
  return {
    factorOf: (fault) => factors[fault] ?? 0,
    strengthAt: (time) => (time < calmFrom ? 1 : 0),
  };
}

/** Each world has faults of some kinds only, in blocks of hours; the last day is calm, so that all must come right. */
export function weatherOf(chance: Chance, calmFrom: number): Weather {
  const factors = new Map(
    FAULTS.map((fault) => {
      const draw = chance('factor', numberOfText(fault));
      return [fault, draw < 0.35 ? 0 : draw < 0.85 ? 1 : 3];
    }),
  );
  let block = { number: -1, strength: 0 };
  return {
    factorOf: (fault) => factors.get(fault) ?? 0,
    strengthAt(time) {
      if (time >= calmFrom) return 0;
      const number = Math.floor(time / BLOCK_MS);
      if (block.number !== number) {
        const draw = chance('weather', number);
        block = { number, strength: draw < 0.45 ? 0 : draw < 0.85 ? 1 : 4 };
      }
      return block.strength;
    },
  };
}

/** `only`: of all faults that chance wants, those that this replay keeps; `null`: all. */
export function faultsBy(chance: Chance, weather: Weather, only: ReadonlySet<string> | null): Faults {
  const injected: string[] = [];
  const counts = new Map<Fault, number>();
  let disturbances = 0;
  const faults: Faults = {
    injected,
    counts,
    disturbances: () => disturbances,
    happens(fault, time, where, a, b) {
      const strength = weather.strengthAt(time) * weather.factorOf(fault);
      if (strength === 0 || chance(fault, a, b) >= SHARES[fault] * strength) return false;
      const name = `${where()}: ${fault}`;
      if (only !== null && !only.has(name)) return false;
      injected.push(name);
      if (!HARMLESS.has(fault)) disturbances += 1;
      counts.set(fault, (counts.get(fault) ?? 0) + 1);
      return true;
    },
    strikes(fault, time, program) {
      const { number, operations } = program;
      const where = () => `${program.name}, operation ${operations}`;
      const struck = faults.happens(fault, time, where, number, operations);
      if (struck) program.faults += 1;
      return struck;
    },
  };
  return faults;
}
