// Who watches the watcher, and what can be seen of it: weeks of runs and heartbeats, and each finding said once.
import { describe, it } from 'vitest';
import { timeline } from './timeline.ts';

const org = () => timeline().at('2026-10-05T10:00Z').budgetsAre({ id: 'org', limit: '100' });

describe('the daily heartbeat', () => {
  it('says nothing for two weeks in which all is well', () =>
    org().at('2026-11-01T00:00Z').livesUntil('2026-11-15T00:00Z').ends());

  it('finds that nobody is subscribed before there is anything to say, and says so once', () =>
    org()
      .at('2026-11-02T00:00Z')
      .nobodyIsSubscribed()
      .livesUntil('2026-11-05T12:00Z')
      .thenOperations('NoConfirmedSubscriber')
      .thenText('waits for its confirmation', 'Nothing is announced there until somebody has confirmed')
      .somebodyConfirms()
      .livesUntil('2026-11-08T12:00Z')
      .thenOperations('NoConfirmedSubscriber over')
      .ends());

  it('finds an alert that was given up, once', () =>
    org()
      .at('2026-11-02T00:00Z')
      .costsSay({ '2026-11-01': '85' })
      .channel('refused')
      .livesUntil('2026-11-06T12:00Z')
      .thenOperations('DeliveryDead')
      .thenText('Nobody was told about: org')
      .ends());

  it('finds that checks have stopped, and that they run again', () =>
    org()
      .at('2026-11-02T00:00Z')
      .livesUntil('2026-11-03T01:00Z')
      .at('2026-11-03T07:00Z')
      .heartbeats()
      .at('2026-11-04T07:00Z')
      .heartbeats()
      .thenOperations('CheckNotRunning')
      .thenText('last ran at 3 Nov 01:00 UTC')
      .at('2026-11-04T08:00Z')
      .runs()
      .thenNothing()
      .livesUntil('2026-11-05T12:00Z')
      .thenOperations('CheckNotRunning over')
      .ends());

  it('announces the end of the admin key 14 and 3 days ahead, and that it was replaced', () =>
    org()
      .at('2026-11-01T00:00Z')
      .keyExpires('2026-11-20T12:00Z')
      .livesUntil('2026-11-06T06:00Z')
      .thenNothing()
      .livesUntil('2026-11-07T08:00Z')
      .thenOperations('AdminKeyExpiring')
      .thenText('expires within 14 days', '20 Nov 12:00 UTC')
      .livesUntil('2026-11-17T06:00Z')
      .thenNothing()
      .livesUntil('2026-11-18T08:00Z')
      .thenOperations('AdminKeyExpiring')
      .thenText('expires within 3 days')
      .keyExpires('2027-11-20T12:00Z')
      .livesUntil('2026-11-21T08:00Z')
      .thenOperations('AdminKeyExpiring over')
      .ends());

  it('hears from a collector that it needed nearly all of its time, once for as long as it goes on', () =>
    org()
      .at('2026-11-02T12:00Z')
      .runs()
      .readsSlowly('collect-usage')
      .at('2026-11-02T13:00Z')
      .runs()
      .thenNothing()
      .at('2026-11-03T07:00Z')
      .runs()
      .heartbeats()
      .thenOperations('NearTimeout')
      .thenText('collect-usage came close to its time-out', 'At 2 Nov 12:00 UTC', '80 % of its time')
      .readsSlowly('collect-costs')
      .at('2026-11-05T07:00Z')
      .runs()
      .heartbeats()
      .thenNothing()
      .at('2026-11-06T07:00Z')
      .runs()
      .heartbeats()
      .thenOperations('NearTimeout over')
      .thenText('runs of collectors have had time enough')
      .ends());

  it('gives a weekly sign of life through the channel of the alerts, if it is wanted', () =>
    org()
      .at('2026-11-01T00:00Z')
      .livesUntil('2026-11-15T00:00Z', 'weekly')
      .thenAlerts('heartbeat', 'heartbeat')
      .thenMessages(2)
      .thenText('OpenAI budget alerts are alive and watch 1 budget')
      .ends());
});

describe('a check that was near its time-out', () => {
  it('is told by the next one, once however often it happens, and is over after two days without', () =>
    org()
      .at('2026-11-02T10:00Z')
      .runs()
      .nearsTimeout('check-budgets')
      .thenNothing()
      .at('2026-11-02T10:15Z')
      .runs()
      .thenOperations('NearTimeout')
      .thenText('check-budgets came close to its time-out', 'At 2 Nov 10:00 UTC')
      .nearsTimeout('check-budgets')
      .at('2026-11-02T10:30Z')
      .runs()
      .nearsTimeout('check-budgets')
      .runsEvery('6h', '2026-11-04T10:30Z')
      .thenNothing()
      .at('2026-11-04T10:45Z')
      .runs()
      .thenOperations('NearTimeout over')
      .runsEvery('1d', '2026-11-06T10:45Z')
      .nearsTimeout('check-budgets')
      .runs()
      .thenOperations('NearTimeout')
      .ends());

  it('is told by the heartbeat, where every check since was cut off', () =>
    org()
      .at('2026-11-02T06:00Z')
      .runs()
      .nearsTimeout('check-budgets')
      .at('2026-11-02T07:00Z')
      .heartbeats()
      .thenOperations('NearTimeout')
      .ends());

  it('is told apart from other functions that were', () =>
    org()
      .at('2026-11-02T06:00Z')
      .nearsTimeout('heartbeat')
      .nearsTimeout('send-digest')
      .runs()
      .thenOperations('NearTimeout', 'NearTimeout')
      .thenText('heartbeat came close', 'send-digest came close')
      .ends());
});

describe('what can be seen afterwards', () => {
  it('is the whole story: announced, held back and said after all, corrected', () =>
    org()
      .at('2026-11-28T10:00Z')
      .costsSay({ '2026-11-28': '85' })
      .runs()
      .thenAlerts('org 80% first-breach')
      .silence('load test', { budget: 'org', until: '2026-11-30T00:00Z' })
      .at('2026-11-29T10:00Z')
      .costsSay({ '2026-11-29': '20' })
      .runs()
      .thenHistory(
        '2026-11-29T10:00Z org 100% suppressed higher-threshold 105',
        '2026-11-28T10:00Z org 80% announced first-breach 85',
      )
      .at('2026-11-30T00:00Z')
      .runs()
      .thenAlerts('org 100% silence-expired')
      .costsSay({ '2026-11-29': '5' })
      .at('2026-12-01T00:00Z')
      .runsEvery('1h', '2026-12-04T00:00Z')
      .thenAlerts('org 100% correction late 2026-11')
      .thenHistory(
        '2026-12-04T00:00Z org 100% corrected correction 90',
        '2026-11-28T10:00Z org 80% announced first-breach 85',
      )
      .ends());
});
