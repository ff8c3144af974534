// Secrets as the functions ask for them, and as the roles name them.
import { Token } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { WEBHOOK_CHANNELS, type WebhookChannelName } from '../lib/notify/webhook-channels.ts';
import type { OrganizationProps } from './organizations.ts';

/** How a function asks for it, and what its role names. Secrets Manager ends each ARN with six characters of its own. */
export function secretIds(secret: ISecret): { readonly id: string; readonly arn: string } {
  const { secretFullArn, secretName, secretArn } = secret;
  if (secretFullArn !== undefined) return { id: secretFullArn, arn: secretFullArn };
  return { id: secretName, arn: `${secretArn}-??????` };
}

/** @throws Error if the functions that hold the admin keys could read the webhook too, or the reverse. */
export function checkWebhookSecret(
  channel: WebhookChannelName,
  webhook: ISecret,
  organizations: readonly OrganizationProps[],
): void {
  const { label } = WEBHOOK_CHANNELS[channel];
  const shared = organizations.find(({ adminKey }) => secretIds(adminKey).arn === secretIds(webhook).arn);
  if (shared === undefined) return;
  const { secretName } = webhook;
  const which = Token.isUnresolved(secretName) ? '' : ` "${secretName}"`;
  throw new Error(
    `${label}'s webhook cannot be the secret${which} that holds the admin key of ${shared.id}: whoever posts to ${label} ` +
      `must not read the key. Store the webhook in a secret of its own, for example "openai-budget-alerts-${channel}-webhook".`,
  );
}
