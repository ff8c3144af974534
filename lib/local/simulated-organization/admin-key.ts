// The admin keys of a simulated organization: what each may do, and until when.
import type { Instant } from '../../time/instant.ts';
import type { Scope } from './api-answer.ts';

export interface AdminKey {
  readonly key: string;
  readonly scopes: readonly Scope[];
  /** No name if absent. */
  readonly name?: string;
  /** Refused from then on, though still in the list; works for ever if absent. */
  readonly expiresAt?: Instant;
}

/** The key that was sent, unless nobody made it or it has expired. */
export function acceptedKey(
  adminKeys: readonly AdminKey[],
  sent: string | null,
  now: Instant,
): AdminKey | null {
  const found = adminKeys.find(({ key }) => key === sent);
  return found === undefined || (found.expiresAt !== undefined && now >= found.expiresAt) ? null : found;
}
