// OpenAI's own SDK reads the simulated organization page by page and sees the world's exact totals.
import OpenAI from 'openai';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DEMO_DAYS, DEMO_START } from '../../../lib/local/simulated-organization/demo-world.ts';
import { startSimulatedOrganization } from '../../../lib/local/simulated-organization/start-simulated-organization.ts';
import { daysFrom, plusDays, startOfDay } from '../../../lib/time/utc-day.ts';
import { EVERY_KIND_START, everyKindWorld } from '../../fakes/every-kind-world.ts';
import { at, KEY, startDemo, sumsOf } from './demo-server.ts';

const DAYS = daysFrom(DEMO_START, plusDays(DEMO_START, DEMO_DAYS));
const START = startOfDay(DEMO_START) / 1000;
const WINDOW = { start_time: START, end_time: START + DEMO_DAYS * 86_400, limit: 4 };

async function sdkAndWorld() {
  const { world, server } = await startDemo('2026-11-20T10:00:00Z');
  const client = new OpenAI({ adminAPIKey: KEY, baseURL: server.baseUrl, maxRetries: 0 });
  return { world, server, organization: client.admin.organization };
}

describe('the official SDK', () => {
  it('reads costs by project and line item', async () => {
    const { world, server, organization } = await sdkAndWorld();
    const rows: [string, number | string][] = [];
    let page: string | null = null;
    do {
      const answer: OpenAI.Admin.Organization.UsageCostsResponse = await organization.usage.costs({
        ...WINDOW,
        group_by: ['project_id', 'line_item'],
        ...(page === null ? {} : { page }),
      });
      for (const bucket of answer.data) {
        for (const result of bucket.results) {
          if (result.object !== 'organization.costs.result') throw new Error(result.object);
          const key = JSON.stringify([bucket.start_time, result.project_id || null, result.line_item]);
          rows.push([key, result.amount?.value ?? Number.NaN]);
        }
      }
      page = answer.has_more ? answer.next_page : null;
    } while (page !== null);

    const expected = DAYS.flatMap((day) =>
      world
        .trueCosts(day)
        .map(({ projectId, lineItem, amount }): [string, string] => [
          JSON.stringify([startOfDay(day) / 1000, projectId, lineItem]),
          amount,
        ]),
    );
    expect(sumsOf(rows)).toEqual(sumsOf(expected));
    expect(server.requests).toHaveLength(6);
    expect(server.requests[0]?.query).toContain('group_by%5B%5D=project_id');
  });

  it('reads completions by project and model', async () => {
    const { world, server, organization } = await sdkAndWorld();
    const rows: [string, number][] = [];
    let page: string | null = null;
    do {
      const answer: OpenAI.Admin.Organization.UsageCompletionsResponse = await organization.usage.completions(
        {
          ...WINDOW,
          group_by: ['project_id', 'model'],
          ...(page === null ? {} : { page }),
        },
      );
      for (const bucket of answer.data) {
        for (const result of bucket.results) {
          if (result.object !== 'organization.usage.completions.result') throw new Error(result.object);
          const key = [bucket.start_time, result.project_id || null, result.model];
          rows.push([JSON.stringify([...key, 'input']), result.input_tokens]);
          rows.push([JSON.stringify([...key, 'output']), result.output_tokens]);
          rows.push([JSON.stringify([...key, 'requests']), result.num_model_requests]);
        }
      }
      page = answer.has_more ? answer.next_page : null;
    } while (page !== null);

    const expected = DAYS.flatMap((day) =>
      world.trueUsage('completions', day).flatMap(({ projectId, model, counts }): [string, number][] => {
        const key = [startOfDay(day) / 1000, projectId, model];
        const input = ['input_uncached', 'input_cached', 'input_cache_write'];
        return [
          [JSON.stringify([...key, 'input']), input.reduce((sum, meter) => sum + (counts[meter] ?? 0), 0)],
          [JSON.stringify([...key, 'output']), counts.output ?? 0],
          [JSON.stringify([...key, 'requests']), counts.requests ?? 0],
        ];
      }),
    );
    expect(sumsOf(rows)).toEqual(sumsOf(expected));
    expect(server.requests).toHaveLength(6);
  });

  it('reads every kind of usage, each result under the name that the contract gives it', async () => {
    const server = await startSimulatedOrganization({
      world: everyKindWorld(),
      now: at('2026-12-20T10:00:00Z'),
      adminKeys: [{ key: KEY, scopes: ['api.usage.read', 'api.management.read'] }],
    });
    onTestFinished(() => server.close());
    const client = new OpenAI({ adminAPIKey: KEY, baseURL: server.baseUrl, maxRetries: 0 });
    const { usage, users, projects } = client.admin.organization;
    const week = { start_time: startOfDay(EVERY_KIND_START) / 1000, limit: 7 };
    const projectAndMore = <More extends string>(more: More) => ({
      ...week,
      group_by: ['project_id' as const, more],
    });
    const answers = await Promise.all([
      usage.costs(projectAndMore('line_item')),
      usage.completions(projectAndMore('service_tier')),
      usage.decisions(projectAndMore('model')),
      usage.embeddings(projectAndMore('user_id')),
      usage.moderations(projectAndMore('api_key_id')),
      usage.images(projectAndMore('size')),
      usage.audioSpeeches(projectAndMore('model')),
      usage.audioTranscriptions(projectAndMore('model')),
      usage.vectorStores({ ...week, group_by: ['project_id'] }),
      usage.codeInterpreterSessions({ ...week, group_by: ['project_id'] }),
      usage.fileSearchCalls(projectAndMore('vector_store_id')),
      usage.webSearchCalls(projectAndMore('context_level')),
    ]);
    const results = answers.map(({ data }) => {
      const rows: readonly { readonly object: string }[] = data.flatMap((bucket) => [...bucket.results]);
      expect(rows.length).toBeGreaterThan(6);
      return [...new Set(rows.map(({ object }) => object))];
    });
    expect(results).toEqual([
      ['organization.costs.result'],
      ['organization.usage.completions.result'],
      ['organization.usage.decisions.result'],
      ['organization.usage.embeddings.result'],
      ['organization.usage.moderations.result'],
      ['organization.usage.images.result'],
      ['organization.usage.audio_speeches.result'],
      ['organization.usage.audio_transcriptions.result'],
      ['organization.usage.vector_stores.result'],
      ['organization.usage.code_interpreter_sessions.result'],
      ['organization.usage.file_searches.result'],
      ['organization.usage.web_searches.result'],
    ]);

    const names: (string | null | undefined)[] = [];
    for await (const user of users.list()) names.push(user.name);
    for await (const key of projects.apiKeys.list('proj_beta', { owner_project_access: 'any' })) {
      names.push(key.name);
    }
    expect(names).toEqual(['Ann', null, 'Beta 1', 'Beta 2']);
  });

  it('reads projects page by page, and one alone', async () => {
    const { world, server, organization } = await sdkAndWorld();
    const names = new Map<string, string | null>();
    for await (const project of organization.projects.list({ limit: 3, include_archived: true })) {
      names.set(project.id, project.name ?? null);
    }
    expect(names).toEqual(new Map(world.projects.map(({ id, name }) => [id, name])));
    expect(server.requests).toHaveLength(4);
    const [first] = world.projects;
    const alone = await organization.projects.retrieve(first?.id ?? '');
    expect(alone.name).toBe('Support chatbot');
  });

  it('raises its own errors for a wrong key and a changed page', async () => {
    const { server, organization } = await sdkAndWorld();
    const stranger = new OpenAI({ adminAPIKey: 'sk-admin-unknown', baseURL: server.baseUrl, maxRetries: 0 });
    await expect(stranger.admin.organization.usage.costs(WINDOW)).rejects.toBeInstanceOf(
      OpenAI.AuthenticationError,
    );
    const { next_page: page } = await organization.usage.costs(WINDOW);
    await expect(
      organization.usage.costs({ ...WINDOW, limit: 5, ...(page === null ? {} : { page }) }),
    ).rejects.toThrow('page token is invalid');
  });
});
