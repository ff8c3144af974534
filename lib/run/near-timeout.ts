// Word that a run came close to its time-out: left by the run itself, found by the next check and by the heartbeat.
import type { Watched } from '../alert/notice.ts';
import { NEAR_TIMEOUT_PERCENT, nearTimeoutCondition } from '../notify/near-timeout-condition.ts';
import type { SlowRead } from '../spend/slow-read-store.ts';
import { formatInstant, type Instant, parseInstant, plusMs } from '../time/instant.ts';
import type { CollectReport } from './collect.ts';
import type { RunState } from './run-state.ts';

const MEMO_PREFIX = 'near-timeout.';

/** The moment from which a run is near its time-out. */
export function nearTimeoutAt(startedAt: Instant, deadline: Instant): Instant {
  return plusMs(startedAt, Math.round(((deadline - startedAt) * NEAR_TIMEOUT_PERCENT) / 100));
}

/** Written only by a run that is near its time-out, so that others pay nothing for it. */
export function rememberNearTimeout(
  organization: string,
  name: string,
  { ledger, clock }: Pick<RunState, 'ledger' | 'clock'>,
): Promise<void> {
  return ledger.remember(organization, `${MEMO_PREFIX}${name}`, formatInstant(clock.now()));
}

/**
 * Whether a collect that ends at `now` is one to tell of. Catching up takes all the time there is, and so does a source
 * that does not answer, which is told on its own.
 */
export function isSlowRead(
  { outOfTime, problems }: Pick<CollectReport, 'outOfTime' | 'problems'>,
  now: Instant,
  nearAt: Instant,
): boolean {
  return now >= nearAt && !outOfTime && problems.length === 0;
}

/** One for each function that ever came close. A memo that cannot be read is forgotten. */
export function watchNearTimeouts(memos: ReadonlyMap<string, string>, tick: Instant): Watched[] {
  return [...memos].flatMap(([memo, value]): Watched[] => {
    const at = memo.startsWith(MEMO_PREFIX) ? parseInstant(value) : null;
    if (at === null) return [];
    const name = memo.slice(MEMO_PREFIX.length);
    return [{ subject: `time.${name}`, condition: nearTimeoutCondition(name, at, tick) }];
  });
}

/** Collectors leave word beside the spend, since they know nothing of the ledger; one place for both of them. */
export function watchSlowRead(read: SlowRead | null, tick: Instant): Watched[] {
  if (read === null) return [];
  return [{ subject: 'time.collectors', condition: nearTimeoutCondition(read.function, read.at, tick) }];
}
