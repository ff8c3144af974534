// What the topic says is read strictly where it is shown, and openly where it may grow.
import { describe, expect, it } from 'vitest';
import { BudgetAlertsError } from '../../lib/errors.ts';
import { messageDocument } from '../../lib/notify/message-document.ts';
import { parseReceivedMessage } from '../../lib/slack/received-message.ts';
import { messageOf, stormOf } from '../fakes/message-of.ts';

const document = messageDocument(messageOf({}));

function errorOf(text: string): BudgetAlertsError {
  try {
    parseReceivedMessage(text);
  } catch (error) {
    if (error instanceof BudgetAlertsError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('a received message', () => {
  it('is what was sent', () => {
    const storm = messageDocument(stormOf(30), 10);
    expect(parseReceivedMessage(JSON.stringify(storm))).toMatchObject({
      title: storm.title,
      text: storm.text,
      alerts: storm.alerts.map(({ title, text }) => ({ title, text })),
      omitted: 20,
    });
  });

  it('may have fields that this version does not know', () => {
    const later = { ...document, forecast: { amount: '1' } };
    expect(parseReceivedMessage(JSON.stringify(later))).toMatchObject({ title: document.title });
  });

  it.each<[string, unknown]>([
    ['schema', { ...document, schema: 'budget-alerts/alert/v2' }],
    ['schema', { ...document, schema: undefined }],
    ['title', { ...document, title: undefined }],
    ['text', { ...document, text: 7 }],
    ['omitted', { ...document, omitted: -1 }],
    ['omitted', { ...document, omitted: '0' }],
    ['alerts', { ...document, alerts: null }],
    ['alerts.0.title', { ...document, alerts: [{ ...document.alerts[0], title: undefined }] }],
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
