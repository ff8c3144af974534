// The endpoint that lists admin keys: each with its ends alone, never as a whole.
import { createHash } from 'node:crypto';
import { epochSOf } from '../../time/instant.ts';
import type { AdminKey } from './admin-key.ts';
import type { Answer } from './api-answer.ts';
import { listPage, readListWindow } from './list-page.ts';
import { parameterReader } from './parameter-reader.ts';

/** 2026-01-05T09:00:00Z; the keys were made one after the other, a day apart. */
const FIRST_CREATED_S = 1_767_603_600;
const DAY_S = 86_400;

/** In the order in which the keys were made, unless asked for the other one. */
export function adminKeyList(adminKeys: readonly AdminKey[], parameters: URLSearchParams): Answer {
  const read = parameterReader(parameters);
  const window = readListWindow(read);
  const order = read.choice('order', ['asc', 'desc']) ?? 'asc';
  const refusal = read.refusal();
  if (refusal !== null) return refusal;

  const listed = adminKeys.map(keyObject);
  return listPage(order === 'asc' ? listed : listed.toReversed(), window, (key) => key);
}

function keyObject({ key, name, expiresAt }: AdminKey, position: number) {
  return {
    object: 'organization.admin_api_key',
    id: `key_${createHash('sha256').update(key).digest('hex').slice(0, 16)}`,
    name: name ?? null,
    redacted_value: `${key.slice(0, 8)}...${key.slice(-4)}`,
    created_at: FIRST_CREATED_S + position * DAY_S,
    expires_at: expiresAt === undefined ? null : epochSOf(expiresAt),
    last_used_at: null,
    owner: {
      type: 'user',
      object: 'organization.user',
      id: 'user-Zk31pQv7TqYw0bXfJr9sLm2d',
      name: 'Noor Haddad',
      created_at: FIRST_CREATED_S,
      role: 'owner',
    },
  };
}
