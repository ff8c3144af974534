// The names of users and of API keys: labels for ids, and what becomes of them where OpenAI does not give all.
import { describe, expect, it } from 'vitest';
import { plusMs } from '../../lib/time/instant.ts';
import { fixture } from './scripted-server.ts';
import { failureOf, IN_AN_HOUR, NOW, sourceOver } from './source-under-test.ts';

const listOf = (...data: readonly object[]) => ({ object: 'list', data, has_more: false });
const NOT_FOUND = { status: 404, body: { error: { message: 'gone', type: 'invalid_request_error' } } };

describe('user names', () => {
  it('are read from the official example', async () => {
    await using test = await sourceOver([{ body: fixture('spec_get_users.json') }]);
    expect([...(await test.source.userNames(IN_AN_HOUR))]).toEqual([['user_abc', 'First Last']]);
    expect(test.server.requests[0]?.rawUrl).toBe('/v1/organization/users?limit=100');
  });

  it('are addresses where there is none, and absent where there is neither', async () => {
    await using test = await sourceOver([
      {
        body: listOf(
          { id: 'a', name: ' A\u202E\n', email: 'a@x.example' },
          { id: 'b', name: null, email: 'b@x.example' },
          { id: 'c', name: '\u200b' },
        ),
      },
    ]);
    expect([...(await test.source.userNames(IN_AN_HOUR))]).toEqual([
      ['a', 'A'],
      ['b', 'b@x.example'],
    ]);
  });
});

describe('names of keys', () => {
  const key = (id: string) => ({ id, name: `Key ${id}` });
  const wanted = (...ids: string[]) => new Set(ids);

  it('are read from the official example, whoever owns them', async () => {
    await using test = await sourceOver([{ body: fixture('spec_get_projects__project_id__api_keys.json') }]);
    const names = await test.source.apiKeyNames(['proj_a', 'proj_b'], wanted('key_abc'), IN_AN_HOUR);
    expect([...names]).toEqual([['key_abc', 'My API Key']]);
    expect(test.server.requests.map(({ rawUrl }) => rawUrl)).toEqual([
      '/v1/organization/projects/proj_a/api_keys?limit=100&owner_project_access=any',
    ]);
  });

  it('are looked for in one project after the other, and a project that is gone has no say', async () => {
    await using test = await sourceOver([
      { body: listOf(key('1')) },
      NOT_FOUND,
      { body: listOf(key('2')) },
      { body: listOf() },
    ]);
    const names = await test.source.apiKeyNames(['a', 'b', 'c', 'd'], wanted('2', 'lost'), IN_AN_HOUR);
    expect([...names.keys()]).toEqual(['1', '2']);
    expect(test.server.requests).toHaveLength(4);
  });

  it('are those that were found when the time ended', async () => {
    await using test = await sourceOver([
      { body: listOf(key('1')) },
      { status: 429, headers: { 'retry-after': '50' }, body: {} },
    ]);
    const names = await test.source.apiKeyNames(['a', 'b'], wanted('2'), plusMs(NOW, 5_000));
    expect([...names.keys()]).toEqual(['1']);
  });

  it('need a scope of their own, which is named', async () => {
    await using test = await sourceOver([
      { status: 403, body: fixture('error_403_missing_scope_string.json') },
    ]);
    const failure = await failureOf(test.source.apiKeyNames(['a'], wanted('1'), IN_AN_HOUR));
    expect(failure.code).toBe('openai-scope-missing');
  });
});
