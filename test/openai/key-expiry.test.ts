// Until when the admin key works: the key in use found among all by its ends, and never worth more than a null.
import { describe, expect, it } from 'vitest';
import { instantOf } from '../fakes/time-of.ts';
import { fixture, type ScriptedAnswer } from './scripted-server.ts';
import { failureOf, IN_AN_HOUR, KEY, sourceOver } from './source-under-test.ts';

/** 2026-12-04T10:00:00Z */
const DECEMBER_4_S = 1_796_378_400;
const DECEMBER_4 = instantOf('2026-12-04T10:00:00Z');
/** 2026-12-10T10:00:00Z */
const DECEMBER_10_S = 1_796_896_800;

/** The key in use ends in `SECRET`. */
const OURS = {
  object: 'organization.admin_api_key',
  id: 'key_ours',
  name: 'Budget alerts',
  redacted_value: 'sk-admin...CRET',
  expires_at: DECEMBER_4_S as unknown,
};
const THEIRS = {
  ...OURS,
  id: 'key_theirs',
  name: 'Theirs',
  redacted_value: 'sk-admin...zzzz',
  expires_at: 1_796_000_000,
};

function listOf(keys: readonly object[], more: Readonly<Record<string, unknown>> = {}): object {
  return { object: 'list', data: keys, has_more: false, ...more };
}

describe("the admin key's expiry", () => {
  it('is read from the official example', async () => {
    await using test = await sourceOver([{ body: fixture('spec_get_admin_api_keys.json') }], {
      adminKey: async () => ' sk-admin-0123456789abcdef\n',
    });
    expect(await test.source.keyExpiry(IN_AN_HOUR)).toEqual({
      name: 'Main Admin Key',
      expiresAt: instantOf('2024-04-25T16:45:33Z'),
    });
    expect(test.server.requests.map(({ rawUrl }) => rawUrl)).toEqual([
      '/v1/organization/admin_api_keys?limit=100&order=asc',
    ]);
  });

  it('is that of the key in use, on whichever page it is', async () => {
    await using test = await sourceOver([
      { body: listOf([THEIRS], { has_more: true, last_id: 'key_theirs' }) },
      { body: listOf([{ ...THEIRS, id: 'b' }], { has_more: true, last_id: 'not-in-the-page' }) },
      { body: listOf([OURS]) },
    ]);
    expect(await test.source.keyExpiry(IN_AN_HOUR)).toEqual({ name: 'Budget alerts', expiresAt: DECEMBER_4 });
    expect(test.server.requests.map(({ url }) => url.searchParams.get('after'))).toEqual([
      null,
      'key_theirs',
      'b',
    ]);
  });

  it.each([
    ['the first', [OURS, { ...OURS, name: 'Twin', expires_at: DECEMBER_10_S }]],
    ['the last', [{ ...OURS, name: 'Twin', expires_at: DECEMBER_10_S }, OURS]],
    ['the only one that expires', [{ ...OURS, name: 'Twin', expires_at: null }, OURS]],
  ])('is the earliest of several that look alike: %s', async (_, keys) => {
    await using test = await sourceOver([{ body: listOf(keys) }]);
    expect(await test.source.keyExpiry(IN_AN_HOUR)).toEqual({ name: 'Budget alerts', expiresAt: DECEMBER_4 });
  });

  it.each<[string, unknown, string | null]>([
    ['is cleaned', ' Main\u202E\u001B[31m\nkey ', 'Main[31m key'],
    ['is null where nothing of it can be seen', ' \u200B', null],
    ['is null where there is none', null, null],
    ['is null where it is no text', 7, null],
  ])('comes with a name that %s', async (_, name, expected) => {
    await using test = await sourceOver([{ body: listOf([{ ...OURS, name }]) }]);
    expect(await test.source.keyExpiry(IN_AN_HOUR)).toEqual({ name: expected, expiresAt: DECEMBER_4 });
  });

  it.each<[string, readonly object[]]>([
    ['no key is listed', []],
    ['the key in use is not listed', [THEIRS]],
    ['it does not expire', [{ ...OURS, expires_at: null }]],
    ['nothing is said of it', [{ id: 'key_ours', redacted_value: OURS.redacted_value }]],
    ['nothing is shown of any key', [{ ...OURS, redacted_value: null }, { id: 'key_b' }]],
    ['the instant is a text', [{ ...OURS, expires_at: '1796378400' }]],
    ['the instant is 0', [{ ...OURS, expires_at: 0 }]],
    ['the instant is a fraction', [{ ...OURS, expires_at: 1_796_378_400.5 }]],
    ['the instant is in milliseconds', [{ ...OURS, expires_at: DECEMBER_4_S * 1_000 }]],
  ])('is null where %s', async (_, keys) => {
    await using test = await sourceOver([{ body: listOf(keys) }]);
    expect(await test.source.keyExpiry(IN_AN_HOUR)).toBe(null);
  });

  it.each<[string, ScriptedAnswer]>([
    ['403', { status: 403, body: fixture('error_403_missing_scope_string.json') }],
    ['403 with nothing', { status: 403, body: '' }],
    [
      '401 that names a scope',
      {
        status: 401,
        body: {
          error: { message: 'You have insufficient permissions. Missing scopes: api.management.read' },
        },
      },
    ],
    ['404', { status: 404, body: '' }],
  ])('is null where the key may not read it, asked once: %s', async (_, answer) => {
    await using test = await sourceOver([answer]);
    expect(await test.source.keyExpiry(IN_AN_HOUR)).toBe(null);
    expect(test.server.requests).toHaveLength(1);
  });

  it.each<[string, ScriptedAnswer, string]>([
    [
      'the key itself is refused',
      { status: 401, body: fixture('error_401_invalid_api_key.json') },
      'openai-key-rejected',
    ],
    ['OpenAI is out of order', { status: 500 }, 'openai-unavailable'],
    ['the answer is no list', { body: { data: {} } }, 'openai-answer-malformed'],
  ])('is unknown, not null, where %s', async (_, answer, code) => {
    await using test = await sourceOver(() => answer);
    expect(await failureOf(test.source.keyExpiry(IN_AN_HOUR))).toMatchObject({ code });
  });

  it('is unknown where a page leads back to itself', async () => {
    await using test = await sourceOver(() => ({ body: listOf([OURS], { has_more: true }) }));
    expect(await failureOf(test.source.keyExpiry(IN_AN_HOUR))).toMatchObject({
      code: 'openai-answer-malformed',
      message: expect.stringContaining('GET /organization/admin_api_keys'),
    });
    expect(test.server.requests).toHaveLength(2);
  });

  it('holds nothing of the key', async () => {
    await using test = await sourceOver([{ body: listOf([OURS]) }]);
    const expiry = await test.source.keyExpiry(IN_AN_HOUR);
    expect(Object.keys(expiry ?? {}).sort()).toEqual(['expiresAt', 'name']);
    expect(JSON.stringify(expiry)).not.toContain(KEY.slice(-4));
  });
});
