// The alerts topic and the operations topic as a run meets them: refusals, lost answers, and nobody who listens.
import type { Message } from '../../lib/notify/message.ts';
import type { Delivery, Notifier } from '../../lib/notify/notifier.ts';
import type { Fault, Faults } from './faults.ts';
import { mayDie } from './may-die.ts';
import { DAY } from './utc-periods.ts';
import type { Program, VirtualTime } from './virtual-time.ts';

/** A message that the topic has accepted, whatever its sender was told. */
export interface Acceptance {
  readonly message: Message;
  readonly program: Program;
  readonly at: number;
  /** Somebody was subscribed at some time since the run began. */
  readonly heard: boolean;
  readonly told: 'accepted' | 'unknown';
}

interface World {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly accepted: (acceptance: Acceptance) => void;
}

const TOOK_MS = 60;
const TOOK_LONG_MS = 7_000;
/** Subscriptions come and go at these times only, so that no run sees them change. */
const UNHEARD_BLOCK_MS = 12 * 3_600_000;
const REFUSING_BLOCK_MS = 4 * DAY;

export function faultyChannel(topic: 'alerts' | 'operations', program: Program, world: World): Notifier {
  const { time, faults, accepted } = world;
  const strikes = (fault: Fault) => faults.strikes(fault, time.now(), program);
  const isHeard = (at: number) => topic === 'operations' || !isUnheard(faults, at);

  function request<T>(effect: () => T): Promise<T> {
    return mayDie(program, world, effect, () =>
      time.operation(program, strikes('publish slow') ? TOOK_LONG_MS : TOOK_MS, effect),
    );
  }

  return {
    audience: () => request(() => ({ confirmed: isHeard(time.now()) ? 1 : 0, pending: 0 })),

    async deliver(message): Promise<Delivery> {
      if (strikes('publish refused') || (topic === 'alerts' && isRefusing(faults, time.now()))) {
        return request(() => ({ outcome: 'refused', why: 'simulated' }));
      }
      if (strikes('publish lost without an answer')) {
        return request(() => ({ outcome: 'unknown', why: 'simulated' }));
      }
      const told = strikes('publish accepted, answer lost') ? 'unknown' : 'accepted';
      // A topic may hand a message to a subscriber twice; both have the same id, so nobody takes it for another.
      strikes('message delivered twice');
      return request((): Delivery => {
        const heard = isHeard(time.now()) || isHeard(program.startedAt);
        accepted({ message, program, at: time.now(), heard, told });
        return told === 'accepted' ? { outcome: told } : { outcome: told, why: 'simulated' };
      });
    },
  };
}

export function isUnheard(faults: Faults, at: number): boolean {
  const block = Math.floor(at / UNHEARD_BLOCK_MS);
  return spell(faults, 'nobody subscribed', block, block * UNHEARD_BLOCK_MS);
}

export function isRefusing(faults: Faults, at: number): boolean {
  const block = Math.floor(at / REFUSING_BLOCK_MS);
  return spell(faults, 'topic refuses for days', block, block * REFUSING_BLOCK_MS);
}

const SPELLS = new WeakMap<Faults, Map<string, boolean>>();

/** Decided and counted once for each spell, however often it is asked. */
function spell(faults: Faults, fault: Fault, block: number, from: number): boolean {
  const known = SPELLS.get(faults) ?? new Map<string, boolean>();
  SPELLS.set(faults, known);
  const key = `${fault} ${block}`;
  const holds = known.get(key) ?? faults.happens(fault, from, () => `spell ${block}`, block, 0);
  known.set(key, holds);
  return holds;
}
