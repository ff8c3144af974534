// The way to people: storms, refusals, nobody listening, runs side by side, clocks that jump. Once each, whatever happens.
import { describe, it } from 'vitest';
import { timeline } from './timeline.ts';

const org = () =>
  timeline().at('2026-10-05T10:00Z').budgetsAre({ id: 'org', limit: '100' }).costsSay({ '2026-11-18': '85' });

const PROJECTS = Array.from({ length: 500 }, (_, index) => `proj_${String(index).padStart(3, '0')}`);

describe('500 projects that breach in one run', () => {
  it('are one message in which each is named or counted, and then silence', () =>
    timeline()
      .at('2026-10-05T10:00Z')
      .budgetsAre({ id: 'each', each: true, limit: '100' })
      .at('2026-11-20T10:00Z')
      .costsSay({ '2026-11-19': Object.fromEntries(PROJECTS.map((project) => [project, '85'])) })
      .runs()
      .thenAlerts(...PROJECTS.map((project) => `each/${project} 80% first-breach`))
      .thenMessages(1)
      // Worst first, then by id: 20 described, 200 listed, 280 counted.
      .thenText('proj_000 is at 85 % of its $100 November budget, and 499 more')
      .thenText(
        '500 budgets reached a threshold',
        'proj_219 is at 85 %',
        'and 280 more alerts are not listed',
      )
      .thenNotInText('proj_220')
      .runsEvery('15m', '2026-11-20T12:00Z')
      .ends());

  it('at different thresholds are one message for each severity', () =>
    timeline()
      .at('2026-10-05T10:00Z')
      .budgetsAre({ id: 'each', each: true, limit: '100' })
      .at('2026-11-20T10:00Z')
      .costsSay({
        '2026-11-19': Object.fromEntries(
          PROJECTS.map((project, index) => [project, index % 2 ? '85' : '100']),
        ),
      })
      .runs()
      .thenAlerts(
        ...PROJECTS.map((project, index) =>
          index % 2 ? `each/${project} 80% first-breach` : `each/${project} 100% first-breach (80%)`,
        ),
      )
      .thenMessages(2)
      .thenText('and 249 more')
      .ends());

  it('that the channel refuses are all there in the next run', () =>
    timeline()
      .at('2026-10-05T10:00Z')
      .budgetsAre({ id: 'each', each: true, limit: '100' })
      .at('2026-11-20T10:00Z')
      .costsSay({ '2026-11-19': Object.fromEntries(PROJECTS.map((project) => [project, '85'])) })
      .channel('refused')
      .runs()
      .thenNothing()
      .at('2026-11-20T10:15Z')
      .channel('accepted')
      .checks()
      .thenAlerts(...PROJECTS.map((project) => `each/${project} 80% first-breach`))
      .thenMessages(1)
      .ends());
});

describe('while nobody is subscribed', () => {
  it('nothing is used up; all of it is announced once somebody has confirmed', () =>
    org()
      .nobodyIsSubscribed()
      .at('2026-11-19T10:00Z')
      .runs()
      .thenProblems('nobody-subscribed')
      .runsEvery('1h', '2026-11-24T10:00Z')
      .thenOperations('NoConfirmedSubscriber')
      .costsSay({ '2026-11-24': '20' })
      .somebodyConfirms()
      .runs()
      .thenAlerts('org 100% first-breach (80%)')
      .thenOperations('NoConfirmedSubscriber over')
      .thenProblems()
      .runsEvery('1h', '2026-11-25T10:00Z')
      .ends());

  it('a month may end: its breach is then announced as late', () =>
    org()
      .nobodyIsSubscribed()
      .at('2026-11-30T10:00Z')
      .runsEvery('6h', '2026-12-04T10:00Z')
      .thenOperations('NoConfirmedSubscriber')
      .somebodyConfirms()
      .runs()
      .thenAlerts('org 80% first-breach late 2026-11')
      .thenOperations('NoConfirmedSubscriber over')
      .ends());
});

describe('a month that has ended', () => {
  const unheard = (until: string) =>
    org()
      .nobodyIsSubscribed()
      .at('2026-11-30T10:00Z')
      .runsEvery('1d', '2027-01-04T10:00Z')
      .thenOperations('NoConfirmedSubscriber')
      .somebodyConfirms()
      .at(until);

  it('is spoken of to the end of its 35th day', () =>
    unheard('2027-01-04T23:45Z')
      .runs()
      .thenAlerts('org 80% first-breach late 2026-11')
      .thenOperations('NoConfirmedSubscriber over')
      .ends());

  it('is not spoken of any more after it', () => unheard('2027-01-05T00:00Z').runs().ends());
});

describe('a channel', () => {
  it('that refuses for a day: the alert comes once afterwards, with the figures of its first try', () =>
    org()
      .channel('refused')
      .at('2026-11-19T10:00Z')
      .runs()
      .thenProblems('delivery-refused')
      .costsSay({ '2026-11-19': '3' })
      .runsEvery('15m', '2026-11-20T10:00Z')
      .thenNothing()
      .channel('accepted')
      .runs()
      .thenAlerts('org 80% first-breach')
      .thenText('org is at 85 %')
      .thenProblems()
      .runsEvery('15m', '2026-11-21T10:00Z')
      .ends());

  it('that refuses for a day while more is spent: the higher threshold comes with it', () =>
    org()
      .channel('refused')
      .at('2026-11-19T10:00Z')
      .runs()
      .costsSay({ '2026-11-19': '20' })
      .runsEvery('15m', '2026-11-20T10:00Z')
      .thenNothing()
      .channel('accepted')
      .runs()
      .thenAlerts('org 80% first-breach', 'org 100% higher-threshold')
      .ends());

  it('that refuses for more than three days: the alert is given up, and that is a problem of the run', () =>
    org()
      .channel('refused')
      .at('2026-11-19T10:00Z')
      .runsEvery('1h', '2026-11-22T09:00Z')
      .thenProblems('delivery-refused')
      .at('2026-11-22T10:00Z')
      .runs()
      .thenProblems('delivery-dead', 'delivery-refused')
      .thenRemembered('org 100:80 dead')
      .channel('accepted')
      .runsEvery('1h', '2026-11-24T10:00Z')
      .ends());

  it('whose answers get lost: it is said again when the lease has run out, and then no more', () =>
    org()
      .channel('unknown')
      .at('2026-11-19T10:00Z')
      .runs()
      .thenAlerts('org 80% first-breach')
      .thenProblems('delivery-unknown')
      .channel('accepted')
      .at('2026-11-19T10:01Z')
      .checks()
      .thenNothing()
      .at('2026-11-19T10:15Z')
      .checks()
      .thenAlerts('org 80% first-breach')
      .runsEvery('15m', '2026-11-20T10:00Z')
      .ends());
});

describe('runs side by side', () => {
  it('say it once', () =>
    org()
      .at('2026-11-19T10:00Z')
      .runsAtOnce(2)
      .thenAlerts('org 80% first-breach')
      .thenMessages(1)
      .costsSay({ '2026-11-19': '20' })
      .at('2026-11-19T11:00Z')
      .runsAtOnce(20)
      .thenAlerts('org 100% higher-threshold')
      .thenMessages(1)
      .ends());

  it('of one tick that comes twice say it once', () =>
    org()
      .at('2026-11-19T10:00Z')
      .runs()
      .thenAlerts('org 80% first-breach')
      .at('2026-11-19T10:02Z')
      .runsForTick('2026-11-19T10:00Z')
      .runsForTick('2026-11-19T10:00Z')
      .ends());

  it('tell operations once', () =>
    org()
      .at('2026-11-19T10:00Z')
      .runs()
      .thenAlerts('org 80% first-breach')
      .at('2026-11-19T11:00Z')
      .sourceFails('openai-key-rejected')
      .runsAtOnce(10)
      .thenOperations('SourceFailing')
      .at('2026-11-19T12:00Z')
      .sourceRecovers()
      .runsAtOnce(10)
      .thenOperations('SourceFailing over')
      .ends());
});

describe('a clock', () => {
  it('that is turned back by two days says nothing again and takes nothing back', () =>
    org()
      .at('2026-11-19T10:00Z')
      .runsEvery('1h', '2026-11-22T10:00Z')
      .thenAlerts('org 80% first-breach')
      .at('2026-11-20T10:00Z')
      .runsEvery('1h', '2026-11-24T10:00Z')
      .ends());

  it('that is turned back by a month finds last month as it was left, and the present one, too', () =>
    org()
      .costsSay({ '2026-10-20': '90' })
      .at('2026-10-21T10:00Z')
      .runs()
      .thenAlerts('org 80% first-breach')
      .at('2026-11-19T10:00Z')
      .runs()
      .thenAlerts('org 80% first-breach')
      .at('2026-10-21T10:00Z')
      .runsEvery('6h', '2026-10-28T10:00Z')
      .at('2026-11-19T10:15Z')
      .runs()
      .ends());

  it('that is turned back while a claim is open lets it wait, and loses nothing', () =>
    org()
      .at('2026-11-19T10:00Z')
      .channel('unknown')
      .runs()
      .thenAlerts('org 80% first-breach')
      .channel('accepted')
      .at('2026-11-19T09:00Z')
      .runsEvery('15m', '2026-11-19T10:00Z')
      .thenNothing()
      .at('2026-11-19T10:15Z')
      .runs()
      .thenAlerts('org 80% first-breach')
      .ends());
});
