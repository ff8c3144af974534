// What has been said or is being said about a member of a budget in a period, whichever latch holds it.

import { type Latch, type LatchKey, latchGroup } from './latch.ts';

/** Keys are `<limit>:<threshold amount>`. */
export interface Spoken {
  /** Need not be said again. */
  readonly said: ReadonlySet<string>;
  /** Would have been said, had nobody silenced it. */
  readonly suppressed: ReadonlySet<string>;
}

const NOTHING: Spoken = { said: new Set(), suppressed: new Set() };

export type SpokenIndex = (key: Omit<LatchKey, 'shard'>, member: string) => Spoken;

/** Claimed alerts count: whoever claimed them sends them, or the next run does, as they were claimed. */
export function indexSpoken(latches: readonly Latch[]): SpokenIndex {
  const index = new Map<string, Map<string, { said: Set<string>; suppressed: Set<string> }>>();
  const entryOf = (latch: Latch, member: string) => {
    const group = latchGroup(latch.key);
    const members = index.get(group) ?? new Map<string, { said: Set<string>; suppressed: Set<string> }>();
    index.set(group, members);
    const entry = members.get(member) ?? { said: new Set(), suppressed: new Set() };
    members.set(member, entry);
    return entry;
  };
  for (const latch of latches) {
    for (const [member, announcements] of latch.announced) {
      const entry = entryOf(latch, member);
      for (const [key, { state }] of announcements) {
        (state === 'suppressed' ? entry.suppressed : entry.said).add(key);
      }
    }
    for (const { alert } of latch.claim?.alerts ?? []) {
      const { said } = entryOf(latch, alert.member);
      for (const amount of [alert.thresholdAmount, ...alert.supersedes.map((lower) => lower.amount)]) {
        said.add(`${alert.limit}:${amount}`);
      }
    }
  }
  return (key, member) => index.get(latchGroup(key))?.get(member) ?? NOTHING;
}
