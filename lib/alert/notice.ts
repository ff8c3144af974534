// Notices: what operations must know about the system itself, said once when it begins and once when it ends.
import type { Instant } from '../time/instant.ts';
import type { NoticeCode } from './notice-code.ts';
import { noticeEnd } from './notice-end.ts';

/** Something that holds at a tick, and that somebody should do something about. */
export interface Condition {
  readonly code: NoticeCode;
  /** What it is now (`failing`, `14-days`, …): another state of the same subject is another notice. */
  readonly state: string;
  readonly title: string;
  /** What it means and what to do; never a body of OpenAI's, never a key. */
  readonly text: string;
}

/** One thing that a run has looked at, and what it found there. */
export interface Watched {
  /** `source.costs`, `audience`, …; unique in an organization. */
  readonly subject: string;
  /** `null`: all is well. */
  readonly condition: Condition | null;
}

/** What is sent. `state` is `null` when the condition has ended. */
export interface Notice {
  readonly subject: string;
  readonly state: string | null;
  readonly code: NoticeCode;
  readonly title: string;
  readonly text: string;
}

/** What operations were last told about a subject, and what they are being told right now. */
export interface NoticeLatch {
  readonly subject: string;
  /** 0: not stored yet. Every write adds 1 and is conditional on the version before. */
  readonly version: number;
  /** `null`: nothing, or that it is over. */
  readonly said: { readonly state: string; readonly code: NoticeCode; readonly at: Instant } | null;
  readonly claim: { readonly run: string; readonly leaseUntil: Instant; readonly notice: Notice } | null;
}

export interface DueNotice {
  readonly latch: NoticeLatch;
  readonly notice: Notice;
}

/** A notice that a dead run left behind is sent as it was; else one on entering a state and one on leaving it. */
export function planNotices(
  watched: readonly Watched[],
  latches: readonly NoticeLatch[],
  isHeld: (leaseUntil: Instant) => boolean,
): DueNotice[] {
  const known = new Map(latches.map((latch) => [latch.subject, latch]));
  return watched.flatMap(({ subject, condition }): DueNotice[] => {
    const latch = known.get(subject) ?? { subject, version: 0, said: null, claim: null };
    if (latch.claim !== null) {
      return isHeld(latch.claim.leaseUntil) ? [] : [{ latch, notice: latch.claim.notice }];
    }
    if (condition !== null) {
      return latch.said?.state === condition.state ? [] : [{ latch, notice: { subject, ...condition } }];
    }
    return latch.said === null ? [] : [{ latch, notice: endOf(subject, latch.said.code) }];
  });
}

function endOf(subject: string, code: NoticeCode): Notice {
  return { subject, state: null, code, ...noticeEnd(subject, code) };
}

export function withNoticeClaim({ latch, notice }: DueNotice, run: string, leaseUntil: Instant): NoticeLatch {
  return { ...latch, version: latch.version + 1, claim: { run, leaseUntil, notice } };
}

/** Accepted: said. Refused: the next run sends it. Unknown: the lease runs out first. */
export function withNoticeOutcome(
  claimed: NoticeLatch,
  outcome: 'accepted' | 'refused' | 'unknown',
  tick: Instant,
  now: Instant,
): NoticeLatch {
  const version = claimed.version + 1;
  const { claim } = claimed;
  if (claim === null || outcome === 'unknown') return { ...claimed, version };
  if (outcome === 'refused') return { ...claimed, version, claim: { ...claim, leaseUntil: now } };
  const { state, code } = claim.notice;
  return { ...claimed, version, said: state === null ? null : { state, code, at: tick }, claim: null };
}
