// Real time and randomness, for whoever runs a use case.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../run/clock.ts';
import { instantOfEpochMs } from '../time/instant.ts';

export const SYSTEM_CLOCK: Clock = { now: () => instantOfEpochMs(Date.now()) };

/** 60 bits of letters, digits, `-` and `_`: runs never share a name, and so never share the name of what they write. */
export function newRunId(): string {
  return randomBytes(8).toString('base64url').slice(0, 10);
}
