// Reads secrets from Secrets Manager when they are first needed, and notices within minutes that one was rotated.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { BudgetAlertsError } from '../errors.ts';

/** A function lives for hours; a rotated key must be used well before the old one is deleted. */
const CACHE_MS = 5 * 60_000;

export interface SecretReader {
  /** @throws BudgetAlertsError `secret-unavailable` */
  read(secretId: string): Promise<string>;
  /** Somebody refused this secret: read it anew next time. */
  forget(secretId: string): void;
}

export function createSecretReader(now: () => number = Date.now): SecretReader {
  const client = new SecretsManagerClient({});
  const cache = new Map<string, { readonly value: string; readonly readAtEpochMs: number }>();
  return {
    async read(secretId) {
      const known = cache.get(secretId);
      if (known !== undefined && now() - known.readAtEpochMs < CACHE_MS) return known.value;
      const value = await readSecret(client, secretId);
      cache.set(secretId, { value, readAtEpochMs: now() });
      return value;
    },
    forget: (secretId) => void cache.delete(secretId),
  };
}

async function readSecret(client: SecretsManagerClient, secretId: string): Promise<string> {
  let value: string | undefined;
  try {
    value = (await client.send(new GetSecretValueCommand({ SecretId: secretId }))).SecretString?.trim();
  } catch (error) {
    // The cause is left out on purpose: nothing that the service says about a secret belongs in a log.
    const name = error instanceof Error ? error.name : 'unknown error';
    throw new BudgetAlertsError(
      'secret-unavailable',
      `The secret ${secretId} could not be read (${name}). Create it in this region, as plain text, and see that the ` +
        'function may read it.',
    );
  }
  if (value === undefined || value === '') {
    throw new BudgetAlertsError(
      'secret-unavailable',
      `The secret ${secretId} is empty. Store the value as plain text.`,
    );
  }
  return value;
}
