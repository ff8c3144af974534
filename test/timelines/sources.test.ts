// A source that fails or falls silent: one word to operations when it begins, one when it is over, and budgets stay as they were.
import { describe, it } from 'vitest';
import { timeline } from './timeline.ts';

/** 70 of $100 on 20 November, all well. */
const quiet = () =>
  timeline()
    .at('2026-10-05T10:00Z')
    .budgetsAre({ id: 'org', limit: '100' })
    .costsSay({ '2026-11-18': '70' })
    .at('2026-11-20T10:00Z')
    .runs()
    .thenNothing();

describe('a source that fails', () => {
  it('for two days: one SourceFailing, one recovery, and the budget keeps its last state meanwhile', () =>
    quiet()
      .at('2026-11-20T11:00Z')
      .sourceFails('openai-unavailable')
      .costsSay({ '2026-11-20': '15' })
      .runsEvery('15m', '2026-11-22T10:45Z')
      .thenOperations('SourceFailing')
      .thenText('openai-unavailable', 'Budgets on costs do not move meanwhile', 'complete through 19 Nov')
      .thenSpent('org 2026-11 70')
      .thenSource('costs failing, complete through 2026-11-19')
      .at('2026-11-22T11:00Z')
      .sourceRecovers()
      .runs()
      .thenOperations('SourceFailing over')
      .thenAlerts('org 80% first-breach')
      .thenSource('costs fresh, complete through 2026-11-21')
      .runsEvery('15m', '2026-11-23T11:00Z')
      .ends());

  it('because its key is rejected is told at once', () =>
    quiet()
      .at('2026-11-20T10:15Z')
      .sourceFails('openai-key-rejected')
      .runs()
      .thenOperations('SourceFailing')
      .thenText('openai-key-rejected')
      .runsEvery('15m', '2026-11-20T20:00Z')
      .ends());

  it('because the key lacks a scope is told at once', () =>
    quiet()
      .at('2026-11-20T10:15Z')
      .sourceFails('openai-scope-missing')
      .runs()
      .thenOperations('SourceFailing')
      .ends());

  it.each(['openai-unavailable', 'openai-rate-limited', 'openai-deadline'] as const)(
    'with %s is told after an hour, not before',
    (code) =>
      quiet()
        .at('2026-11-20T10:15Z')
        .sourceFails(code)
        .runsEvery('15m', '2026-11-20T11:00Z')
        .thenNothing()
        .thenProblems(code)
        .at('2026-11-20T11:15Z')
        .runs()
        .thenOperations('SourceFailing')
        .ends(),
  );

  it('for half an hour every few hours is nobody’s business', () =>
    quiet()
      .at('2026-11-20T10:15Z')
      .sourceFails('openai-unavailable')
      .runsEvery('15m', '2026-11-20T10:45Z')
      .sourceRecovers()
      .runsEvery('15m', '2026-11-20T13:00Z')
      .sourceFails('openai-rate-limited')
      .runsEvery('15m', '2026-11-20T13:45Z')
      .sourceRecovers()
      .runsEvery('15m', '2026-11-20T14:00Z')
      .ends());

  it('in another way than before is told as well: somebody may have to do something else', () =>
    quiet()
      .at('2026-11-20T10:15Z')
      .sourceFails('openai-unavailable')
      .runsEvery('15m', '2026-11-20T11:30Z')
      .thenOperations('SourceFailing')
      .sourceFails('openai-key-rejected')
      .runsEvery('15m', '2026-11-20T15:00Z')
      .thenOperations('SourceFailing')
      .thenText('openai-key-rejected')
      .ends());

  it('at first for good and then only for minutes is not over before it works', () =>
    quiet()
      .at('2026-11-20T10:15Z')
      .sourceFails('openai-key-rejected')
      .runs()
      .thenOperations('SourceFailing')
      .at('2026-11-20T10:30Z')
      .sourceFails('openai-unavailable')
      .runs()
      .thenNothing()
      .at('2026-11-20T10:45Z')
      .sourceRecovers()
      .runs()
      .thenOperations('SourceFailing over')
      .ends());

  it('does not keep what is known from being announced, as of when and complete through which day', () =>
    quiet()
      .at('2026-11-20T11:00Z')
      .costsSay({ '2026-11-20': '7' })
      .runs()
      .at('2026-11-22T12:00Z')
      .sourceFails('openai-key-rejected')
      .budgetsAre({ id: 'org', limit: '100', thresholds: ['75%'] })
      .runs()
      .thenOperations('SourceFailing')
      .thenAlerts('org 75% first-breach')
      .thenText('read 22 Nov 12:00 UTC; complete only through 19 Nov')
      .ends());

  it('is told by the next run where operations could not be reached, or may not have been', () =>
    quiet()
      .at('2026-11-20T10:15Z')
      .sourceFails('openai-key-rejected')
      .operationsChannel('refused')
      .runsEvery('15m', '2026-11-20T11:00Z')
      .thenNothing()
      .at('2026-11-20T11:15Z')
      .operationsChannel('unknown')
      .runs()
      .thenOperations('SourceFailing')
      .at('2026-11-20T11:30Z')
      .operationsChannel('accepted')
      .runs()
      .thenOperations('SourceFailing')
      .runsEvery('15m', '2026-11-20T14:00Z')
      .ends());

  it('leaves budgets on another source alone', () =>
    timeline()
      .at('2026-11-05T10:00Z')
      .budgetsAre(
        { id: 'org', limit: '100' },
        { id: 'tokens', measure: 'completions.output_tokens', limit: '1000' },
      )
      .runs()
      .at('2026-11-05T10:15Z')
      .costsSay({ '2026-11-04': '85' })
      .usageSays({ '2026-11-04': '900' })
      .runs()
      .thenAlerts('org 80% first-breach', 'tokens 80% first-breach')
      .thenSource('costs fresh, complete through 2026-11-04')
      .thenSource('completions fresh, complete through 2026-11-04')
      .ends());
});

describe('a source that falls silent', () => {
  it('since nothing collects any more is told once after six hours, and once when it is read again', () =>
    quiet()
      .at('2026-11-20T10:15Z')
      .checksEvery('15m', '2026-11-20T16:00Z')
      .thenNothing()
      .at('2026-11-20T16:15Z')
      .checks()
      .thenOperations('SourceStale')
      .thenSource('costs stale, complete through 2026-11-19')
      .checksEvery('15m', '2026-11-22T16:15Z')
      .thenNothing()
      .at('2026-11-22T16:30Z')
      .runs()
      .thenOperations('SourceStale over')
      .ends());

  it('on one ended day is told when that day has been missing for 36 hours', () =>
    quiet()
      .costsSay({ '2026-11-21': null })
      .at('2026-11-21T00:00Z')
      .runsEvery('1h', '2026-11-23T12:00Z')
      .thenNothing()
      .at('2026-11-23T13:00Z')
      .runs()
      .thenOperations('SourceStale')
      .at('2026-11-23T14:00Z')
      .costsSay({ '2026-11-21': '2' })
      .runs()
      .thenOperations('SourceStale over')
      .ends());

  it('and then answers with an error is not over before it works', () =>
    quiet()
      .at('2026-11-20T16:15Z')
      .checks()
      .thenOperations('SourceStale')
      .at('2026-11-20T16:30Z')
      .sourceFails('openai-unavailable')
      .runs()
      .thenNothing()
      .ends());

  it('is not one that was never asked yet: a new installation checks before it first collects', () =>
    timeline()
      .at('2026-11-20T10:20Z')
      .budgetsAre({ id: 'org', limit: '100' })
      .checksEvery('15m', '2026-11-20T11:05Z')
      .thenNothing()
      .runs()
      .ends());

  it('is not one whose older days a new budget needs: the next collect reads them', () =>
    quiet()
      .at('2026-11-20T10:15Z')
      .budgetsAre({ id: 'org', limit: '100' }, { id: 'year', limit: '5000', period: 'yearly' })
      .checksEvery('15m', '2026-11-20T10:45Z')
      .thenNothing()
      .at('2026-11-20T11:00Z')
      .runs()
      .ends());

  it('that no budget needs any more is over', () =>
    timeline()
      .at('2026-10-05T10:00Z')
      .budgetsAre({ id: 'org', limit: '100' })
      .at('2026-11-20T10:00Z')
      .sourceFails('openai-key-rejected')
      .runs()
      .thenOperations('SourceFailing')
      .at('2026-11-20T11:00Z')
      .budgetsAre()
      .runs()
      .thenOperations('SourceFailing over')
      .ends());
});

describe('figures of today and yesterday', () => {
  it('are labelled provisional in what people read', () =>
    quiet()
      .at('2026-11-20T11:00Z')
      .costsSay({ '2026-11-19': '8', '2026-11-20': '4' })
      .runs()
      .thenAlerts('org 80% first-breach')
      // Yesterday, the 19th, has ended and was read since, and is provisional all the same.
      .thenText('19 Nov and later may still grow')
      .ends());
});
