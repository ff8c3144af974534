// The names of projects: every page, archived ones too, fit to be shown.
import { describe, expect, it } from 'vitest';
import { fixture } from './scripted-server.ts';
import { failureOf, IN_AN_HOUR, sourceOver } from './source-under-test.ts';

function listOf(projects: readonly object[], more: Readonly<Record<string, unknown>> = {}): object {
  return { object: 'list', data: projects, has_more: false, ...more };
}

describe('project names', () => {
  it('are read from the official example', async () => {
    await using test = await sourceOver([{ body: fixture('spec_get_projects.json') }]);
    const names = await test.source.projectNames(IN_AN_HOUR);
    expect([...names]).toEqual([['proj_abc', 'Project example']]);
    expect(test.server.requests[0]?.rawUrl).toBe('/v1/organization/projects?limit=100&include_archived=true');
  });

  it('are followed page by page, after last_id if the page has it, else after its last project', async () => {
    await using test = await sourceOver([
      {
        body: listOf(
          [
            { id: 'a', name: 'A' },
            { id: 'b', name: 'B' },
          ],
          { has_more: true, last_id: 'a' },
        ),
      },
      {
        body: listOf(
          [
            { id: 'c', name: 'C' },
            { id: 'd', name: 'D' },
          ],
          { has_more: true, last_id: 'proj-xyz' },
        ),
      },
      { body: listOf([{ id: 'e', name: 'E', archived_at: 1, status: 'archived' }], { last_id: 'e' }) },
    ]);
    const names = await test.source.projectNames(IN_AN_HOUR);
    expect([...names.keys()]).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(test.server.requests.map(({ url }) => url.searchParams.get('after'))).toEqual([null, 'a', 'd']);
  });

  it('are cleaned, and absent where there is none', async () => {
    await using test = await sourceOver([
      {
        body: listOf([
          { id: 'a', name: ' Chat\u202E\u001B[31m\nbot ' },
          { id: 'b', name: null },
          { id: 'c' },
          { id: 'd', name: ' \u200B' },
          { id: 'e', name: 7 },
        ]),
      },
    ]);
    expect([...(await test.source.projectNames(IN_AN_HOUR))]).toEqual([['a', 'Chat[31m bot']]);
  });

  it.each<[string, object | string, string]>([
    ['data is missing', { has_more: false }, 'data '],
    ['has_more is missing', { data: [] }, 'has_more '],
    ['a project has no id', listOf([{ name: 'A' }]), 'data[0].id '],
    ['there is more after nothing', listOf([], { has_more: true }), 'data '],
    ['the answer is a list', [], 'the body '],
  ])('are an error where %s', async (_, body, path) => {
    await using test = await sourceOver([{ body }]);
    expect(await failureOf(test.source.projectNames(IN_AN_HOUR))).toMatchObject({
      code: 'openai-answer-malformed',
      message: expect.stringContaining(`cannot be counted: ${path}`),
    });
  });

  it('are an error where a page leads back to itself', async () => {
    await using test = await sourceOver(() => ({ body: listOf([{ id: 'a' }], { has_more: true }) }));
    expect(await failureOf(test.source.projectNames(IN_AN_HOUR))).toMatchObject({
      code: 'openai-answer-malformed',
    });
    expect(test.server.requests).toHaveLength(2);
  });

  it('need another scope than spend, which the error names', async () => {
    await using test = await sourceOver([{ status: 403, body: '{"error":"no"}' }]);
    expect(await failureOf(test.source.projectNames(IN_AN_HOUR))).toMatchObject({
      code: 'openai-scope-missing',
      message: expect.stringContaining('api.management.read'),
    });
  });

  it('are an error where a page is too large', async () => {
    await using test = await sourceOver([{ body: fixture('spec_get_projects.json') }], { maxBodyBytes: 20 });
    expect(await failureOf(test.source.projectNames(IN_AN_HOUR))).toMatchObject({
      code: 'openai-answer-too-large',
    });
  });
});
