// The server around the contract: keys and scopes, projects, unknown paths, faults on order, its record, its speed.
import { describe, expect, it } from 'vitest';
import { DEMO_PROJECTS } from '../../../lib/local/simulated-organization/demo-projects.ts';
import { DEMO_START } from '../../../lib/local/simulated-organization/demo-world.ts';
import { HOUR_MS, plusMs } from '../../../lib/time/instant.ts';
import { startOfDay } from '../../../lib/time/utc-day.ts';
import { at, KEY, type Page, startDemo } from './demo-server.ts';

const NOW = '2026-10-20T10:00:00Z';
const COSTS = `/organization/costs?start_time=${startOfDay(DEMO_START) / 1000}`;
const PROJECTS = '/organization/projects';
const ARCHIVED = 'proj_O6rhlkfy7VB5Bhzpt0ggDdls';

interface ProjectList {
  object: string;
  data: { id: string; name: string; status: string; archived_at: number | null; created_at: number }[];
  first_id: string | null;
  last_id: string | null;
  has_more: boolean;
}

function withKey(key: string): RequestInit {
  return { headers: { authorization: `Bearer ${key}` } };
}

describe('keys', () => {
  it('a wrong one is refused with an error object that echoes part of it', async () => {
    const { ask } = await startDemo(NOW);
    const { status, body } = await ask<{ error: Record<string, unknown> }>(
      COSTS,
      withKey('sk-proj-wrong-0123456789-last'),
    );
    expect(status).toBe(401);
    expect(body.error).toMatchObject({ type: 'invalid_request_error', param: null, code: 'invalid_api_key' });
    expect(body.error.message).toMatch(/^Incorrect API key provided: sk-proj-\*+last\. /);
  });

  it.each([
    ['no header', {}],
    ['another scheme', { authorization: `Basic ${KEY}` }],
  ])('%s is refused', async (_, headers) => {
    const { ask } = await startDemo(NOW);
    const { status, body } = await ask<{ error: { type: string } }>(COSTS, { headers });
    expect(status).toBe(401);
    expect(body.error.type).toBe('invalid_request_error');
  });

  it.each([
    ['api.usage.read', PROJECTS, 'api.management.read'],
    ['api.usage.read', `${PROJECTS}/${ARCHIVED}`, 'api.management.read'],
    ['api.management.read', COSTS, 'api.usage.read'],
    ['api.management.read', '/organization/usage/completions?start_time=0', 'api.usage.read'],
  ] as const)(
    'one with only %s may not ask %s: a bare string names the scope',
    async (scope, path, missing) => {
      const { ask } = await startDemo(NOW, {}, [{ key: 'sk-admin-narrow', scopes: [scope] }]);
      const { status, body } = await ask<{ error: string }>(path, withKey('sk-admin-narrow'));
      expect(status).toBe(403);
      expect(/Missing scopes: ([\w., ]+)/.exec(body.error)?.[1]).toContain(missing);
    },
  );
});

describe('paths', () => {
  it.each(['/organization/unknown', '/organization/usage/dreams?start_time=0', '/', '/organization/costs/'])(
    '%s is unknown',
    async (path) => {
      const { ask } = await startDemo(NOW);
      const { status, body } = await ask<{ error: { message: string } }>(path);
      expect(status).toBe(404);
      expect(body.error.message).toContain('Invalid URL (GET /v1/');
    },
  );

  it('outside of /v1 are unknown', async () => {
    const { server } = await startDemo(NOW);
    const response = await fetch(`${server.baseUrl.replace('/v1', '')}${COSTS}`, withKey(KEY));
    expect(response.status).toBe(404);
  });

  it('can only be read', async () => {
    const { ask } = await startDemo(NOW);
    const { status } = await ask(PROJECTS, { method: 'POST', body: '{}', ...withKey(KEY) });
    expect(status).toBe(405);
  });
});

describe('projects', () => {
  it('are listed without archived ones unless they are asked for', async () => {
    const { ask } = await startDemo(NOW);
    const active = (await ask<ProjectList>(PROJECTS)).body;
    const all = (await ask<ProjectList>(`${PROJECTS}?include_archived=true`)).body;
    expect(active.data).toHaveLength(9);
    expect(active.data.every(({ status, archived_at }) => status === 'active' && archived_at === null)).toBe(
      true,
    );
    expect(all.data).toHaveLength(10);
    expect(all.data.find(({ id }) => id === ARCHIVED)).toEqual({
      id: ARCHIVED,
      object: 'organization.project',
      name: 'Meeting notes (old)',
      created_at: Date.parse('2025-04-13T00:00:00Z') / 1000,
      archived_at: Date.parse('2026-10-11T00:00:00Z') / 1000,
      status: 'archived',
    });
    expect(all.data.map(({ name }) => name)).toContain('Übersetzungen 翻訳 🦊 “DE↔JA”');
  });

  it('are active until the moment at which they are archived', async () => {
    const { ask, server } = await startDemo('2026-10-10T23:59:59Z');
    expect((await ask<ProjectList>(PROJECTS)).body.data).toHaveLength(10);
    server.setNow(at('2026-10-11'));
    expect((await ask<ProjectList>(PROJECTS)).body.data).toHaveLength(9);
  });

  it('come page by page after the last id', async () => {
    const { ask } = await startDemo(NOW);
    const ids: string[] = [];
    const sizes: number[] = [];
    let after = '';
    for (;;) {
      const { body } = await ask<ProjectList>(`${PROJECTS}?include_archived=true&limit=4${after}`);
      sizes.push(body.data.length);
      ids.push(...body.data.map(({ id }) => id));
      expect(body).toMatchObject({ object: 'list', first_id: body.data[0]?.id, last_id: ids.at(-1) });
      if (!body.has_more) break;
      after = `&after=${body.last_id}`;
    }
    expect(sizes).toEqual([4, 4, 2]);
    expect(new Set(ids).size).toBe(10);
  });

  it('have no more pages when the last one is full', async () => {
    const { ask } = await startDemo(NOW);
    const { body } = await ask<ProjectList>(`${PROJECTS}?include_archived=true&limit=10`);
    expect(body.data).toHaveLength(10);
    expect(body.has_more).toBe(false);
  });

  it('are not there before they are created', async () => {
    const projects = DEMO_PROJECTS.slice(0, 1).map((project) => ({ ...project, createdDay: 3 }));
    const { ask, server } = await startDemo('2026-10-07T23:59:59Z', { projects });
    const id = projects[0]?.id;
    expect((await ask<ProjectList>(PROJECTS)).body).toMatchObject({
      data: [],
      first_id: null,
      last_id: null,
    });
    expect((await ask(`${PROJECTS}/${id}`)).status).toBe(404);
    server.setNow(at('2026-10-08'));
    expect((await ask<ProjectList>(PROJECTS)).body.data.map((project) => project.id)).toEqual([id]);
  });

  it.each(['limit=0', 'limit=101', 'include_archived=yes', 'after=proj_nobody', 'order=asc'])(
    'refuse %s',
    async (query) => {
      const { ask } = await startDemo(NOW);
      const { status, body } = await ask<{ error: { param: string } }>(`${PROJECTS}?${query}`);
      expect(status).toBe(400);
      expect(body.error.param).toBe(query.split('=')[0]);
    },
  );

  it('can be read one by one, archived ones too', async () => {
    const { ask } = await startDemo(NOW);
    const found = await ask<{ name: string }>(`${PROJECTS}/${ARCHIVED}`);
    expect(found.status).toBe(200);
    expect(found.body.name).toBe('Meeting notes (old)');
    expect((await ask(`${PROJECTS}/proj_nobody`)).status).toBe(404);
  });
});

describe('the same questions', () => {
  it('get the same bytes from another server, in another order', async () => {
    const paths = [
      `${COSTS}&group_by=project_id&group_by=line_item`,
      `${COSTS}&limit=3`,
      `/organization/usage/completions?start_time=1791200000&group_by=project_id,model&bucket_width=1h`,
      PROJECTS,
      '/organization/costs',
    ];
    const [one, other] = [await startDemo(NOW), await startDemo(NOW)];
    const forth = new Map<string, string>();
    for (const path of paths) forth.set(path, (await one.ask(path)).text);
    for (const path of paths.toReversed()) expect((await other.ask(path)).text).toBe(forth.get(path));
    for (const path of paths) expect((await one.ask(path)).text).toBe(forth.get(path));
  });

  it('get the same bytes again after time went on and was set back', async () => {
    const { ask, server } = await startDemo('2026-10-06T09:00:00Z');
    const path = `${COSTS}&group_by=line_item`;
    const morning = (await ask(path)).text;
    server.setNow(at('2026-11-20'));
    expect((await ask(path)).text).not.toBe(morning);
    server.setNow(at('2026-10-06T09:00:00Z'));
    expect((await ask(path)).text).toBe(morning);
  });
});

describe('faults', () => {
  it('come as often as ordered, then the right answer again', async () => {
    const { ask, server } = await startDemo(NOW);
    const right = (await ask(COSTS)).text;
    server.failNext(2, {
      kind: 'status',
      status: 429,
      code: 'rate_limit_exceeded',
      headers: { 'retry-after': '3' },
    });
    server.failNext(1, { kind: 'status', status: 500 });
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      const reply = await ask<{ error: { code: string | null } }>(COSTS);
      statuses.push(reply.status);
      expect(reply.headers.get('retry-after')).toBe(reply.status === 429 ? '3' : null);
      expect(reply.body.error.code).toBe(reply.status === 429 ? 'rate_limit_exceeded' : null);
    }
    expect(statuses).toEqual([429, 429, 500]);
    expect((await ask(COSTS)).text).toBe(right);
  });

  it('can be kept to some paths', async () => {
    const { ask, server } = await startDemo(NOW);
    server.failNext(1, { kind: 'status', status: 503 }, '/projects');
    expect((await ask(COSTS)).status).toBe(200);
    expect((await ask(PROJECTS)).status).toBe(503);
    expect((await ask(PROJECTS)).status).toBe(200);
  });

  it('html: a proxy answers with a page', async () => {
    const { ask, server } = await startDemo(NOW);
    server.failNext(1, { kind: 'html' });
    const { status, headers, text } = await ask(COSTS);
    expect(status).toBe(502);
    expect(headers.get('content-type')).toBe('text/html');
    expect(text).toMatch(/^<html>/);
  });

  it('truncated: half of the JSON, in a complete HTTP answer', async () => {
    const { ask, server } = await startDemo(NOW);
    const right = (await ask(COSTS)).text;
    server.failNext(1, { kind: 'truncated' });
    const { status, text } = await ask(COSTS);
    expect(status).toBe(200);
    expect(right.startsWith(text)).toBe(true);
    expect(() => JSON.parse(text)).toThrow();
  });

  it('dropped: the connection ends within the body', async () => {
    const { ask, server } = await startDemo(NOW);
    server.failNext(1, { kind: 'dropped' });
    await expect(ask(COSTS)).rejects.toThrow();
    expect((await ask(COSTS)).status).toBe(200);
  });

  it('slow: the right answer, later', async () => {
    const { ask, server } = await startDemo(NOW);
    const right = (await ask(COSTS)).text;
    server.failNext(1, { kind: 'slow', delayMs: 150 });
    const before = performance.now();
    expect((await ask(COSTS)).text).toBe(right);
    expect(performance.now() - before).toBeGreaterThanOrEqual(140);
  });

  it('slow: closing does not wait for it', async () => {
    const { ask, server } = await startDemo(NOW);
    server.failNext(1, { kind: 'slow', delayMs: 60_000 });
    const cutOff = expect(ask(COSTS)).rejects.toThrow();
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await server.close();
    await cutOff;
  });
});

describe('the server', () => {
  it('listens on the loopback address only, names every request, and records it without the key', async () => {
    const { ask, server } = await startDemo(NOW);
    expect(server.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    const replies = [await ask(`${COSTS}&group_by%5B%5D=project_id`), await ask('/nowhere')];
    const ids = replies.map(({ headers }) => headers.get('x-request-id') ?? '');
    expect(ids.every((id) => /^req_[0-9a-f]{32}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(2);
    expect(server.requests).toEqual([
      {
        method: 'GET',
        path: '/v1/organization/costs',
        query: `start_time=${startOfDay(DEMO_START) / 1000}&group_by%5B%5D=project_id`,
        now: at(NOW),
        status: 200,
      },
      { method: 'GET', path: '/v1/nowhere', query: '', now: at(NOW), status: 404 },
    ]);
    expect(JSON.stringify(server.requests)).not.toContain(KEY);
  });

  it('shows the days that have begun at every hour of three weeks, and no other', async () => {
    const { ask, server } = await startDemo('2026-10-05');
    const from = startOfDay(DEMO_START);
    for (let tick = 0; tick < 21 * 24; tick += 5) {
      server.setNow(plusMs(from, tick * HOUR_MS));
      const window = `start_time=${from / 1000}&end_time=${from / 1000 + 22 * 86_400}&limit=31`;
      const costs = await ask<Page<unknown>>(
        `/organization/costs?${window}&group_by=project_id&group_by=line_item`,
      );
      const usage = await ask<Page<unknown>>(
        `/organization/usage/completions?${window}&group_by=project_id&group_by=model`,
      );
      expect(costs.body.data).toHaveLength(Math.floor(tick / 24) + 1);
      expect(usage.body.data).toHaveLength(Math.floor(tick / 24) + 1);
    }
  });
});
