// Examines the address of a webhook without posting to it: https, the chat's own hosts, nothing else.
import { type Finding, finding, fine } from '../run/finding.ts';
import type { SecretAnswer } from '../run/secret-answer.ts';
import type { WebhookChannel } from './webhook-channel.ts';
import { isWebhookUrl } from './webhook-url.ts';

/** Nothing of the address is in what this says. */
export function examineWebhook(
  check: string,
  place: string,
  answer: SecretAnswer,
  channel: WebhookChannel,
): Finding {
  switch (answer.outcome) {
    case 'unusable':
      return finding(check, 'failed', answer.message, answer.fix);
    case 'unknown':
      return finding(check, 'skipped', answer.why, answer.fix);
    case 'not-allowed':
      return finding(
        check,
        'skipped',
        `You may not read the secret: ${answer.why}.`,
        `Run this as somebody who may read ${place}.`,
      );
    case 'read':
      return isWebhookUrl(answer.value, channel)
        ? fine(
            check,
            `${place} holds the https address of a ${channel.label} webhook; redirects are never followed.`,
          )
        : finding(
            check,
            'failed',
            `${place} does not hold the https address of a ${channel.label} webhook.`,
            channel.advice,
          );
  }
}
