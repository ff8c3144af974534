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

/** Those that are not over at `tick`; the one that lasts longest first. */
export function activeSilences(silences: readonly Silence[], tick: Instant): Silence[] {
  return silences.filter(({ until }) => tick < until).sort((a, b) => b.until - a.until);
}

/** All silences over a member of a budget at `tick`; the one that lasts longest first. */
export function silencesOver(
  silences: readonly Silence[],
  budgetId: string,
  member: string,
  tick: Instant,
): Silence[] {
  return activeSilences(silences, tick)
    .filter((silence) => silence.budgetId === null || silence.budgetId === budgetId)
    .filter((silence) => silence.member === null || silence.member === member);
}

/** The silence over a member of a budget at `tick`; of several the one that lasts longest, `null` if there is none. */
export function silenceOver(
  silences: readonly Silence[],
  budgetId: string,
  member: string,
  tick: Instant,
): Silence | null {
  return silencesOver(silences, budgetId, member, tick)[0] ?? null;
}

/** Whether there can be something that both are over. */
export function overlap(a: Silence, b: Silence): boolean {
  return meet(a.budgetId, b.budgetId) && meet(a.member, b.member);
}

function meet(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b;
}
