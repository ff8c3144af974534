// An announced breach that OpenAI restates away: taken back once, when it has stood for three days, and not before.
import { describe, it } from 'vitest';
import type { BudgetCase } from '../fakes/budgets-of.ts';
import { timeline } from './timeline.ts';

/** 30 November is at 85 of $100 and said so; hourly runs up to the first hour of December. */
const announced = (budget: BudgetCase = { id: 'org', limit: '100' }) =>
  timeline()
    .at('2026-10-01T00:05Z')
    .budgetsAre(budget)
    .costsSay({ '2026-11-29': '5', '2026-11-30': '80' })
    .at('2026-11-30T12:00Z')
    .runsEvery('1h', '2026-12-01T00:00Z');

describe('a breach that is restated away', () => {
  it('is corrected once, three days after the figures changed for the last time', () =>
    announced()
      .thenAlerts('org 80% first-breach')
      .at('2026-12-01T05:00Z')
      .costsSay({ '2026-11-30': '40' })
      .runsEvery('1h', '2026-12-04T04:00Z')
      .thenNothing()
      .at('2026-12-04T05:00Z')
      .runs()
      .thenAlerts('org 80% correction late 2026-11')
      .thenText('Correction: org was at 45 % of its $100 November budget, back below 80 %')
      .runsEvery('1h', '2026-12-12T05:00Z')
      .thenNothing()
      .thenRemembered('org 100:80 corrected')
      .ends());

  it('and comes back before the three days are over is not corrected', () =>
    announced()
      .thenAlerts('org 80% first-breach')
      .at('2026-12-01T05:00Z')
      .costsSay({ '2026-11-30': '40' })
      .runsEvery('1h', '2026-12-03T05:00Z')
      .costsSay({ '2026-11-30': '80' })
      .runsEvery('1h', '2026-12-12T05:00Z')
      .ends());

  it('and comes back after its correction is not announced again, but a higher threshold is', () =>
    announced()
      .thenAlerts('org 80% first-breach')
      .at('2026-12-01T05:00Z')
      .costsSay({ '2026-11-30': '40' })
      .runsEvery('1h', '2026-12-04T05:00Z')
      .thenAlerts('org 80% correction late 2026-11')
      .costsSay({ '2026-11-30': '80' })
      .runsEvery('6h', '2026-12-14T05:00Z')
      .thenNothing()
      .costsSay({ '2026-11-30': '110' })
      .runsEvery('6h', '2026-12-24T05:00Z')
      .thenAlerts('org 100% higher-threshold late 2026-11')
      .ends());

  it('starts its three days again with every further change', () =>
    announced()
      .thenAlerts('org 80% first-breach')
      .at('2026-12-01T05:00Z')
      .costsSay({ '2026-11-30': '40' })
      .runsEvery('1h', '2026-12-02T20:00Z')
      .costsSay({ '2026-11-30': '41' })
      .runsEvery('1h', '2026-12-05T19:00Z')
      .thenNothing()
      .at('2026-12-05T20:00Z')
      .runs()
      .thenAlerts('org 80% correction late 2026-11')
      .ends());

  it('by 1 % of the limit or less is not corrected', () =>
    announced()
      .thenAlerts('org 80% first-breach')
      .at('2026-12-01T05:00Z')
      .costsSay({ '2026-11-30': '74' })
      .runsEvery('6h', '2026-12-20T05:00Z')
      .ends());

  it('keeps the threshold that still holds', () =>
    announced()
      .thenAlerts('org 80% first-breach')
      .at('2026-12-01T01:00Z')
      .costsSay({ '2026-11-30': '130' })
      .runs()
      .thenAlerts('org 100% higher-threshold late 2026-11')
      .at('2026-12-01T05:00Z')
      .costsSay({ '2026-11-30': '80' })
      .runsEvery('1h', '2026-12-05T05:00Z')
      .thenAlerts('org 100% correction late 2026-11')
      .thenRemembered('org 100:80 announced', 'org 100:100 corrected')
      .ends());

  it('entirely, rows and all, is corrected for the project that has gone', () =>
    announced({ id: 'each', each: true, limit: '100' })
      .thenAlerts('each/proj_a 80% first-breach')
      .at('2026-12-01T05:00Z')
      .costsSay({ '2026-11-29': {}, '2026-11-30': { proj_b: '3' } })
      .runsEvery('1h', '2026-12-05T05:00Z')
      .thenAlerts('each/proj_a 80% correction late 2026-11')
      .ends());

  it('in a month that is still open waits for its end: until then every day brings new figures', () =>
    timeline()
      .at('2026-10-01T00:05Z')
      .budgetsAre({ id: 'org', limit: '100' })
      .at('2026-11-10T10:00Z')
      .costsSay({ '2026-11-09': '85' })
      .runs()
      .thenAlerts('org 80% first-breach')
      .at('2026-11-10T12:00Z')
      .costsSay({ '2026-11-09': '40' })
      .runsEvery('6h', '2026-11-30T18:00Z')
      .thenNothing()
      .runsEvery('6h', '2026-12-10T00:00Z')
      .thenAlerts('org 80% correction late 2026-11')
      .ends());

  it('under a limit that was changed since is not corrected: nobody has that budget any more', () =>
    announced()
      .thenAlerts('org 80% first-breach')
      .at('2026-12-01T05:00Z')
      .budgetsAre({ id: 'org', limit: '200' })
      .costsSay({ '2026-11-30': '40' })
      .runsEvery('1h', '2026-12-08T05:00Z')
      .ends());

  it('and was silenced, so that nobody heard of it, is not corrected', () =>
    timeline()
      .at('2026-10-01T00:05Z')
      .budgetsAre({ id: 'org', limit: '100' })
      .silence('migration', { until: '2026-12-02T00:00Z' })
      .costsSay({ '2026-11-30': '85' })
      .at('2026-11-30T12:00Z')
      .runs()
      .at('2026-12-01T05:00Z')
      .costsSay({ '2026-11-30': '40' })
      .runsEvery('1h', '2026-12-08T05:00Z')
      .ends());

  it('waits for the end of a silence', () =>
    announced()
      .thenAlerts('org 80% first-breach')
      .silence('holidays', { until: '2026-12-06T00:00Z' })
      .at('2026-12-01T05:00Z')
      .costsSay({ '2026-11-30': '40' })
      .runsEvery('1h', '2026-12-05T23:00Z')
      .thenNothing()
      .at('2026-12-06T00:00Z')
      .runs()
      .thenAlerts('org 80% correction late 2026-11')
      .ends());

  it('is not corrected while nobody can see whether it has stood: the source failed meanwhile', () =>
    announced()
      .thenAlerts('org 80% first-breach')
      .at('2026-12-01T05:00Z')
      .costsSay({ '2026-11-30': '40' })
      .runs()
      .at('2026-12-01T06:00Z')
      .sourceFails('openai-unavailable')
      .costsSay({ '2026-11-30': '80' })
      .runsEvery('1h', '2026-12-05T05:00Z')
      .thenOperations('SourceFailing')
      .sourceRecovers()
      .runsEvery('1h', '2026-12-14T05:00Z')
      .thenOperations('SourceFailing over')
      .ends());

  it('is not corrected when it comes back before it has stood, in a day that only the weekly reading looks at', () =>
    announced()
      .thenAlerts('org 80% first-breach')
      .runsEvery('6h', '2026-12-10T06:00Z')
      .costsSay({ '2026-11-30': '40' })
      .runsEvery('6h', '2026-12-10T18:00Z')
      .thenSpent('org 2026-11 45')
      .costsSay({ '2026-11-30': '80' })
      .runsEvery('6h', '2026-12-24T00:00Z')
      .ends());

  it('is not corrected when it comes back just before the three days are over, outside the trailing days', () =>
    announced()
      .thenAlerts('org 80% first-breach')
      .at('2026-12-03T20:00Z')
      .costsSay({ '2026-11-30': '40' })
      .runsEvery('1h', '2026-12-06T19:00Z')
      .thenSpent('org 2026-11 45')
      .costsSay({ '2026-11-30': '80' })
      .runsEvery('1h', '2026-12-06T20:00Z')
      .thenSpent('org 2026-11 85')
      .runsEvery('1h', '2026-12-24T00:00Z')
      .ends());
});
