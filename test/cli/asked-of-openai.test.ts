// What a run asks of OpenAI: only what some budget needs, as the simulated organization's request log shows.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AdminKey } from '../../lib/local/simulated-organization/admin-key.ts';
import {
  type SimulatedOrganization,
  startSimulatedOrganization,
} from '../../lib/local/simulated-organization/start-simulated-organization.ts';
import { type CheckRunner, checkRunner } from '../fakes/check-runner.ts';
import { everyKindWorld } from '../fakes/every-kind-world.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = '2026-11-07T23:30:00Z';
const DAY_ONE = Date.parse('2026-11-02T00:00:00Z') / 1_000;

interface Asked {
  readonly organization: SimulatedOrganization;
  readonly runner: CheckRunner;
  /** Below `/v1/organization/`, since the last time; each once, with its `project_ids` and `group_by`. */
  requests(): string[];
}

async function world(scopes: AdminKey['scopes'] = ['api.usage.read', 'api.management.read']): Promise<Asked> {
  const organization = await startSimulatedOrganization({
    world: everyKindWorld(),
    now: instantOf('2026-12-20'),
    adminKeys: [{ key: 'sk-admin-x', scopes }],
  });
  const runner = checkRunner({ OPENAI_ADMIN_KEY: 'sk-admin-x', OPENAI_BASE_URL: organization.baseUrl });
  onTestFinished(async () => {
    runner[Symbol.dispose]();
    await organization.close();
  });
  let seen = 0;
  return {
    organization,
    runner,
    requests() {
      const fresh = organization.requests.slice(seen).map(({ path, query }) => {
        const parameters = new URLSearchParams(query);
        const parts = [...parameters.getAll('project_ids'), ...parameters.getAll('group_by')];
        return [path.replace('/v1/organization/', ''), ...parts].join(' ');
      });
      seen = organization.requests.length;
      return [...new Set(fresh)];
    },
  };
}

const budget = (id: string, more: string) => `  - { id: ${id}, limit: 1, period: weekly, ${more} }\n`;

describe('a run', () => {
  it('with budgets on cost alone asks for costs and names alone', async () => {
    const { runner, requests } = await world();
    runner.writeBudgets(`budgets:\n${budget('org', 'name: All')}${budget('each', 'each: project')}`);
    await runner.run(TICK);
    expect(requests()).toEqual(['costs project_id line_item', 'projects', 'admin_api_keys']);
  });

  it('with token quotas on two projects asks for completions of just these', async () => {
    const { runner, requests } = await world();
    const quota = (project: string) =>
      budget(project, `measure: completions.total_tokens, scope: { project: ${project} }`);
    runner.writeBudgets(`budgets:\n${quota('proj_beta')}${quota('proj_alpha')}`);
    await runner.run(TICK);
    expect(requests()).toEqual([
      'usage/completions proj_alpha proj_beta project_id model',
      'projects',
      'admin_api_keys',
    ]);
  });

  it('with a budget by key asks for the names of keys, project by project until all are found', async () => {
    const { runner, requests } = await world();
    runner.writeBudgets(`budgets:\n${budget('keys', 'each: api_key')}`);
    const { document } = await runner.run(TICK);
    expect(requests()).toEqual([
      'costs api_key_id',
      'projects',
      'admin_api_keys',
      'projects/proj_alpha/api_keys',
      'projects/proj_beta/api_keys',
    ]);
    const names = document.notifications.map(({ title }) => title.split(' is at ')[0]);
    expect(names.sort()).toEqual(['Alpha 1', 'Beta 2', 'Spend without an API key']);
  });

  it('with a budget by user shows names, else addresses, of archived projects too', async () => {
    const { runner, requests } = await world();
    const measure = 'measure: embeddings.input_tokens';
    runner.writeBudgets(
      `budgets:\n${budget('users', `${measure}, each: user`)}${budget('projects', `${measure}, each: project`)}`,
    );
    const { document } = await runner.run(TICK);
    expect(requests()).toEqual([
      'usage/embeddings project_id model',
      'usage/embeddings user_id',
      'projects',
      'admin_api_keys',
      'users',
    ]);
    const names = document.notifications.map(({ title }) => title.split(' is at ')[0]);
    expect(names.sort()).toEqual([
      'Alpha',
      'Ann',
      'Beta',
      'Spend without a project',
      'Spend without a user',
      'bob@example.com',
    ]);
  });

  it('with a key that may not read names shows ids, warns, and alerts all the same', async () => {
    const { runner } = await world(['api.usage.read']);
    runner.writeBudgets(`budgets:\n${budget('users', 'measure: embeddings.input_tokens, each: user')}`);
    const { document, exitCode } = await runner.run(TICK);
    expect(document.notifications.map(({ title }) => title.split(' is at ')[0]).sort()).toEqual([
      'Spend without a user',
      'user-ann',
      'user-bob',
    ]);
    expect(document.problems).toMatchObject([{ code: 'names-unavailable', severity: 'warning' }]);
    expect(exitCode).toBe(0);
  });
});

describe('a wider budget later', () => {
  const quota = (scope: string) => budget('quota', `measure: completions.num_model_requests${scope}`);

  it('has the days read again that were read for fewer projects', async () => {
    const { runner, organization, requests } = await world();
    const spentAt = async (tick: string) => {
      const { document } = await runner.run(tick);
      return document.budgets.map(({ spent, missingDays }) => [spent, missingDays.length]);
    };
    runner.writeBudgets(`budgets:\n${quota('')}`);
    const whole = await spentAt(TICK);
    await organization.close();

    const second = await world();
    second.runner.writeBudgets(`budgets:\n${quota(', scope: { project: proj_alpha }')}`);
    await second.runner.run(TICK);
    requests();
    second.requests();
    second.runner.writeBudgets(`budgets:\n${quota('')}`);
    const { document } = await second.runner.run('2026-11-07T23:45:00Z');
    expect(document.budgets.map(({ spent, missingDays }) => [spent, missingDays.length])).toEqual(whole);
    expect(second.requests()).toEqual(['usage/completions project_id model']);
    const [asked] = second.organization.requests
      .filter(({ path }) => path.endsWith('/completions'))
      .slice(-1);
    expect(new URLSearchParams(asked?.query).get('start_time')).toBe(String(DAY_ONE));
  });

  it('says which days are missing until they are, and does not take part of them for the whole', async () => {
    const { runner, organization } = await world();
    runner.writeBudgets(`budgets:\n${quota(', scope: { project: proj_alpha }')}`);
    await runner.run(TICK);
    runner.writeBudgets(`budgets:\n${quota('')}`);
    organization.failNext(10, { kind: 'status', status: 400 }, 'completions');
    const { document, exitCode } = await runner.run('2026-11-07T23:45:00Z');
    expect(exitCode).toBe(1);
    expect(document.budgets).toMatchObject([{ state: 'unknown', spent: '0', missingDays: { length: 6 } }]);
  });
});

it('a grouping that OpenAI refuses is a problem of the budgets that need it alone', async () => {
  const { runner } = await world();
  runner.writeBudgets(
    `budgets:\n${budget('both', 'scope: { project: proj_alpha }, each: user')}${budget('org', 'name: All')}`,
  );
  const { document } = await runner.run(TICK);
  expect(document.sources.map(({ source, state }) => `${source} ${state}`)).toEqual([
    'costs fresh',
    'costs by project, user failing',
  ]);
  expect(document.problems).toMatchObject([
    { code: 'openai-request-refused', path: 'sources.costs by project, user' },
  ]);
  expect(document.notifications.map(({ budgetId }) => budgetId)).toEqual(['org']);
});
