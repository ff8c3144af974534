// Defects that were measured in other programs for the same job: each would fail there, and must not come up here.
import { describe, it } from 'vitest';
import { costResult, daysWindow, pageOf } from '../fakes/replayed-openai.ts';
import { overHttp } from './over-http.ts';
import { timeline } from './timeline.ts';

const org = (limit = '100') => timeline().at('2026-08-01T10:00Z').budgetsAre({ id: 'org', limit });

describe('capped-cost', () => {
  it('amounts that OpenAI sends as strings count as $0.00', async () => {
    await using wire = await overHttp();
    wire.openai.replay('costs', daysWindow({ '2026-11-19': [costResult('proj_a', '85.0000000000001')] }));
    await timeline(wire.source)
      .at('2026-11-20T10:00Z')
      .budgetsAre({ id: 'org', limit: '100' })
      .runs()
      .thenSpent('org 2026-11 85.0000000000001')
      .thenAlerts('org 80% first-breach')
      .ends();
  });

  it('page 2 of an answer is dropped', async () => {
    await using wire = await overHttp();
    const window = daysWindow({
      '2026-11-02': [costResult('proj_a', 40)],
      '2026-11-19': [costResult('proj_a', 45)],
    });
    wire.openai.replay('costs', (url, request) => {
      const { data } = window(url, request).body as { data: readonly unknown[] };
      const first = url.searchParams.get('page') === null;
      return { body: first ? pageOf(data.slice(0, 10), 'page_2=') : pageOf(data.slice(10)) };
    });
    await timeline(wire.source)
      .at('2026-11-20T10:00Z')
      .budgetsAre({ id: 'org', limit: '100' })
      .runs()
      .thenSpent('org 2026-11 85')
      .thenAlerts('org 80% first-breach')
      .ends();
  });

  it('rows are rounded to cents one by one: 1000 × $0.004 is $0.00', async () => {
    await using wire = await overHttp();
    const rows = Array.from({ length: 1_000 }, (_, index) =>
      costResult('proj_a', 0.004, { line_item: `model-${index}, input` }),
    );
    wire.openai.replay('costs', daysWindow({ '2026-11-19': rows }));
    await timeline(wire.source)
      .at('2026-11-20T10:00Z')
      .budgetsAre({ id: 'org', limit: '5' })
      .runs()
      .thenSpent('org 2026-11 4')
      .thenAlerts('org 80% first-breach')
      .ends();
  });

  it('a total restated 79 → 81 → 79.9 → 80.1 % gives 3 alerts for one threshold', () =>
    org()
      .at('2026-11-20T10:00Z')
      .costsSay({ '2026-11-19': '79' })
      .runs()
      .at('2026-11-21T10:00Z')
      .costsSay({ '2026-11-19': '81' })
      .runs()
      .thenAlerts('org 80% first-breach')
      .at('2026-11-22T08:00Z')
      .costsSay({ '2026-11-19': '79.9' })
      .runs()
      .thenSpent('org 2026-11 79.9')
      .at('2026-11-22T10:00Z')
      .costsSay({ '2026-11-19': '80.1' })
      .runs()
      .thenSpent('org 2026-11 80.1')
      .ends());

  it('flat at 90 % for 20 days gives 20 alerts', () =>
    org()
      .costsSay({ '2026-11-01': '90' })
      .at('2026-11-01T09:00Z')
      .runsEvery('1d', '2026-11-20T09:00Z')
      .thenAlerts('org 80% first-breach')
      .ends());

  it('a cost of 30 September that arrives on 1 October is never evaluated', () =>
    org()
      .costsSay({ '2026-09-15': '60' })
      .at('2026-09-30T23:00Z')
      .runs()
      .at('2026-10-01T02:00Z')
      .costsSay({ '2026-09-30': '25' })
      .runs()
      .thenAlerts('org 80% first-breach late 2026-09')
      .ends());
});

describe('foxdalas/openai-exporter', () => {
  it.each([
    [401, 'openai-key-rejected', 'key', { error: { message: 'Incorrect API key', code: 'invalid_api_key' } }],
    [
      403,
      'openai-scope-missing',
      'api.usage.read',
      { error: 'You have insufficient permissions. Missing scopes: api.usage.read' },
    ],
    [429, 'openai-rate-limited', '429', { error: { message: 'Rate limit reached', type: 'requests' } }],
    [500, 'openai-unavailable', '500', { error: { message: 'The server had an error' } }],
    [503, 'openai-unavailable', '503', pageOf([])],
  ])('an error body reads as no data: HTTP %i', async (status, code, says, body) => {
    await using wire = await overHttp();
    wire.openai.replay('costs', daysWindow({ '2026-11-19': [costResult('proj_a', 70)] }));
    await timeline(wire.source)
      .at('2026-11-20T10:00Z')
      .budgetsAre({ id: 'org', limit: '100' })
      .runs()
      .thenSource('costs fresh, complete through 2026-11-19')
      .meanwhile(() => wire.openai.replay('costs', () => ({ status, body })))
      .at('2026-11-20T11:00Z')
      .runsEvery('1h', '2026-11-20T12:00Z')
      .thenProblems(code)
      .thenSource('costs failing, complete through 2026-11-19')
      .thenSpent('org 2026-11 70')
      .thenOperations('SourceFailing')
      .thenText(code, says)
      // What OpenAI wrote is nobody's to pass on, and neither is the key.
      .thenNotInText('Incorrect', 'insufficient', 'Rate limit reached', 'had an error', 'sk-admin')
      .ends();
  });

  it('an error body reads as no data: a page that is no page is no empty day either', async () => {
    await using wire = await overHttp();
    wire.openai.replay('costs', daysWindow({ '2026-11-19': [costResult('proj_a', 70)] }));
    await timeline(wire.source)
      .at('2026-11-20T10:00Z')
      .budgetsAre({ id: 'org', limit: '100' })
      .runs()
      .meanwhile(() => wire.openai.replay('costs', () => ({ body: { error: { message: 'late' } } })))
      .at('2026-11-20T11:00Z')
      .runsEvery('1h', '2026-11-20T13:00Z')
      .thenProblems('openai-answer-malformed')
      .thenSpent('org 2026-11 70')
      .thenOperations('SourceFailing')
      .ends();
  });
});

describe('LiteLLM', () => {
  it('the “15 % left” and “5 % left” alerts share one 24-hour key, so the second is swallowed', () =>
    timeline()
      .at('2026-08-01T10:00Z')
      .budgetsAre({ id: 'org', limit: '100', thresholds: ['85%', '95%', '100%'] })
      .at('2026-11-20T10:00Z')
      .costsSay({ '2026-11-19': '86' })
      .runs()
      .thenAlerts('org 85% first-breach')
      .at('2026-11-20T11:00Z')
      .costsSay({ '2026-11-19': '96' })
      .runs()
      .thenAlerts('org 95% higher-threshold')
      .at('2026-11-20T12:00Z')
      .costsSay({ '2026-11-19': '101' })
      .runs()
      .thenAlerts('org 100% higher-threshold')
      .ends());

  it('what was said is forgotten after 24 hours, so a month-long breach alerts daily', () =>
    org()
      .costsSay({ '2026-11-01': '120' })
      .at('2026-11-01T01:00Z')
      .runsEvery('6h', '2026-11-30T19:00Z')
      .thenAlerts('org 100% first-breach (80%)')
      .ends());
});

describe('OpenMeter', () => {
  it('dedupe is check-then-create, so two runs at once both pass', () =>
    org()
      .costsSay({ '2026-11-19': '85' })
      .at('2026-11-20T10:00Z')
      .collects()
      .runsAtOnce(2)
      .thenAlerts('org 80% first-breach')
      .thenMessages(1)
      .ends());

  it('key parts are joined without a delimiter, so one budget’s alert hides another’s', () =>
    timeline()
      .at('2026-08-01T10:00Z')
      .budgetsAre(
        { id: 'team', each: true, limit: '1', thresholds: ['18'] },
        { id: 'team1', each: true, limit: '11', thresholds: ['8'] },
      )
      .at('2026-11-20T10:00Z')
      // team, 1proj, 1, 18 and team1, proj, 11, 8 are both team1proj118.
      .costsSay({ '2026-11-19': { '1proj': '90', proj: '90' } })
      .runs()
      .thenAlerts(
        'team/1proj 18 first-breach',
        'team/proj 18 first-breach',
        'team1/1proj 8 first-breach',
        'team1/proj 8 first-breach',
      )
      .runsEvery('1h', '2026-11-20T12:00Z')
      .ends());

  it('a limit of zero disables every threshold', () =>
    timeline()
      .at('2026-08-01T10:00Z')
      .budgetsAre({ id: 'none', limit: '0', thresholds: ['100%'] })
      .at('2026-11-20T10:00Z')
      .costsSay({ '2026-11-19': '0' })
      .runs()
      .thenNothing()
      .at('2026-11-20T11:00Z')
      .costsSay({ '2026-11-19': '0.000001' })
      .runs()
      .thenAlerts('none 100% first-breach')
      .thenText('none has spent <$0.01 of its $0 November budget')
      .ends());

  it('spending exactly the limit does not alert', () =>
    org()
      .at('2026-11-20T10:00Z')
      .costsSay({ '2026-11-19': { proj_a: '99.9', proj_b: '0.1' } })
      .runs()
      .thenAlerts('org 100% first-breach (80%)')
      .ends());
});

describe('superluminar/budget-alerts', () => {
  it('an explicit budget of 0 inherits the parent’s', () =>
    timeline()
      .at('2026-08-01T10:00Z')
      .budgetsFileSays(`
        budgets:
          - { id: org, limit: 1000, period: monthly }
          - { id: sandbox, limit: 0, period: monthly, scope: { project: proj_sandbox } }
      `)
      .at('2026-11-20T10:00Z')
      .costsSay({ '2026-11-19': { proj_sandbox: '0.01', proj_a: '5' } })
      .runs()
      .thenAlerts('sandbox 100% first-breach')
      .thenText('of its $0 November budget')
      .ends());
});
