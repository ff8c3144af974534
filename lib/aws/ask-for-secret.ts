// Asks for a secret with the credentials of whoever runs the command, and says exactly why it was not had.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { shellWord } from '../notify/shell-command.ts';
import type { SecretAnswer } from '../run/secret-answer.ts';
import { isNotAllowed, nameOf } from './refused-call.ts';

/** @param example what the secret holds, as in `sk-admin-…` */
export async function askForSecret(secretId: string, example: string): Promise<SecretAnswer> {
  const client = new SecretsManagerClient({});
  const id = shellWord(secretId);
  try {
    const value = (await client.send(new GetSecretValueCommand({ SecretId: secretId }))).SecretString?.trim();
    if (value !== undefined && value !== '') return { outcome: 'read', value };
    return {
      outcome: 'unusable',
      message: `The secret ${secretId} is empty.`,
      fix: `Store the value as plain text: aws secretsmanager put-secret-value --secret-id ${id} --secret-string '${example}'`,
    };
  } catch (error) {
    // Nothing that the service says about a secret is repeated.
    const name = nameOf(error);
    if (isNotAllowed(error)) return { outcome: 'not-allowed', why: `${secretId}, ${name}` };
    if (name === 'ResourceNotFoundException') {
      return {
        outcome: 'unusable',
        message: `There is no secret ${secretId}.`,
        fix: secretId.startsWith('arn:')
          ? 'Make one, name it in the deployment, and deploy.'
          : `Make it, in the region of the stack: aws secretsmanager create-secret --name ${id} --secret-string '${example}'`,
      };
    }
    if (name === 'InvalidRequestException') {
      return {
        outcome: 'unusable',
        message: `The secret ${secretId} is marked for deletion.`,
        fix: `aws secretsmanager restore-secret --secret-id ${id}`,
      };
    }
    return {
      outcome: 'unusable',
      message: `The secret ${secretId} could not be read (${name}).`,
      fix: 'Check the network, AWS_REGION and your credentials.',
    };
  } finally {
    client.destroy();
  }
}
