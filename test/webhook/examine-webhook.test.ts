// What the doctor says of the address of a Slack webhook, and that nothing of it is in that.
import { describe, expect, it } from 'vitest';
import type { SecretAnswer } from '../../lib/run/secret-answer.ts';
import { examineWebhook } from '../../lib/webhook/examine-webhook.ts';
import { SLACK } from '../../lib/webhook/slack.ts';

describe('the address of a webhook', () => {
  it.each<[SecretAnswer, string, string, string | null]>([
    [
      { outcome: 'read', value: 'https://hooks.slack.com/services/T000/B000/secretXXXX' },
      'ok',
      'the secret holds the https address of a Slack webhook; redirects are never followed.',
      null,
    ],
    [
      { outcome: 'read', value: 'https://evil.example/services/T000/B000/secretXXXX' },
      'failed',
      'the secret does not hold the https address of a Slack webhook.',
      'Copy it from the Slack app',
    ],
    [
      { outcome: 'unusable', message: 'The secret is empty.', fix: 'Put the address in.' },
      'failed',
      'The secret is empty.',
      'Put the address in.',
    ],
    [
      { outcome: 'unknown', why: 'Nobody knows which secret it is.', fix: 'Deploy.' },
      'skipped',
      'Nobody knows which secret it is.',
      'Deploy.',
    ],
    [
      { outcome: 'not-allowed', why: 'AccessDenied' },
      'skipped',
      'You may not read the secret: AccessDenied.',
      'Run this as somebody who may read the secret.',
    ],
  ])('that is %j is %s', (answer, state, message, fix) => {
    const found = examineWebhook('slack.default', 'the secret', answer, SLACK);
    expect(found).toEqual({
      check: 'slack.default',
      state,
      message,
      fix: fix === null ? null : expect.stringContaining(fix),
    });
    expect(JSON.stringify(found)).not.toContain('secretXXXX');
  });
});
