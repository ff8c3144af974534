// When stored items may be deleted.
import { MAX_RETENTION_DAYS } from '../spend/retention.ts';
import { DAY_MS, epochSOf, type Instant, plusMs } from '../time/instant.ts';

/**
 * What counts no more is deleted by the next commit; this deletes what no commit comes to, as of a dataset that no budget
 * looks at any more. A month longer than a root may name a day, whatever retention is chosen: a root whose parts are gone
 * cannot be read.
 */
const STORED_DAYS = MAX_RETENTION_DAYS + 30;

/** For a day that began, or a period that ended, at `instant`; epoch seconds, as DynamoDB wants them. */
export function expiresAtEpochS(instant: Instant): number {
  return epochSOf(plusMs(instant, STORED_DAYS * DAY_MS));
}

/** DynamoDB deletes late, and some of its stand-ins never do: what has expired is treated as gone. */
export function isExpired(instant: Instant, now: Instant): boolean {
  return expiresAtEpochS(instant) <= epochSOf(now);
}
