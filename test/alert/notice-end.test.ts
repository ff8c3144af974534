// The end of a notice is told in words, with the source or the route that it was about.
import { describe, expect, it } from 'vitest';
import type { NoticeCode } from '../../lib/alert/notice-code.ts';
import { noticeEnd } from '../../lib/alert/notice-end.ts';

const ENDS: readonly (readonly [subject: string, code: NoticeCode, title: string])[] = [
  ['source.costs', 'SourceFailing', 'Over: OpenAI costs could not be read'],
  ['source.completions', 'SourceStale', 'Over: the data of OpenAI completions was stale'],
  ['audience', 'NoConfirmedSubscriber', 'Over: nobody would have heard an alert'],
  ['audience.oncall', 'NoConfirmedSubscriber', 'Over: nobody would have heard an alert on the route oncall'],
  ['subscribers.a.b', 'SubscribersFell', 'Over: subscribers were lost on the route a.b'],
  ['audience.$&', 'NoConfirmedSubscriber', 'Over: nobody would have heard an alert on the route $&'],
  ['time.check-budgets', 'NearTimeout', 'Over: runs of check-budgets came close to their time-out'],
  ['admin-key', 'AdminKeyExpiring', 'Over: the admin key was about to expire'],
];

describe('the end of a notice', () => {
  it.each(ENDS)('about %s, reported as %s, is titled "%s"', (subject, code, title) => {
    expect(noticeEnd(subject, code)).toMatchObject({ title });
  });

  it('says what was wrong, its code in the runbook, and that nothing is left to do', () => {
    expect(noticeEnd('check', 'CheckNotRunning').text).toBe(
      'That the check of budgets did not run (CheckNotRunning) is over. Nothing needs to be done.',
    );
  });
});
