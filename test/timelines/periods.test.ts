// Periods that are not UTC's months: rolling windows that are low again, spans, planned amounts, and a month in Berlin.
import { describe, it } from 'vitest';
import { dayOf } from '../fakes/time-of.ts';
import { timeline } from './timeline.ts';

describe('a rolling budget', () => {
  const rolling = () =>
    timeline()
      .at('2026-10-01T00:05Z')
      .budgetsAre({ id: 'roll', limit: '100', period: { kind: 'rolling', days: 7, zone: 'UTC' } });

  it('speaks once while its window is high, and again when a settled window has been low between', () =>
    rolling()
      .at('2026-11-10T10:00Z')
      .costsSay({ '2026-11-10': '85' })
      .runs()
      .thenAlerts('roll 80% first-breach')
      .thenText('roll is at 85 % of its $100 budget for the last 7 days')
      .thenText('Period:    the last 7 days,', 'Alert roll#2026-11-10#')
      // The window of the 17th is the first without the 10th, and low.
      .runsEvery('6h', '2026-11-18T04:00Z')
      .thenNothing()
      .at('2026-11-18T10:00Z')
      .costsSay({ '2026-11-18': '90' })
      .runsEvery('6h', '2026-11-19T22:00Z')
      .thenNothing()
      // 48 hours after its end, and not before, the 17th is settled.
      .at('2026-11-20T00:30Z')
      .runs()
      .thenAlerts('roll 80% first-breach')
      .thenText('roll is at 90 %', 'Alert roll#2026-11-20#')
      .thenRemembered('roll 100:80 announced')
      .runsEvery('6h', '2026-11-26T22:00Z')
      .ends());

  it('goes on to a higher threshold in the same window', () =>
    rolling()
      .at('2026-11-10T10:00Z')
      .costsSay({ '2026-11-10': '85' })
      .runs()
      .thenAlerts('roll 80% first-breach')
      .at('2026-11-12T10:00Z')
      .costsSay({ '2026-11-12': '15' })
      .runs()
      .thenAlerts('roll 100% higher-threshold')
      .ends());

  it('is not low again within 1 % of its limit below the threshold', () =>
    rolling()
      .at('2026-11-10T10:00Z')
      .costsSay({ '2026-11-09': '0.5', '2026-11-10': '79.5' })
      .runs()
      .thenAlerts('roll 80% first-breach')
      // The settled windows of the 16th and 17th hold 79.5 and 79.9; from the 18th on it is 80 again.
      .costsSay({ '2026-11-17': '79.9', '2026-11-18': '0.1' })
      .runsEvery('6h', '2026-11-23T22:00Z')
      .thenNothing()
      // The window of the 24th holds 0.1, and is settled on the 27th.
      .costsSay({ '2026-11-26': '80' })
      .runsEvery('6h', '2026-11-26T22:00Z')
      .thenNothing()
      .at('2026-11-27T04:00Z')
      .runs()
      .thenAlerts('roll 80% first-breach')
      .ends());

  it('takes nothing back when its window has passed what it spoke of', () =>
    rolling()
      .at('2026-11-10T10:00Z')
      .costsSay({ '2026-11-10': '85' })
      .runs()
      .thenAlerts('roll 80% first-breach')
      .runsEvery('6h', '2026-11-30T00:00Z')
      .ends());

  it('speaks once in two runs of the same breach, and keeps a silence', () =>
    rolling()
      .at('2026-11-10T10:00Z')
      .silence('migration', { until: '2026-11-11T10:00Z' })
      .costsSay({ '2026-11-10': '85' })
      .runs()
      .thenNothing()
      .thenRemembered('roll 100:80 suppressed: migration')
      .at('2026-11-11T10:00Z')
      .runsAtOnce(2)
      .thenAlerts('roll 80% silence-expired')
      .thenHistory('2026-11-11T10:00Z roll 80% announced silence-expired 85')
      .ends());
});

describe('a budget from a day to a day', () => {
  const launch = () =>
    timeline()
      .at('2026-10-01T00:05Z')
      .budgetsAre({
        id: 'launch',
        limit: '100',
        period: { kind: 'fixed', from: dayOf('2026-11-01'), to: dayOf('2026-12-01'), zone: 'UTC' },
      });

  it('says nothing before, settles for 35 days after, and then is over', () =>
    launch()
      .at('2026-10-31T23:00Z')
      .costsSay({ '2026-10-31': '500' })
      .runs()
      .thenNothing()
      .at('2026-11-01T06:00Z')
      .costsSay({ '2026-11-01': '85' })
      .runs()
      .thenAlerts('launch 80% first-breach')
      .thenText('budget for 1 Nov to 30 Nov.', '1 Nov to 30 Nov 2026, day 1 of 30 (UTC)')
      .at('2026-12-03T06:00Z')
      .costsSay({ '2026-11-30': '20', '2026-12-01': '500' })
      .runs()
      .thenAlerts('launch 100% higher-threshold late 2026-11-01..2026-12-01')
      .at('2027-01-06T00:00Z')
      .costsSay({ '2026-11-29': '500' })
      .runs()
      .thenProblems()
      .ends());
});

describe('a planned amount', () => {
  const file = (planned: string) =>
    `budgets: [{ id: org, limit: { default: 100, ${planned} }, period: monthly }]`;

  it('is the limit of its month and of no other', () =>
    timeline()
      .at('2026-10-01T00:05Z')
      .budgetsFileSays(file('2026-12: 200'))
      .at('2026-11-10T10:00Z')
      .costsSay({ '2026-11-10': '81' })
      .runs()
      .thenAlerts('org 80% first-breach')
      .thenText('of its $100 November budget')
      .at('2026-12-10T10:00Z')
      .costsSay({ '2026-12-10': '81' })
      .runs()
      .thenNothing()
      .at('2026-12-11T10:00Z')
      .costsSay({ '2026-12-11': '79' })
      .runs()
      .thenAlerts('org 80% first-breach')
      .thenText('org is at 80 % of its $200 December budget')
      .at('2027-01-10T10:00Z')
      .costsSay({ '2027-01-10': '81' })
      .runs()
      .thenAlerts('org 80% first-breach')
      .thenText('of its $100 January budget')
      .ends());

  it('that changes for a later month takes no settling month from the budget, and repeats nothing', () =>
    timeline()
      .at('2026-10-01T00:05Z')
      .budgetsFileSays(file('2026-12: 200'))
      .at('2026-12-02T10:00Z')
      .costsSay({ '2026-12-01': '160' })
      .runs()
      .thenAlerts('org 80% first-breach')
      .budgetsFileSays(file('2026-12: 200, 2027-03: 50'))
      .costsSay({ '2026-11-30': '81' })
      .at('2026-12-02T11:00Z')
      .runs()
      .thenAlerts('org 80% first-breach late 2026-11')
      .ends());

  it('that is lowered under what this month has spent says so', () =>
    timeline()
      .at('2026-10-01T00:05Z')
      .budgetsFileSays(file('2026-12: 200'))
      .at('2026-12-02T10:00Z')
      .costsSay({ '2026-12-01': '150' })
      .runs()
      .thenNothing()
      .at('2026-12-02T11:00Z')
      .budgetsFileSays(file('2026-12: 120'))
      .at('2026-12-02T12:00Z')
      .runs()
      .thenAlerts('org 100% limit-changed (80%)')
      .ends());
});

describe('a cost budget in Berlin', () => {
  it('begins its month an hour before UTC, and counts the UTC days that begin in it', () =>
    timeline()
      .at('2026-08-01T00:05Z')
      .budgetsFileSays('budgets: [{ id: org, limit: 100, period: monthly, timezone: Europe/Berlin }]')
      // Half past midnight in Berlin; 31 October goes on for half an hour in UTC, and is October's.
      .at('2026-10-31T23:30Z')
      .costsSay({ '2026-10-31': '90' })
      .runs()
      .thenAlerts('org 80% first-breach late 2026-10')
      .thenText('its $100 October budget (Europe/Berlin) (found late)')
      .thenText('UTC days 2026-10-01 to 2026-10-31 count')
      .thenSpent('org 2026-11 0')
      .at('2026-11-01T08:00Z')
      .costsSay({ '2026-11-01': '85' })
      .runs()
      .thenAlerts('org 80% first-breach')
      .thenText('org is at 85 % of its $100 November budget (Europe/Berlin)')
      .thenSpent('org 2026-11 85')
      .ends());
});
