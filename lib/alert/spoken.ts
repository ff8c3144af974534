// What has been said or is being said about a member of a budget in a period, whichever latch holds it.

import { formatInstant } from '../time/instant.ts';
import type { Latch, LatchKey } from './latch.ts';

/** `<limit>:<threshold amount>` keys that need not be said again. */
export type Spoken = ReadonlySet<string>;

const NOTHING: Spoken = new Set();

export type SpokenIndex = (key: Omit<LatchKey, 'shard'>, member: string) => Spoken;

/** Claimed alerts count: whoever claimed them sends them, or the next run does, as they were claimed. */
export function indexSpoken(latches: readonly Latch[]): SpokenIndex {
  const index = new Map<string, Map<string, Set<string>>>();
  const add = (latch: Latch, member: string, key: string) => {
    const group = groupOf(latch.key);
    const members = index.get(group) ?? new Map<string, Set<string>>();
    index.set(group, members);
    const keys = members.get(member) ?? new Set<string>();
    members.set(member, keys);
    keys.add(key);
  };
  for (const latch of latches) {
    for (const [member, announcements] of latch.announced) {
      for (const key of announcements.keys()) add(latch, member, key);
    }
    for (const { alert } of latch.claim?.alerts ?? []) {
      for (const amount of [alert.thresholdAmount, ...alert.supersedes.map((lower) => lower.amount)]) {
        add(latch, alert.member, `${alert.limit}:${amount}`);
      }
    }
  }
  return (key, member) => index.get(groupOf(key))?.get(member) ?? NOTHING;
}

function groupOf({ periodEnd, budgetId, shape }: Omit<LatchKey, 'shard'>): string {
  return `${formatInstant(periodEnd)}#${budgetId}#${shape}`;
}
