// The end of a notice is told in words, with the source or the route that it was about.
import { describe, expect, it } from 'vitest';
import type { NoticeCode } from '../../lib/alert/notice-code.ts';
import { noticeEnd } from '../../lib/alert/notice-end.ts';

const ENDS: readonly (readonly [subject: string, code: NoticeCode, title: string])[] = [
  ['source.costs', 'SourceFailing', 'Resolved: OpenAI costs can be read again'],
  ['source.completions', 'SourceStale', 'Resolved: the data of OpenAI completions is up to date again'],
  ['audience', 'NoConfirmedSubscriber', 'Resolved: somebody hears alerts'],
  ['audience.oncall', 'NoConfirmedSubscriber', 'Resolved: somebody hears alerts on the route oncall'],
  ['subscribers.a.b', 'SubscribersFell', 'Resolved: no further subscribers were lost on the route a.b'],
  ['audience.$&', 'NoConfirmedSubscriber', 'Resolved: somebody hears alerts on the route $&'],
  ['time.check-budgets', 'NearTimeout', 'Resolved: runs of check-budgets have had time enough for two days'],
  ['admin-key', 'AdminKeyExpiring', 'Resolved: the admin key does not expire soon'],
];

describe('the end of a notice', () => {
  it.each(ENDS)('about %s, reported as %s, is titled "%s"', (subject, code, title) => {
    expect(noticeEnd(subject, code)).toMatchObject({ title });
  });

  it('says under which code it was reported, and what is left to do', () => {
    expect(noticeEnd('check', 'CheckNotRunning').text).toBe(
      'What was reported as CheckNotRunning is over. Nothing needs to be done.',
    );
    expect(noticeEnd('subscribers', 'SubscribersFell').text).toMatch(/subscribe them again/);
    expect(noticeEnd('dead-deliveries', 'DeliveryDead').text).toMatch(/never sent/);
  });
});
