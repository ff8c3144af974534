// What operations are told about the watcher itself: once when it begins, once when it changes, once when it ends.

import { describe, expect, it } from 'vitest';
import {
  type Condition,
  type Notice,
  type NoticeLatch,
  planNotices,
  withNoticeClaim,
  withNoticeOutcome,
} from '../../lib/alert/notice.ts';
import { plusMs } from '../../lib/time/instant.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = instantOf('2026-11-20T10:00:00Z');
const EARLIER = instantOf('2026-11-19T10:00:00Z');
const LEASE = plusMs(TICK, 90_000);
const LATER = plusMs(TICK, 5_000);
const SUBJECT = 'source.costs';

const STALE: Condition = {
  code: 'SourceStale',
  state: 'stale',
  title: 'OpenAI costs are stale',
  text: 'Look at the logs.',
};
const FAILING: Condition = { ...STALE, code: 'SourceFailing', state: 'failing', title: 'OpenAI costs fail' };
const SAID_STALE: NoticeLatch = {
  subject: SUBJECT,
  version: 4,
  said: { state: 'stale', code: 'SourceStale', at: EARLIER },
  claim: null,
};
const CLAIMED: Notice = { subject: SUBJECT, ...FAILING };
const HELD: NoticeLatch = { ...SAID_STALE, claim: { run: 'before', leaseUntil: LEASE, notice: CLAIMED } };

describe('a subject', () => {
  const due = (condition: Condition | null, latches: readonly NoticeLatch[], isLeaseOver = true) =>
    planNotices([{ subject: SUBJECT, condition }], latches, (until) => until === LEASE && !isLeaseOver);
  const states = (...given: Parameters<typeof due>) =>
    due(...given).map(({ notice: { state, code } }) => `${code} ${state ?? 'over'}`);

  it.each<[string, Condition | null, NoticeLatch[], string[]]>([
    ['that has always been well: nothing', null, [], []],
    ['that is in a state nobody was told of: that state', STALE, [], ['SourceStale stale']],
    ['that stays as it was said to be: nothing', STALE, [SAID_STALE], []],
    ['that is in another state than was said: the new one', FAILING, [SAID_STALE], ['SourceFailing failing']],
    ['that is well again: that it is over', null, [SAID_STALE], ['SourceStale over']],
    ['whose end was said: nothing', null, [{ ...SAID_STALE, said: null }], []],
    [
      'that is in a state again after its end was said: that state',
      STALE,
      [{ ...SAID_STALE, said: null }],
      ['SourceStale stale'],
    ],
    ['of which a dead run left something behind: just that', STALE, [HELD], ['SourceFailing failing']],
    ['that is well while something was left behind: just that', null, [HELD], ['SourceFailing failing']],
    [
      'of which only others were said: its state',
      STALE,
      [{ ...SAID_STALE, subject: 'source.completions' }],
      ['SourceStale stale'],
    ],
  ])('%s', (_, condition, latches, expected) => {
    expect(states(condition, latches)).toEqual(expected);
  });

  it.each([
    ['well', null],
    ['not', STALE],
  ] as const)(
    'that another run is telling of right now is left to it, whether it is well or not: %s',
    (_, condition) => {
      expect(due(condition, [HELD], false)).toEqual([]);
    },
  );

  it('of which nothing was ever said begins with an empty latch', () => {
    expect(due(STALE, [])).toEqual([
      {
        latch: { subject: SUBJECT, version: 0, said: null, claim: null },
        notice: { subject: SUBJECT, ...STALE },
      },
    ]);
  });

  it('that was told of goes on in its own latch', () => {
    expect(due(FAILING, [SAID_STALE])).toEqual([{ latch: SAID_STALE, notice: CLAIMED }]);
    expect(due(null, [HELD])).toEqual([{ latch: HELD, notice: CLAIMED }]);
  });

  it('is over in words, under the code that it was said with', () => {
    expect(due(null, [SAID_STALE]).map(({ notice }) => notice)).toEqual([
      {
        subject: SUBJECT,
        state: null,
        code: 'SourceStale',
        title: 'Resolved: the data of OpenAI costs is up to date again',
        text: 'What was reported as SourceStale is over. Nothing needs to be done.',
      },
    ]);
  });

  it('is looked at by itself, whatever holds of others', () => {
    const watched = [
      { subject: 'check', condition: null },
      { subject: SUBJECT, condition: STALE },
      { subject: 'audience', condition: STALE },
    ];
    const planned = planNotices(watched, [{ ...SAID_STALE, subject: 'check' }, SAID_STALE], () => true);
    expect(planned.map(({ notice }) => `${notice.subject} ${notice.state}`)).toEqual([
      'check null',
      'audience stale',
    ]);
  });
});

describe('a notice', () => {
  it('is claimed in the next version, and what was said before stays until it is delivered', () => {
    expect(withNoticeClaim({ latch: SAID_STALE, notice: CLAIMED }, 'now', LEASE)).toEqual({
      subject: SUBJECT,
      version: 5,
      said: { state: 'stale', code: 'SourceStale', at: EARLIER },
      claim: { run: 'now', leaseUntil: LEASE, notice: CLAIMED },
    });
  });

  it('that was accepted has been said', () => {
    expect(withNoticeOutcome(HELD, 'accepted', TICK, LATER)).toEqual({
      subject: SUBJECT,
      version: 5,
      said: { state: 'failing', code: 'SourceFailing', at: TICK },
      claim: null,
    });
  });

  it('of an end that was accepted leaves nothing said', () => {
    const end = { ...HELD, claim: { run: 'now', leaseUntil: LEASE, notice: { ...CLAIMED, state: null } } };
    expect(withNoticeOutcome(end, 'accepted', TICK, LATER)).toEqual({
      subject: SUBJECT,
      version: 5,
      said: null,
      claim: null,
    });
  });

  it('that was refused stays claimed with the lease ended, so that the next run sends it', () => {
    expect(withNoticeOutcome(HELD, 'refused', TICK, LATER)).toEqual({
      ...HELD,
      version: 5,
      claim: { run: 'before', leaseUntil: LATER, notice: CLAIMED },
    });
  });

  it('that may have arrived keeps its lease', () => {
    expect(withNoticeOutcome(HELD, 'unknown', TICK, LATER)).toEqual({ ...HELD, version: 5 });
  });

  it.each(['accepted', 'refused', 'unknown'] as const)(
    'that nobody has claimed is not recorded as %s',
    (outcome) => {
      expect(withNoticeOutcome(SAID_STALE, outcome, TICK, LATER)).toEqual({ ...SAID_STALE, version: 5 });
    },
  );
});
