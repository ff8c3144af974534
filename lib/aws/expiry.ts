// When stored items may be deleted.
import { DAY_MS, epochSOf, type Instant, plusMs } from '../time/instant.ts';

/** Longer than a year's budget needs its first day, its settling included. */
const RETENTION_DAYS = 460;

/** For a day that began, or a period that ended, at `instant`; epoch seconds, as DynamoDB wants them. */
export function expiresAtEpochS(instant: Instant): number {
  return epochSOf(plusMs(instant, RETENTION_DAYS * DAY_MS));
}

/** DynamoDB deletes late, and some of its stand-ins never do: what has expired is treated as gone. */
export function isExpired(instant: Instant, now: Instant): boolean {
  return expiresAtEpochS(instant) <= epochSOf(now);
}
