// The list of admin keys: to whom it is shown, page by page, with both ends of each key and no more.
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import type { AdminKey } from '../../../lib/local/simulated-organization/admin-key.ts';
import { createUsageSource } from '../../../lib/openai/usage-source.ts';
import { plusMs, SECOND_MS } from '../../../lib/time/instant.ts';
import { instantOf } from '../../fakes/time-of.ts';
import { at, type DemoServer, KEY, startDemo } from './demo-server.ts';

const NOW = '2026-11-20T10:00:00Z';
const PATH = '/organization/admin_api_keys';
const SCOPES = ['api.usage.read', 'api.management.read'] as const;
const EXPIRES = at('2026-12-04T10:00:00Z');

const KEYS: readonly AdminKey[] = [
  { key: 'sk-admin-first-0123456789-aaaa', scopes: SCOPES, name: 'First' },
  { key: KEY, scopes: SCOPES, name: 'Ours', expiresAt: EXPIRES },
  { key: 'sk-admin-third-0123456789-cccc', scopes: ['api.usage.read'] },
];

interface KeyList {
  object: string;
  data: Record<string, unknown>[];
  first_id: string | null;
  last_id: string | null;
  has_more: boolean;
}

const start = (): Promise<DemoServer> => startDemo(NOW, {}, KEYS);

describe('admin keys', () => {
  it('are listed the oldest first, redacted, with their expiry', async () => {
    const { ask } = await start();
    const { status, body, text } = await ask<KeyList>(PATH);
    expect(status).toBe(200);
    expect(body).toMatchObject({ object: 'list', has_more: false });
    expect(body.data.map(({ object }) => object)).toEqual(Array(3).fill('organization.admin_api_key'));
    expect(
      body.data.map(({ name, redacted_value, expires_at }) => [name, redacted_value, expires_at]),
    ).toEqual([
      ['First', 'sk-admin...aaaa', null],
      ['Ours', 'sk-admin...6789', Date.parse('2026-12-04T10:00:00Z') / 1000],
      [null, 'sk-admin...cccc', null],
    ]);
    const created = body.data.map(({ created_at }) => Number(created_at));
    expect(created).toEqual([...created].sort((a, b) => a - b));
    for (const { key } of KEYS) expect(text).not.toContain(key.slice(0, -4));
  });

  it('come the newest first if asked for, and page by page', async () => {
    const { ask } = await start();
    const first = (await ask<KeyList>(`${PATH}?order=desc&limit=2`)).body;
    expect([first.data.map(({ name }) => name), first.has_more]).toEqual([[null, 'Ours'], true]);
    const second = (await ask<KeyList>(`${PATH}?order=desc&limit=2&after=${first.last_id}`)).body;
    expect([second.data.map(({ name }) => name), second.has_more]).toEqual([['First'], false]);
  });

  it.each(['limit=0', 'limit=101', 'order=up', 'after=key_nobody', 'include_archived=true'])(
    'refuse %s',
    async (query) => {
      const { ask } = await start();
      const { status, body } = await ask<{ error: { param: string } }>(`${PATH}?${query}`);
      expect(status).toBe(400);
      expect(body.error.param).toBe(query.split('=')[0]);
    },
  );

  it('are shown to no key without api.management.read, and cannot be made here', async () => {
    const { ask } = await start();
    const narrow = { headers: { authorization: 'Bearer sk-admin-third-0123456789-cccc' } };
    const { status, body } = await ask<{ error: string }>(PATH, narrow);
    expect(status).toBe(403);
    expect(body.error).toContain('Missing scopes: api.management.read');
    const headers = { authorization: `Bearer ${KEY}` };
    expect((await ask(PATH, { method: 'POST', body: '{}', headers })).status).toBe(405);
  });

  it('are refused from the moment at which they expire', async () => {
    const { ask, server } = await start();
    server.setNow(plusMs(EXPIRES, -SECOND_MS));
    expect((await ask(PATH)).status).toBe(200);
    server.setNow(EXPIRES);
    expect((await ask(PATH)).status).toBe(401);
  });

  it('are read by the official SDK page by page', async () => {
    const { server } = await start();
    const client = new OpenAI({ adminAPIKey: KEY, baseURL: server.baseUrl, maxRetries: 0 });
    const seen: [string | null, string, number | null][] = [];
    for await (const key of client.admin.organization.adminAPIKeys.list({ limit: 1, order: 'asc' })) {
      seen.push([key.name ?? null, key.redacted_value, key.expires_at]);
    }
    expect(seen).toEqual([
      ['First', 'sk-admin...aaaa', null],
      ['Ours', 'sk-admin...6789', Date.parse('2026-12-04T10:00:00Z') / 1000],
      [null, 'sk-admin...cccc', null],
    ]);
    expect(server.requests).toHaveLength(3);
  });

  it.each<[string, string, string | null]>([
    ['the one that expires', KEY, '2026-12-04T10:00:00Z'],
    ['one that does not', 'sk-admin-first-0123456789-aaaa', null],
    ['one that may not ask', 'sk-admin-third-0123456789-cccc', null],
  ])('are recognised by the client: %s', async (_, key, expires) => {
    const { server } = await start();
    const source = createUsageSource({
      adminKey: async () => key,
      baseUrl: server.baseUrl,
      minIntervalMs: 0,
    });
    try {
      const deadline = plusMs(instantOf(new Date().toISOString()), 60_000);
      const expiry = await source.keyExpiry(deadline);
      expect(expiry).toEqual(expires === null ? null : { name: 'Ours', expiresAt: at(expires) });
    } finally {
      await source.close();
    }
  });
});
