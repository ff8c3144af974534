// The address of a Slack webhook: Slack's and nobody else's, and never told to anybody.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BudgetAlertsError } from '../../lib/errors.ts';
import { SLACK } from '../../lib/webhook/slack.ts';
import { parseWebhookUrl } from '../../lib/webhook/webhook-url.ts';

function errorOf(text: string): BudgetAlertsError | null {
  try {
    parseWebhookUrl(text, SLACK);
    return null;
  } catch (error) {
    if (error instanceof BudgetAlertsError) return error;
    throw error;
  }
}

describe('the address of a webhook', () => {
  it.each([
    'https://hooks.slack.com/services/T0123/B0123/AbC-d_9',
    'https://hooks.slack.com:443/services/T0123/B0123/AbC',
    'https://hooks.slack-gov.com/services/T0123/B0123/AbC',
  ])('may be %s', (text) => {
    expect(parseWebhookUrl(text, SLACK)).toBe(text);
  });

  it.each([
    ['empty', ''],
    ['not encrypted', 'http://hooks.slack.com/services/T/B/x'],
    ['on another port', 'https://hooks.slack.com:8443/services/T/B/x'],
    ['on another host', 'https://evil.example/services/T/B/x'],
    ['on a host that begins like Slack', 'https://hooks.slack.com.evil.example/services/T/B/x'],
    ['on a host that ends like Slack', 'https://xhooks.slack.com/services/T/B/x'],
    ['on a host with a final dot', 'https://hooks.slack.com./services/T/B/x'],
    ['for a user', 'https://hooks.slack.com@evil.example/services/T/B/x'],
    ['for a user of Slack', 'https://user:pw@hooks.slack.com/services/T/B/x'],
    ['with a backslash', 'https://hooks.slack.com\\@evil.example/services/T/B/x'],
    ['of a workflow, which takes no messages', 'https://hooks.slack.com/workflows/T0123/A0123/42/AbC'],
    ['of a trigger of a workflow', 'https://hooks.slack.com/triggers/T0123/42/AbC'],
    ['on another path', 'https://hooks.slack.com/commands/T/B/x'],
    ['without a path', 'https://hooks.slack.com/'],
    ['without a token', 'https://hooks.slack.com/services/'],
    ['out of its path', 'https://hooks.slack.com/services/../api/x'],
    ['with a query', 'https://hooks.slack.com/services/T/B/x?y=1'],
    ['with a fragment', 'https://hooks.slack.com/services/T/B/x#y'],
    ['in quotes', '"https://hooks.slack.com/services/T/B/x"'],
    ['in JSON', '{"url":"https://hooks.slack.com/services/T/B/x"}'],
    ['on two lines', 'https://hooks.slack.com/services/T/B/x\nhttps://evil.example/'],
    ['with a blank after it', 'https://hooks.slack.com/services/T/B/x '],
  ])('is refused when %s', (_, text) => {
    const error = errorOf(text);
    expect(error?.code).toBe('webhook-invalid');
    expect(error?.message).toContain('https://hooks.slack.com/services/T.../B.../...');
  });

  it('leads to Slack by https and to no other host, port or user, or is refused', () => {
    const part = fc.constantFrom(
      'https://',
      'http://',
      'hooks.slack.com',
      '@',
      ':',
      '443',
      '80',
      '/',
      '\\',
      '.',
      '?',
    );
    const more = fc.constantFrom(
      '#',
      'services',
      'workflows',
      'evil.example',
      'T0',
      '..',
      '%2e',
      '\n',
      ' ',
      '\u3002',
    );
    const start = fc.constantFrom(
      'https://hooks.slack.com/services/T/B/x',
      'https://hooks.slack.com',
      'https://',
      '',
    );
    fc.assert(
      fc.property(start, fc.array(fc.oneof(part, more), { maxLength: 8 }), (begin, rest) => {
        const text = begin + rest.join('');
        if (errorOf(text) !== null) return;
        const { protocol, hostname, port, username, pathname, search, hash } = new URL(text);
        expect([protocol, hostname, port, username, search, hash]).toEqual([
          'https:',
          'hooks.slack.com',
          '',
          '',
          '',
          '',
        ]);
        expect(pathname).toMatch(/^\/services\/./);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never told, right or wrong', () => {
    const error = errorOf('https://hooks.slack.com/services/T/B/tokenXYZ?');
    expect(`${error?.message} ${error?.stack}`).not.toContain('tokenXYZ');
  });
});
