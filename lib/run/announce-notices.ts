// The notice stage: tells operations what a run has found about the system, by the same claim, publish and record.
import {
  type NoticeLatch,
  planNotices,
  type Watched,
  withNoticeClaim,
  withNoticeOutcome,
} from '../alert/notice.ts';
import type { Problem } from '../budget/problem.ts';
import { BudgetAlertsError } from '../errors.ts';
import { noticeMessage } from '../notify/notice-message.ts';
import { isHeard } from '../notify/notifier.ts';
import { type Instant, plusMs } from '../time/instant.ts';
import { LEASE_BEYOND_DEADLINE_MS } from './claim.ts';
import type { RunState } from './run-state.ts';

interface NoticeInput {
  readonly organization: string;
  readonly tick: Instant;
  readonly deadline: Instant;
  readonly alone: boolean;
  readonly run: string;
}

/** One after the other: there are few, and a notice that fails keeps no other from being sent. */
export async function announceNotices(
  watched: readonly Watched[],
  latches: readonly NoticeLatch[],
  { organization, tick, deadline, alone, run }: NoticeInput,
  { ledger, operations, clock, flagsOf }: RunState,
): Promise<readonly Problem[]> {
  const leaseUntil = plusMs(deadline, LEASE_BEYOND_DEADLINE_MS);
  const due = planNotices(watched, latches, (until) => !alone && clock.now() < until);
  if (due.length === 0) return [];
  if (!isHeard(await operations.audience())) return [unheard(due.length)];
  const context = { organization, run, flags: flagsOf(organization) };
  const problems: Problem[] = [];
  for (const { latch, notice } of due) {
    try {
      const claimed = withNoticeClaim({ latch, notice }, run, leaseUntil);
      if (!(await ledger.writeNotice(organization, claimed, run))) continue;
      const { outcome } = await operations.deliver(noticeMessage(notice, context));
      const recorded = withNoticeOutcome(claimed, outcome, tick, clock.now());
      await ledger.writeNotice(organization, recorded, run);
      if (outcome !== 'accepted') problems.push(undelivered(notice.subject, outcome));
    } catch (error) {
      if (!(error instanceof BudgetAlertsError)) throw error;
      problems.push(undelivered(notice.subject, error.code));
    }
  }
  return problems;
}

/** As with alerts: what is accepted while nobody listens is lost, and the end of it would be the first that they hear. */
function unheard(notices: number): Problem {
  return {
    code: 'operations-unheard',
    path: '',
    line: null,
    message:
      `${notices === 1 ? 'A notice waits' : `${notices} notices wait`}, since nobody has confirmed a subscription to the operations topic. ` +
      'Confirm the e-mail that AWS sent, or subscribe somebody.',
    severity: 'warning',
  };
}

function undelivered(subject: string, why: string): Problem {
  return {
    code: 'notice-undelivered',
    path: '',
    line: null,
    message: `Operations could not be told about ${subject} (${why}); the next run tries again.`,
    severity: 'error',
  };
}
