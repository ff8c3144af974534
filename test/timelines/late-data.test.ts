// Costs that come late, are restated or vanish for an hour: what is said then, about which period, and how often.
import { describe, it } from 'vitest';
import { timeline } from './timeline.ts';

/** A budget of $100 that existed long before anything happens. */
const org = () => timeline().at('2026-08-01T00:05Z').budgetsAre({ id: 'org', limit: '100' });

describe('a cost that arrives late', () => {
  it('of 30 September is said when it comes, on 1 October, as late and under September’s own name', () =>
    org()
      .at('2026-09-30T22:00Z')
      .costsSay({ '2026-09-12': '60' })
      .runs()
      .thenNothing()
      .at('2026-10-01T02:00Z')
      .costsSay({ '2026-09-30': { proj_a: '25' }, '2026-10-01': { proj_a: '3' } })
      .runs()
      .thenAlerts('org 80% first-breach late 2026-09')
      .thenText('org was at 85 % of its $100 September budget (found late)')
      .thenText('September 2026, ended before this was found (UTC)')
      .thenSpent('org 2026-09 85')
      .thenSpent('org 2026-10 3')
      .runsEvery('1h', '2026-10-06T00:00Z')
      .ends());

  it('does not use up the breach of the month that it arrives in', () =>
    org()
      .at('2026-10-01T02:00Z')
      .costsSay({ '2026-09-30': '85', '2026-10-01': '81' })
      .runs()
      .thenAlerts('org 80% first-breach late 2026-09', 'org 80% first-breach')
      .thenText('September budget (found late)', 'October budget.')
      .thenMessages(1)
      .ends());

  it('lifts a month that was announced at 80 % to 100 % after it has ended', () =>
    org()
      .at('2026-09-20T08:00Z')
      .costsSay({ '2026-09-12': '85' })
      .runs()
      .thenAlerts('org 80% first-breach')
      .at('2026-10-02T08:00Z')
      .costsSay({ '2026-09-30': '20' })
      .runs()
      .thenAlerts('org 100% higher-threshold late 2026-09')
      .ends());

  it('of yesterday is said under yesterday’s date by a daily budget', () =>
    timeline()
      .at('2026-08-01T00:05Z')
      .budgetsAre({ id: 'day', limit: '10', period: 'daily' })
      .at('2026-11-10T03:00Z')
      .runs()
      .thenNothing()
      .at('2026-11-10T07:00Z')
      .costsSay({ '2026-11-09': '12' })
      .runs()
      .thenAlerts('day 100% first-breach (80%) late 2026-11-09')
      .thenText('budget for 9 November (found late)')
      .ends());
});

describe('a figure that goes up and down', () => {
  it('79 → 81 → 79.9 → 80.1 %, restated hour by hour, is one alert', () =>
    org()
      .at('2026-11-20T10:00Z')
      .costsSay({ '2026-11-19': '79' })
      .runs()
      .thenNothing()
      .at('2026-11-20T11:00Z')
      .costsSay({ '2026-11-19': '81' })
      .runs()
      .thenAlerts('org 80% first-breach')
      .at('2026-11-20T12:00Z')
      .costsSay({ '2026-11-19': '79.9' })
      .runs()
      .at('2026-11-20T13:00Z')
      .costsSay({ '2026-11-19': '80.1' })
      .runs()
      .ends());

  it('79 → 81 → 79.9 → 80.1 %, a day and more apart and into the next month, is one alert', () =>
    org()
      .at('2026-11-27T10:00Z')
      .costsSay({ '2026-11-26': '79' })
      .runsEvery('6h', '2026-11-28T10:00Z')
      .thenNothing()
      .costsSay({ '2026-11-28': '2' })
      .runsEvery('6h', '2026-11-30T10:00Z')
      .thenAlerts('org 80% first-breach')
      .costsSay({ '2026-11-28': '0.9' })
      .runsEvery('6h', '2026-12-09T10:00Z')
      .costsSay({ '2026-11-28': '1.1' })
      .runsEvery('6h', '2026-12-20T10:00Z')
      .ends());

  it('that stays at 90 % for 20 days of hourly runs is one alert', () =>
    org()
      .at('2026-11-01T00:02Z')
      .costsSay({ '2026-11-01': '90' })
      .runsEvery('1h', '2026-11-21T00:02Z')
      .thenAlerts('org 80% first-breach')
      .ends());

  it('that creeps from 0 to 120 % within a month is one alert for each threshold', () =>
    org()
      .at('2026-11-01T06:00Z')
      .costsSay(
        Object.fromEntries(
          Array.from({ length: 30 }, (_, day) => [`2026-11-${String(day + 1).padStart(2, '0')}`, '4']),
        ),
      )
      .runsEvery('6h', '2026-11-20T18:00Z')
      .thenAlerts('org 80% first-breach')
      .runsEvery('6h', '2026-11-30T18:00Z')
      .thenAlerts('org 100% higher-threshold')
      .ends());
});

describe('a restatement', () => {
  it('on the 20th of the next month is announced then, as late', () =>
    org()
      .at('2026-11-29T10:00Z')
      .costsSay({ '2026-11-25': '70' })
      .runsEvery('6h', '2026-12-20T10:00Z')
      .thenNothing()
      .costsSay({ '2026-11-25': '85' })
      // Days that ended long ago are read again once a week.
      .runsEvery('6h', '2026-12-27T10:00Z')
      .thenAlerts('org 80% first-breach late 2026-11')
      .runsEvery('6h', '2027-01-10T10:00Z')
      .ends());

  it('of a day that ended more than 35 days ago is not found: days are read again for so long', () =>
    org()
      .at('2026-11-29T10:00Z')
      .costsSay({ '2026-11-05': '70' })
      .runsEvery('6h', '2026-12-20T10:00Z')
      .costsSay({ '2026-11-05': '850' })
      .runsEvery('6h', '2027-01-10T10:00Z')
      .ends());

  it('more than 35 days after the end of the month is not', () =>
    org()
      .at('2026-12-29T10:00Z')
      .costsSay({ '2026-11-28': '70' })
      .runsEvery('6h', '2027-01-05T00:10Z')
      .costsSay({ '2026-11-28': '850' })
      .runsEvery('6h', '2027-01-20T10:00Z')
      .ends());
});

describe('an ended day that had cost and comes back empty', () => {
  it('keeps its rows until a second run agrees', () =>
    org()
      .at('2026-11-20T10:00Z')
      .costsSay({ '2026-11-19': '70' })
      .runs()
      .thenSpent('org 2026-11 70')
      .at('2026-11-20T11:00Z')
      .costsSay({ '2026-11-19': {} })
      .runs()
      .thenSpent('org 2026-11 70')
      .at('2026-11-20T12:00Z')
      .runs()
      .thenSpent('org 2026-11 0')
      .ends());

  it('is not believed twice by the same tick', () =>
    org()
      .at('2026-11-20T10:00Z')
      .costsSay({ '2026-11-19': '70' })
      .runs()
      .at('2026-11-20T11:00Z')
      .costsSay({ '2026-11-19': {} })
      .runs()
      .runsForTick('2026-11-20T11:00Z')
      .thenSpent('org 2026-11 70')
      .ends());

  it('and has cost again an hour later was never gone', () =>
    org()
      .at('2026-11-20T10:00Z')
      .costsSay({ '2026-11-19': '85' })
      .runs()
      .thenAlerts('org 80% first-breach')
      .at('2026-11-20T11:00Z')
      .costsSay({ '2026-11-19': {} })
      .runs()
      .at('2026-11-20T12:00Z')
      .costsSay({ '2026-11-19': '85' })
      .runs()
      .at('2026-11-20T13:00Z')
      .costsSay({ '2026-11-19': {} })
      .runs()
      .thenSpent('org 2026-11 85')
      .ends());

  it('and comes back after all does not alert again', () =>
    org()
      .at('2026-11-20T10:00Z')
      .costsSay({ '2026-11-19': '85' })
      .runs()
      .thenAlerts('org 80% first-breach')
      .at('2026-11-20T11:00Z')
      .costsSay({ '2026-11-19': {} })
      .runsEvery('1h', '2026-11-20T15:00Z')
      .thenSpent('org 2026-11 0')
      .costsSay({ '2026-11-19': '85' })
      .runsEvery('1h', '2026-11-20T18:00Z')
      .thenSpent('org 2026-11 85')
      .ends());

  it('without even a bucket is not empty but unknown, and keeps its rows for good', () =>
    org()
      .at('2026-11-20T10:00Z')
      .costsSay({ '2026-11-19': '70' })
      .runs()
      .at('2026-11-20T11:00Z')
      .costsSay({ '2026-11-19': null })
      .runsEvery('1h', '2026-11-21T11:00Z')
      .thenSpent('org 2026-11 70')
      .ends());
});

describe('the end of a month', () => {
  it('during an outage from the 30th to the 2nd: the old month’s breach is found late, the new month starts clean', () =>
    org()
      .at('2026-11-29T10:00Z')
      .costsSay({ '2026-11-15': '70' })
      .runsEvery('1h', '2026-11-30T09:00Z')
      .thenNothing()
      .sourceFails('openai-unavailable')
      .costsSay({ '2026-11-29': '4', '2026-11-30': '30', '2026-12-01': '5' })
      .runsEvery('1h', '2026-12-02T09:00Z')
      .thenOperations('SourceFailing')
      .thenSpent('org 2026-11 70')
      .thenSpent('org 2026-12 0')
      .at('2026-12-02T10:00Z')
      .sourceRecovers()
      .runs()
      .thenAlerts('org 100% first-breach (80%) late 2026-11')
      .thenText('November budget (found late)')
      .thenOperations('SourceFailing over')
      .thenSpent('org 2026-11 104')
      .thenSpent('org 2026-12 5')
      .runsEvery('1h', '2026-12-04T10:00Z')
      .ends());

  it('re-arms: the same 85 % is announced once in each of three months', () =>
    org()
      .costsSay({ '2026-09-10': '85', '2026-10-10': '85', '2026-11-10': '85' })
      .at('2026-09-01T06:00Z')
      .runsEvery('6h', '2026-09-30T18:00Z')
      .thenAlerts('org 80% first-breach')
      .thenText('September budget')
      .runsEvery('6h', '2026-10-31T18:00Z')
      .thenAlerts('org 80% first-breach')
      .thenText('October budget')
      .runsEvery('6h', '2026-11-30T18:00Z')
      .thenAlerts('org 80% first-breach')
      .thenText('November budget')
      .ends());

  it('a tick of 23:45 on the 30th that runs on the 1st looks at the month it was meant for', () =>
    org()
      .at('2026-11-30T23:30Z')
      .runs()
      .at('2026-12-01T00:20Z')
      .costsSay({ '2026-11-30': '85', '2026-12-01': '95' })
      .runsForTick('2026-11-30T23:45Z')
      .thenAlerts('org 80% first-breach')
      .thenText('org is at 85 % of its $100 November budget')
      .thenNotInText('found late', 'December')
      .at('2026-12-01T00:21Z')
      .runs()
      .thenAlerts('org 80% first-breach')
      .thenText('org is at 95 % of its $100 December budget')
      .ends());

  it('a tick of 23:45 on the 30th that comes after the first tick of the new month says nothing twice', () =>
    org()
      .costsSay({ '2026-11-30': '85', '2026-12-01': '95' })
      .at('2026-12-01T00:00Z')
      .runs()
      .thenAlerts('org 80% first-breach late 2026-11', 'org 80% first-breach')
      .at('2026-12-01T00:05Z')
      .runsForTick('2026-11-30T23:45Z')
      .runsForTick('2026-11-30T23:45Z')
      .at('2026-12-01T00:15Z')
      .runs()
      .ends());
});
