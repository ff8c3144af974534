// Finds the admin key in use among the organization's admin keys, to know until when it works.

import type { KeyExpiry } from '../spend/key-expiry.ts';
import { SourceError } from '../spend/usage-source.ts';
import { instantOfEpochS } from '../time/instant.ts';
import { usableKey } from './admin-key.ts';
import { type ListItem, type ListReading, readList } from './read-list.ts';
import { isRedactedFrom } from './redacted-key.ts';
import { ADMIN_KEYS_PATH, adminKeysUrl } from './request-url.ts';
import { visibleName } from './visible-name.ts';

/** 9999-12-31T23:59:59Z: what is later (milliseconds, say) is no time that anything here could show. */
const MAX_EPOCH_S = 253_402_300_799;

/**
 * `null`: the key does not expire, is not in the list, or may not read it; many keys rightly may not. Of several keys
 * that look alike the first to expire counts. The key is compared with what is shown of each, and kept nowhere.
 * @throws SourceError where OpenAI did not answer, or refuses the key altogether
 */
export async function readKeyExpiry(
  reading: ListReading,
  adminKey: () => Promise<string>,
): Promise<KeyExpiry | null> {
  const key = usableKey(await adminKey());
  let first: KeyExpiry | null = null;
  try {
    for await (const item of readList(reading, ADMIN_KEYS_PATH, adminKeysUrl)) {
      const expiry = isItemOf(item, key) ? expiryOf(item) : null;
      if (expiry !== null && (first === null || expiry.expiresAt < first.expiresAt)) first = expiry;
    }
    return first;
  } catch (error) {
    if (error instanceof SourceError && isOutOfReach(error)) return null;
    throw error;
  }
}

function isOutOfReach({ code }: SourceError): boolean {
  return code === 'openai-scope-missing' || code === 'openai-not-found';
}

function isItemOf({ fields }: ListItem, key: string): boolean {
  return typeof fields.redacted_value === 'string' && isRedactedFrom(fields.redacted_value, key);
}

/** Seconds, or null for a key that does not expire; a form that nobody knows tells nothing. */
function expiryOf({ fields: { name, expires_at: epochS } }: ListItem): KeyExpiry | null {
  if (typeof epochS !== 'number' || !Number.isInteger(epochS) || epochS <= 0 || epochS > MAX_EPOCH_S) {
    return null;
  }
  const shown = visibleName(name);
  return { name: shown === '' ? null : shown, expiresAt: instantOfEpochS(epochS) };
}
