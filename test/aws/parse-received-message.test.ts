// What the topic says is read strictly where it is shown, and openly where it may grow.
import { describe, expect, it } from 'vitest';
import { parseReceivedMessage } from '../../lib/aws/parse-received-message.ts';
import { BudgetAlertsError } from '../../lib/errors.ts';
import { ALERT_SCHEMA } from '../../lib/notify/message-document.ts';
import { DIGEST, receivedAlertOf, receivedMessageOf, receivedText } from '../fakes/received-message-of.ts';

const message = receivedMessageOf();
const document = { schema: ALERT_SCHEMA, ...message };
const [alert] = message.alerts;

function errorOf(text: string): BudgetAlertsError {
  try {
    parseReceivedMessage(text);
  } catch (error) {
    if (error instanceof BudgetAlertsError) return error;
    throw error;
  }
  throw new Error('it was read');
}

/** The document with one thing changed about its alert, or about the view of that. */
const withAlert = (change: object) => ({ ...document, alerts: [{ ...alert, ...change }] });
const withView = (change: object) => withAlert({ view: { ...alert?.view, ...change } });

describe('a received message', () => {
  it.each([
    ['an alert', message],
    [
      'everything that may be there',
      receivedMessageOf({
        attributes: {
          kind: 'alert',
          severity: 'critical',
          budgetId: 'chatbot',
          projectId: 'proj_abc',
          code: 'SourceStale',
          route: 'platform',
          labels: { team: 'platform' },
        },
        alerts: [
          receivedAlertOf({
            view: {
              percent: null,
              pace: '$1 a day',
              filled: 1e29,
              contributors: [{ label: 'gpt-5', amount: '$1', share: '1 %', change: null }],
            },
          }),
        ],
        omitted: 20,
        notice: '20 more alerts are not listed here',
      }),
    ],
    ['a digest', receivedMessageOf({ alerts: [], digest: DIGEST })],
  ])('with %s is what was sent', (_, sent) => {
    expect(parseReceivedMessage(receivedText(sent))).toMatchObject(sent);
  });

  it.each<[string, object]>([
    ['fields', { ...document, forecast: { amount: '1' } }],
    ['fields of an alert', withAlert({ forecast: '1' })],
    ['fields of a view', withView({ forecast: '1' })],
    ['a kind', { ...document, attributes: { ...document.attributes, kind: 'anomaly' } }],
    ['a reason', withAlert({ reason: 'forecast' })],
  ])('may have %s that this version does not know', (_, later) => {
    expect(parseReceivedMessage(JSON.stringify(later))).toMatchObject({ title: document.title });
  });

  it.each<[string, unknown]>([
    ['schema', { ...document, schema: 'budget-alerts/alert/v2' }],
    ['schema', { ...document, schema: undefined }],
    ['messageId', { ...document, messageId: '' }],
    ['title', { ...document, title: undefined }],
    ['text', { ...document, text: 7 }],
    ['attributes', { ...document, attributes: undefined }],
    ['attributes.severity', { ...document, attributes: { ...document.attributes, severity: 'fatal' } }],
    ['attributes.code', { ...document, attributes: { ...document.attributes, code: null } }],
    ['omitted', { ...document, omitted: -1 }],
    ['omitted', { ...document, omitted: '0' }],
    ['alerts', { ...document, alerts: null }],
    ['alerts.0.title', withAlert({ title: undefined })],
    ['alerts.0.budgetId', withAlert({ budgetId: '' })],
    ['alerts.0.period.start', withAlert({ period: { kind: 'monthly', end: '2026-12-01T00:00:00Z' } })],
    ['alerts.0.view', withAlert({ view: undefined })],
    ['alerts.0.view.spent', withView({ spent: 460.12 })],
    ['alerts.0.view.filled', withView({ filled: '92' })],
    ['alerts.0.view.filled', withView({ filled: -1 })],
    ['alerts.0.view.pace', withView({ pace: undefined })],
    ['alerts.0.view.contributors.0.label', withView({ contributors: [{ amount: '$1' }] })],
    [
      'digest.sections.0.more',
      { ...document, digest: { ...DIGEST, sections: [{ heading: 'H', lines: [] }] } },
    ],
    ['schema', []],
    ['the whole text', 'Chatbot'],
    ['the whole text', null],
  ])('with something wrong at %s is refused, and the place is named', (place, value) => {
    const error = errorOf(JSON.stringify(value));
    expect(error.code).toBe('event-malformed');
    expect(error.message).toContain(`budget-alerts/alert/v1 (wrong: ${place})`);
  });

  it('that is no JSON is refused, and nothing of it is told', () => {
    const error = errorOf('Chatbot has spent $1,234');
    expect(error.code).toBe('event-malformed');
    expect(error.message).not.toMatch(/Chatbot|1,234/);
  });
});
