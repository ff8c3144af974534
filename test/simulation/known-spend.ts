// The model of what the program knows: states of a dataset made of OpenAI's answers and of nothing that was stored.
import type { DayContent } from './true-spend.ts';

/** What a commit made of a dataset. */
export interface KnownState {
  /** Real time of the commit. */
  readonly at: number;
  readonly days: ReadonlyMap<number, DayContent>;
}

export interface KnownSpend {
  asked(run: string, day: number): void;
  /** A collect has this in its hands; it counts once the collect has committed. */
  answered(run: string, day: number, content: DayContent, at: number): void;
  /** A read failed in the middle: what it had brought goes with it. */
  dropped(run: string): void;
  committed(run: string, tick: number, at: number): void;
  /** Oldest first; the last one counts. */
  readonly states: readonly KnownState[];
  /** When the answer was given that a day's present content rests on. */
  answeredAt(day: number): number | null;
  /** When a commit last changed what is known of a day. */
  changedAt(day: number): number | null;
  isDoubted(day: number): boolean;
  askedBy(run: string): ReadonlySet<number>;
  /** It was answered something that it has not committed. */
  isPending(run: string): boolean;
}

interface Answer {
  readonly content: DayContent;
  readonly at: number;
}

export function knownSpend(): KnownSpend {
  const states: KnownState[] = [{ at: 0, days: new Map() }];
  const pending = new Map<string, Map<number, Answer>>();
  const asked = new Map<string, Set<number>>();
  const answeredAt = new Map<number, number>();
  const changedAt = new Map<number, number>();
  /** Days that had spend and were answered empty once: that is believed when a later tick hears the same. */
  const doubted = new Map<number, number>();

  function isBelieved(
    day: number,
    before: DayContent | undefined,
    content: DayContent,
    tick: number,
  ): boolean {
    if (before === undefined || content.text !== '' || before.text === '') {
      doubted.delete(day);
      return true;
    }
    const first = doubted.get(day);
    if (first === undefined) doubted.set(day, tick);
    if (first === undefined || first >= tick) return false;
    doubted.delete(day);
    return true;
  }

  return {
    states,
    answeredAt: (day) => answeredAt.get(day) ?? null,
    changedAt: (day) => changedAt.get(day) ?? null,
    isDoubted: (day) => doubted.has(day),
    askedBy: (run) => asked.get(run) ?? new Set(),
    isPending: (run) => pending.has(run),
    asked(run, day) {
      asked.set(run, (asked.get(run) ?? new Set()).add(day));
    },
    answered(run, day, content, at) {
      const own = pending.get(run) ?? new Map<number, Answer>();
      pending.set(run, own.set(day, { content, at }));
    },
    dropped: (run) => {
      pending.delete(run);
    },
    committed(run, tick, at) {
      const own = pending.get(run);
      pending.delete(run);
      const before = states.at(-1)?.days ?? new Map<number, DayContent>();
      let days: Map<number, DayContent> | null = null;
      for (const [day, answer] of own ?? []) {
        // Whatever was answered later stands, whoever commits last.
        if ((answeredAt.get(day) ?? 0) > answer.at) continue;
        answeredAt.set(day, answer.at);
        const known = before.get(day);
        if (!isBelieved(day, known, answer.content, tick) || known?.text === answer.content.text) continue;
        days ??= new Map(before);
        days.set(day, answer.content);
        changedAt.set(day, at);
      }
      if (days !== null) states.push({ at, days });
    },
  };
}
