// A silence: for a while, and for a reason, nothing is said about a budget, one of its members, or anything at all.
import type { Instant } from '../time/instant.ts';

export interface Silence {
  /** `[A-Za-z0-9_-]{1,64}` */
  readonly id: string;
  /** `null`: every budget. */
  readonly budgetId: string | null;
  /** `null`: every member, and budgets without members. */
  readonly member: string | null;
  /** Exclusive: at this instant it is over. */
  readonly until: Instant;
  readonly reason: string;
  readonly createdAt: Instant;
  readonly createdBy: string;
}

/** The silence over a member of a budget at `tick`; of several the one that lasts longest, `null` if there is none. */
export function silenceOver(
  silences: readonly Silence[],
  budgetId: string,
  member: string,
  tick: Instant,
): Silence | null {
  return silences
    .filter((silence) => tick < silence.until)
    .filter((silence) => silence.budgetId === null || silence.budgetId === budgetId)
    .filter((silence) => silence.member === null || silence.member === member)
    .reduce<Silence | null>((longest, next) => {
      return longest === null || next.until > longest.until ? next : longest;
    }, null);
}
