// Silences: what is held back is remembered with the reason, and said once afterwards if it is still true.
import { describe, it } from 'vitest';
import { timeline } from './timeline.ts';

const org = () => timeline().at('2026-10-05T10:00Z').budgetsAre({ id: 'org', limit: '100' });
const each = () => timeline().at('2026-10-05T10:00Z').budgetsAre({ id: 'each', each: true, limit: '100' });

describe('a silence', () => {
  it('that expires with the breach still true: it is announced once, as silence-expired', () =>
    org()
      .at('2026-11-10T10:00Z')
      .silence('load test', { budget: 'org', until: '2026-11-12T00:00Z' })
      .costsSay({ '2026-11-09': '85' })
      .runsEvery('1h', '2026-11-11T23:00Z')
      .thenNothing()
      .thenRemembered('org 100:80 suppressed: load test')
      .at('2026-11-12T00:00Z')
      .runs()
      .thenAlerts('org 80% silence-expired')
      .thenText('it was silenced until now')
      .runsEvery('1h', '2026-11-14T00:00Z')
      .ends());

  it('that expires with the breach no longer true: nothing is said', () =>
    org()
      .at('2026-11-10T10:00Z')
      .silence('load test', { until: '2026-11-12T00:00Z' })
      .costsSay({ '2026-11-09': '85' })
      .runs()
      .at('2026-11-10T12:00Z')
      .costsSay({ '2026-11-09': '60' })
      .runsEvery('1h', '2026-11-20T00:00Z')
      .ends());

  it('over the end of the month: the old month’s breach is said afterwards, once and as late; the new month is its own', () =>
    org()
      .at('2026-11-28T10:00Z')
      .silence('holidays', { until: '2026-12-03T00:00Z' })
      .costsSay({ '2026-11-27': '85' })
      .runsEvery('6h', '2026-12-02T22:00Z')
      .thenNothing()
      .at('2026-12-03T00:00Z')
      .runs()
      .thenAlerts('org 80% silence-expired late 2026-11')
      .costsSay({ '2026-12-03': '90' })
      .runsEvery('6h', '2026-12-05T00:00Z')
      .thenAlerts('org 80% first-breach')
      .ends());

  it('to the very end of the month starts the new month clean', () =>
    org()
      .at('2026-11-10T10:00Z')
      .silence('known', { budget: 'org', until: '2026-12-01T00:00Z' })
      .costsSay({ '2026-11-09': '120' })
      .runsEvery('6h', '2026-11-30T22:00Z')
      .thenNothing()
      .at('2026-12-01T00:00Z')
      .runs()
      .thenAlerts('org 100% silence-expired (80%) late 2026-11')
      .runsEvery('6h', '2026-12-05T00:00Z')
      .ends());

  it('for longer than the old month is looked at: its breach is not brought up any more', () =>
    org()
      .at('2026-11-28T10:00Z')
      .silence('sabbatical', { until: '2027-01-06T00:00Z' })
      .costsSay({ '2026-11-27': '85' })
      .runsEvery('6h', '2027-01-10T00:00Z')
      .ends());

  it('begun after the alert holds back only what is new', () =>
    org()
      .at('2026-11-10T10:00Z')
      .costsSay({ '2026-11-09': '85' })
      .runs()
      .thenAlerts('org 80% first-breach')
      .silence('seen', { budget: 'org', until: '2026-11-12T00:00Z' })
      .costsSay({ '2026-11-10': '20' })
      .runsEvery('1h', '2026-11-11T23:00Z')
      .thenNothing()
      .at('2026-11-12T00:00Z')
      .runs()
      .thenAlerts('org 100% silence-expired')
      .ends());

  it('under which two thresholds are reached one after the other is one alert afterwards', () =>
    org()
      .at('2026-11-10T10:00Z')
      .silence('load test', { until: '2026-11-12T00:00Z' })
      .costsSay({ '2026-11-09': '85' })
      .runs()
      .at('2026-11-11T10:00Z')
      .costsSay({ '2026-11-10': '20' })
      .runs()
      .thenRemembered('org 100:80 suppressed: load test', 'org 100:100 suppressed: load test')
      .at('2026-11-12T00:00Z')
      .runs()
      .thenAlerts('org 100% silence-expired (80%)')
      .ends());

  it('that is taken back is over at once', () =>
    org()
      .at('2026-11-10T10:00Z')
      .silence('load test', { until: '2026-12-24T00:00Z' })
      .costsSay({ '2026-11-09': '85' })
      .runsEvery('15m', '2026-11-10T12:00Z')
      .thenNothing()
      .unsilence('load test')
      .checks()
      .thenAlerts('org 80% silence-expired')
      .ends());

  it('that is made longer lasts longer, and of two the one that lasts longer counts', () =>
    org()
      .at('2026-11-10T10:00Z')
      .silence('load test', { until: '2026-11-11T00:00Z' })
      .silence('budget talks', { budget: 'org', until: '2026-11-12T00:00Z' })
      .costsSay({ '2026-11-09': '85' })
      .runsEvery('1h', '2026-11-11T20:00Z')
      .silence('budget talks', { budget: 'org', until: '2026-11-13T00:00Z' })
      .runsEvery('1h', '2026-11-12T23:00Z')
      .thenNothing()
      .at('2026-11-13T00:00Z')
      .runs()
      .thenAlerts('org 80% silence-expired')
      .ends());

  it('over a daily budget: the breaches of its days come in one message afterwards, each once', () =>
    timeline()
      .at('2026-10-05T10:00Z')
      .budgetsAre({ id: 'day', limit: '10', period: 'daily', thresholds: ['100%'] })
      .at('2026-11-10T10:00Z')
      .silence('load test', { until: '2026-11-13T00:00Z' })
      .costsSay({ '2026-11-10': '11', '2026-11-11': '9', '2026-11-12': '12' })
      .runsEvery('1h', '2026-11-12T23:00Z')
      .thenNothing()
      .at('2026-11-13T00:00Z')
      .runs()
      .thenAlerts('day 100% silence-expired late 2026-11-10', 'day 100% silence-expired late 2026-11-12')
      .thenMessages(1)
      .runsEvery('1h', '2026-11-14T23:00Z')
      .ends());

  it('of one member leaves the others alone', () =>
    each()
      .at('2026-11-10T10:00Z')
      .silence('migration', { budget: 'each', member: 'proj_a', until: '2026-11-12T00:00Z' })
      .costsSay({ '2026-11-09': { proj_a: '85', proj_b: '110' } })
      .runs()
      .thenAlerts('each/proj_b 100% first-breach (80%)')
      .runsEvery('1h', '2026-11-11T23:00Z')
      .thenNothing()
      .thenRemembered('each/proj_a 100:80 suppressed: migration', 'each/proj_b 100:100 announced')
      .at('2026-11-12T00:00Z')
      .runs()
      .thenAlerts('each/proj_a 80% silence-expired')
      .ends());

  it('is on record even if its only run alerts on another member of the same budget', () =>
    each()
      .at('2026-11-10T23:00Z')
      .silence('migration', { budget: 'each', member: 'proj_a', until: '2026-11-11T00:00Z' })
      .costsSay({ '2026-11-10': { proj_a: '85', proj_b: '110' } })
      .runs()
      .thenAlerts('each/proj_b 100% first-breach (80%)')
      .thenRemembered('each/proj_a 100:80 suppressed: migration', 'each/proj_b 100:100 announced')
      .at('2026-11-11T00:00Z')
      .runs()
      .thenAlerts('each/proj_a 80% silence-expired')
      .ends());

  it('is on record even while the channel refuses an alert on another member of the same budget', () =>
    each()
      .at('2026-11-10T10:00Z')
      .costsSay({ '2026-11-09': { proj_b: '110' } })
      .channel('refused')
      .runs()
      .silence('migration', { budget: 'each', member: 'proj_a', until: '2026-11-11T00:00Z' })
      .costsSay({ '2026-11-10': { proj_a: '85' } })
      .runsEvery('1h', '2026-11-10T23:00Z')
      .thenRemembered('each/proj_a 100:80 suppressed: migration')
      .at('2026-11-11T00:00Z')
      .channel('accepted')
      .runs()
      .thenAlerts('each/proj_b 100% first-breach (80%)', 'each/proj_a 80% silence-expired')
      .ends());

  it('of one budget leaves the others alone', () =>
    timeline()
      .at('2026-10-05T10:00Z')
      .budgetsAre({ id: 'org', limit: '100' }, { id: 'search', projects: ['proj_a'], limit: '80' })
      .at('2026-11-10T10:00Z')
      .silence('known', { budget: 'org', until: '2026-11-12T00:00Z' })
      .costsSay({ '2026-11-09': '85' })
      .runs()
      .thenAlerts('search 100% first-breach (80%)')
      .ends());

  it('does not recall what was already on its way', () =>
    org()
      .at('2026-11-10T10:00Z')
      .costsSay({ '2026-11-09': '85' })
      .channel('refused')
      .runs()
      .thenProblems('delivery-refused')
      .silence('too late', { until: '2026-11-20T00:00Z' })
      .channel('accepted')
      .at('2026-11-10T10:15Z')
      .checks()
      .thenAlerts('org 80% first-breach')
      .ends());

  it('of a limit that is then lowered: what is due afterwards is about the new limit', () =>
    org()
      .at('2026-11-10T10:00Z')
      .silence('load test', { until: '2026-11-12T00:00Z' })
      .costsSay({ '2026-11-09': '85' })
      .runs()
      .at('2026-11-11T10:00Z')
      .budgetsAre({ id: 'org', limit: '50' })
      .runs()
      .thenNothing()
      .at('2026-11-12T00:00Z')
      .runs()
      .thenAlerts('org 100% silence-expired (80%)')
      .thenText('$50 November budget')
      .ends());
});
