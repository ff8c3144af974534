// What users of other programs asked for in vain: the thread is named, the answer is played.
import { describe, it } from 'vitest';
import { costResult, daysWindow } from '../fakes/replayed-openai.ts';
import { overHttp } from './over-http.ts';
import { timeline } from './timeline.ts';

const org = () => timeline().at('2026-03-01T10:00Z').budgetsAre({ id: 'org', limit: '100' });

describe('once, not per poll', () => {
  it('nodejs-docs-samples#1536: the same alert every 20 minutes', () =>
    org()
      .costsSay({ '2026-11-19': '85' })
      .at('2026-11-20T10:00Z')
      .runsEvery('15m', '2026-11-21T10:00Z')
      .thenAlerts('org 80% first-breach')
      .ends());

  it('litellm#2727: once per month, once the threshold is reached; cgrates#1573: and again after the monthly reset', () =>
    org()
      .costsSay({ '2026-10-05': '85', '2026-11-05': '85' })
      .at('2026-10-01T06:00Z')
      .runsEvery('6h', '2026-10-31T18:00Z')
      .thenAlerts('org 80% first-breach')
      .at('2026-11-01T00:00Z')
      .runsEvery('6h', '2026-11-30T18:00Z')
      .thenAlerts('org 80% first-breach')
      .ends());

  it('beam#3702: one alert for each step of $5,000', () =>
    timeline()
      .at('2026-03-01T10:00Z')
      .budgetsAre({ id: 'org', limit: '20000', thresholds: ['5000', '10000', '15000'] })
      .at('2026-11-05T10:00Z')
      .costsSay({ '2026-11-05': '5000' })
      .runs()
      .thenAlerts('org 5000 first-breach')
      .at('2026-11-10T10:00Z')
      .costsSay({ '2026-11-10': '4999.99' })
      .runs()
      .at('2026-11-15T10:00Z')
      .costsSay({ '2026-11-15': '6000' })
      .runs()
      .thenAlerts('org 15000 higher-threshold (10000)')
      .ends());

  it('litellm PR#6015: no report when nothing was spent', () =>
    org().at('2026-11-01T06:00Z').runsEvery('6h', '2026-12-03T06:00Z').ends());
});

describe('re-arm', () => {
  it('rhsm-subscriptions PR#6198: when the threshold is edited', () =>
    org()
      .costsSay({ '2026-11-19': '85' })
      .at('2026-11-20T10:00Z')
      .runs()
      .thenAlerts('org 80% first-breach')
      .budgetsAre({ id: 'org', limit: '100', thresholds: ['85%'] })
      .checks()
      .thenAlerts('org 85% first-breach')
      .ends());

  it('superwerker PR#373: edited budgets alert “sometimes instantly, sometimes not at all”', () =>
    org()
      .costsSay({ '2026-11-19': '85' })
      .at('2026-11-20T10:00Z')
      .runs()
      .thenAlerts('org 80% first-breach')
      .budgetsAre({ id: 'org', limit: '50' })
      .checks()
      .thenAlerts('org 100% limit-changed (80%)')
      .budgetsAre({ id: 'org', limit: '40' })
      .checks()
      .thenAlerts('org 100% limit-changed (80%)')
      .ends());
});

describe('late and wrong data', () => {
  it('azure-docs#111184: crossed on 27 May, mailed on 13 June', () =>
    org()
      .at('2026-05-27T10:00Z')
      .runs()
      .thenNothing()
      .at('2026-05-27T11:00Z')
      .costsSay({ '2026-05-27': '85' })
      .runs()
      .thenAlerts('org 80% first-breach')
      .ends());

  it('CodexBar#999: string amounts', async () => {
    await using wire = await overHttp();
    const amounts = ['0.1', '1e-1', '0E-6176', '79.8000000000000000000000000001'];
    wire.openai.replay(
      'costs',
      daysWindow({ '2026-11-19': amounts.map((amount) => costResult('proj_a', amount)) }),
    );
    await timeline(wire.source)
      .at('2026-11-20T10:00Z')
      .budgetsAre({ id: 'org', limit: '100' })
      .runs()
      .thenSpent('org 2026-11 80.0000000000000000000000000001')
      .thenAlerts('org 80% first-breach')
      .ends();
  });

  it('langwatch#7579: a limit over 180 days is refused', async () => {
    await using wire = await overHttp();
    const window = daysWindow({ '2026-01-02': [costResult('proj_a', 85)] });
    wire.openai.replay('costs', (url, request) =>
      Number(url.searchParams.get('limit')) > 180
        ? { status: 400, body: { error: { message: 'limit must be at most 180' } } }
        : window(url, request),
    );
    await timeline(wire.source)
      .at('2026-11-20T10:00Z')
      .budgetsAre({ id: 'year', limit: '100', period: 'yearly' })
      .runs()
      .thenProblems()
      .thenAlerts('year 80% first-breach')
      .ends();
  });

  it('shepherdjerred/monorepo PR#2519: healthy for 11 days with nothing delivered', () =>
    org()
      .nobodyIsSubscribed()
      .costsSay({ '2026-11-08': '85' })
      .at('2026-11-09T10:00Z')
      .runsEvery('1h', '2026-11-20T09:00Z')
      .thenProblems('nobody-subscribed')
      .thenOperations('NoConfirmedSubscriber')
      .at('2026-11-20T10:00Z')
      .somebodyConfirms()
      .runs()
      .thenAlerts('org 80% first-breach')
      .thenOperations('NoConfirmedSubscriber over')
      .ends());

  it('litellm PR#1877: alert when the tracking itself fails', () =>
    org()
      .at('2026-11-20T10:00Z')
      .runs()
      .at('2026-11-20T11:00Z')
      .sourceFails('openai-key-rejected')
      .runs()
      .thenOperations('SourceFailing')
      .ends());
});

describe('scope, periods and clocks', () => {
  it('datahub-portal#485: new projects have no budget', () =>
    timeline()
      .at('2026-03-01T10:00Z')
      .budgetsAre({ id: 'each', each: true, limit: '100' })
      .at('2026-11-20T10:00Z')
      .costsSay({ '2026-11-19': { proj_old: '10' } })
      .runs()
      .thenNothing()
      .at('2026-11-20T11:00Z')
      .costsSay({ '2026-11-20': { proj_born_today: '85' } })
      .runs()
      .thenAlerts('each/proj_born_today 80% first-breach')
      .ends());

  it('courtlistener#1669: a monthly alert is useless against “9k on the 1st”', () =>
    timeline()
      .at('2026-03-01T10:00Z')
      .budgetsAre(
        { id: 'month', limit: '20000' },
        { id: 'day', limit: '1000', period: 'daily', thresholds: ['100%'] },
      )
      .at('2026-11-01T08:00Z')
      .costsSay({ '2026-11-01': '9000' })
      .runs()
      .thenAlerts('day 100% first-breach')
      .ends());

  it('litellm#34896: a period begins late by the zone’s offset', () =>
    timeline()
      .at('2026-03-01T10:00Z')
      .budgetsAre({ id: 'day', limit: '10', period: 'daily', thresholds: ['100%'] })
      .costsSay({ '2026-11-19': '12', '2026-11-20': '12' })
      .at('2026-11-19T23:45Z')
      .runs()
      .thenAlerts('day 100% first-breach')
      .thenText('for 19 November')
      .at('2026-11-20T00:00Z')
      .runs()
      .thenAlerts('day 100% first-breach')
      .thenText('for 20 November')
      .ends());
});
