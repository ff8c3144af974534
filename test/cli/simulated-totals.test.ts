// From the simulated organization's HTTP answers to `check`'s document: every total is what the world holds, exactly.
import { expect, it } from 'vitest';
import { DEMO_SEED, DEMO_START, demoIncident } from '../../lib/local/simulated-organization/demo-world.ts';
import { startSimulatedOrganization } from '../../lib/local/simulated-organization/start-simulated-organization.ts';
import { createWorld } from '../../lib/local/simulated-organization/world.ts';
import { daysFrom } from '../../lib/time/utc-day.ts';
import { checkRunner } from '../fakes/check-runner.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

/** Adds decimal texts without the code under test: digit strings of 60 decimals as plain integers. */
function sumOfDecimals(texts: readonly string[]): string {
  const units = texts.map((text) => {
    const [integer = '0', fraction = ''] = text.replace('-', '').split('.');
    const magnitude = BigInt(integer + fraction.padEnd(60, '0'));
    return text.startsWith('-') ? -magnitude : magnitude;
  });
  const digits = units
    .reduce((sum, unit) => sum + unit, 0n)
    .toString()
    .padStart(61, '0');
  return `${digits.slice(0, -60)}.${digits.slice(-60)}`.replace(/\.?0+$/, '');
}

it('adds up October exactly, for the organization and for every project', async () => {
  const world = createWorld({ seed: DEMO_SEED, start: DEMO_START, incident: demoIncident(DEMO_START) });
  const organization = await startSimulatedOrganization({
    world,
    now: instantOf('2026-11-10T00:00:00Z'),
    adminKeys: [{ key: 'sk-admin-x', scopes: ['api.usage.read', 'api.management.read'] }],
  });
  using runner = checkRunner({ OPENAI_ADMIN_KEY: 'sk-admin-x', OPENAI_BASE_URL: organization.baseUrl });
  try {
    runner.writeBudgets(`
budgets:
  - { id: each, each: project, limit: 1000, period: monthly }
  - { id: org, limit: 5000, period: monthly }
  - { id: tokens, measure: completions.total_tokens, limit: 1000000000, period: monthly }
`);
    const { document } = await runner.run('2026-10-31T23:00:00Z');
    const days = daysFrom(dayOf('2026-10-01'), dayOf('2026-11-01'));
    const costs = days.flatMap((day) => world.trueCosts(day));
    const projects = [...new Set(costs.map(({ projectId }) => projectId ?? 'unattributed'))];
    const spentOf = (id: string) =>
      Object.fromEntries(
        document.budgets
          .filter((budget) => budget.id === id)
          .map(({ scope, spent }) => [String(scope.project ?? 'whole'), spent]),
      );
    expect(spentOf('org')).toEqual({ whole: sumOfDecimals(costs.map(({ amount }) => amount)) });
    expect(spentOf('each')).toEqual(
      Object.fromEntries(
        projects.map((project) => [
          project,
          sumOfDecimals(
            costs
              .filter(({ projectId }) => (projectId ?? 'unattributed') === project)
              .map(({ amount }) => amount),
          ),
        ]),
      ),
    );
    const counts = days.flatMap((day) => world.trueUsage('completions', day)).map((usage) => usage.counts);
    const meters = ['input_uncached', 'input_cached', 'input_cache_write', 'output'];
    const tokens = counts.reduce(
      (sum, of) => sum + meters.reduce((all, meter) => all + (of[meter] ?? 0), 0),
      0,
    );
    expect(spentOf('tokens')).toEqual({ whole: String(tokens) });
  } finally {
    await organization.close();
  }
});
