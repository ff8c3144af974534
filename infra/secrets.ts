// Which secrets the functions may read: the admin keys below one prefix, and Slack's webhook outside of it.
import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** Every secret below the prefix. A prefix of nothing would be every secret of the account. */
export function adminKeySecretArns(scope: Construct, prefix: string): string {
  if (!Token.isUnresolved(prefix) && !/^[A-Za-z0-9/_+=.@-]+$/.test(prefix)) {
    throw new Error(
      `adminKeySecretPrefix cannot be ${JSON.stringify(prefix)}: it is the beginning of secrets' names, for example ` +
        '"openai-budget-alerts/", and has letters, digits and /_+=.@- only.',
    );
  }
  return Stack.of(scope).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: `${prefix}*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** How the function asks for it, and what its role names. Secrets Manager ends each ARN with six characters of its own. */
export function webhookSecretIds(secret: ISecret): { readonly id: string; readonly arn: string } {
  const { secretFullArn, secretName, secretArn } = secret;
  if (secretFullArn !== undefined) return { id: secretFullArn, arn: secretFullArn };
  return { id: secretName, arn: `${secretArn}-??????` };
}

/** @throws Error if the collectors, which may read every secret below the prefix, could read the webhook too. */
export function checkWebhookSecret(secret: ISecret, adminKeyPrefix: string): void {
  const { secretName } = secret;
  if (Token.isUnresolved(secretName) || !secretName.startsWith(adminKeyPrefix)) return;
  throw new Error(
    `Slack's webhook cannot be the secret "${secretName}": the functions that hold the admin keys may read every ` +
      `secret whose name begins with "${adminKeyPrefix}". Give it another name, for example ` +
      '"openai-budget-alerts-slack-webhook".',
  );
}
