// Members with limits of their own, levels, and a kind that an organization does not have: from the file to the message.
import { expect, it, onTestFinished } from 'vitest';
import { startSimulatedOrganization } from '../../lib/local/simulated-organization/start-simulated-organization.ts';
import { checkRunner } from '../fakes/check-runner.ts';
import { everyKindWorld } from '../fakes/every-kind-world.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = '2026-11-07T23:30:00Z';

async function start() {
  const organization = await startSimulatedOrganization({
    world: everyKindWorld(),
    now: instantOf('2026-12-20'),
    adminKeys: [{ key: 'sk-admin-x', scopes: ['api.usage.read', 'api.management.read'] }],
  });
  const runner = checkRunner({ OPENAI_ADMIN_KEY: 'sk-admin-x', OPENAI_BASE_URL: organization.baseUrl });
  onTestFinished(async () => {
    runner[Symbol.dispose]();
    await organization.close();
  });
  return { organization, runner };
}

it('a member is held to the limit of its own, the others to the common one', async () => {
  const { runner } = await start();
  const budgetsWith = (limitOfUnattributed: number) => `
budgets:
  - id: sessions
    measure: code_interpreter_sessions.num_sessions
    each: project
    limit: 1
    period: weekly
    thresholds: [100%]
    overrides: { proj_alpha: { limit: 1000000 }, unattributed: { limit: ${limitOfUnattributed} } }
`;
  runner.writeBudgets(budgetsWith(2));
  const { document } = await runner.run(TICK);
  expect(
    document.budgets.map(({ scope, limit, atLimit, state }) => [scope.project, limit, atLimit, state]),
  ).toEqual([
    ['proj_alpha', '1000000', false, 'ok'],
    ['proj_beta', '1', true, 'firing'],
    ['unattributed', '2', true, 'firing'],
  ]);
  expect(document.notifications.map(({ scope, limit }) => [scope.project, limit]).sort()).toEqual([
    ['proj_beta', '1'],
    ['unattributed', '2'],
  ]);
  // Said once; another limit of the one member is another alert of that member alone.
  expect((await runner.run(TICK)).document.notifications).toEqual([]);
  runner.writeBudgets(budgetsWith(3));
  const { document: edited } = await runner.run(TICK);
  expect(edited.notifications.map(({ scope, limit, reason }) => [scope.project, limit, reason])).toEqual([
    ['unattributed', '3', 'limit-changed'],
  ]);
});

it('a level is its largest day, and the message says so', async () => {
  const { runner } = await start();
  runner.writeBudgets(`
budgets:
  - { id: storage, measure: vector_stores.usage_bytes, scope: { project: proj_beta }, limit: 1000, period: weekly }
`);
  const { document } = await runner.run(TICK);
  const text = document.notifications[0]?.text.replace(/\s+/g, ' ');
  expect(text).toContain('vector_stores.usage_bytes (a level: the largest day counts)');
  expect(text).not.toContain('Pace:');
  // Three gigabytes on each of two days are no six.
  expect(Number(document.budgets[0]?.spent)).toBeGreaterThan(2_500_000_000);
  expect(Number(document.budgets[0]?.spent)).toBeLessThan(3_700_000_000);
});

it('a kind that the organization does not have is a problem of the budgets on it alone', async () => {
  const { organization, runner } = await start();
  organization.failNext(100, { kind: 'status', status: 404 }, 'decisions');
  runner.writeBudgets(`
budgets:
  - { id: decided, measure: decisions.total_tokens, limit: 1, period: weekly }
  - { id: embedded, measure: embeddings.input_tokens, limit: 1, period: weekly }
  - { id: money, limit: 1, period: weekly }
`);
  const { document, exitCode } = await runner.run(TICK);
  expect(exitCode).toBe(1);
  expect(document.problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
    'openai-not-found sources.decisions',
  ]);
  expect(document.budgets.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'decided unknown',
    'embedded firing',
    'money firing',
  ]);
});
