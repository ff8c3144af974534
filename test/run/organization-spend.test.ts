// Which budget stands for an organization on the dashboard, and whose spend is shown under it.
import { beforeEach, describe, expect, it } from 'vitest';
import { formatAmount } from '../../lib/money/format-amount.ts';
import { organizationSpend } from '../../lib/run/organization-spend.ts';
import type { BudgetCase } from '../fakes/budgets-of.ts';
import { costRow } from '../fakes/day-of-rows.ts';
import { type RunWorld, runWorld } from '../fakes/run-world.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = '2026-11-20T10:00:00Z';

let world: RunWorld;
beforeEach(() => {
  world = runWorld();
});

async function spendWith(...budgets: readonly BudgetCase[]) {
  await world.apply(TICK, ...budgets);
  await world.collect(TICK);
  const { observations, totals } = await world.check(TICK);
  const spend = organizationSpend(observations, totals, instantOf(TICK));
  return (
    spend && {
      budget: `${spend.budgetId} ${spend.period}`,
      spent: `${formatAmount(spend.spent)} of ${formatAmount(spend.limit)}`,
      topProjects: spend.topProjects.map(({ id, spent }) => `${id} ${formatAmount(spent)}`),
    }
  );
}

describe('the spend of an organization', () => {
  it('is that of its budget over everything, by project within the same period', async () => {
    world.rows.set('2026-10-31', [costRow(['proj_a', 'x', '1000'])]);
    world.rows.set('2026-11-18', [costRow(['proj_a', 'x', '1.5']), costRow(['proj_b', 'x', '7'])]);
    world.rows.set('2026-11-19', [costRow(['proj_a', 'y', '2']), costRow([null, 'y', '0.25'])]);
    expect(await spendWith({ id: 'org', limit: '100' })).toEqual({
      budget: 'org 2026-11',
      spent: '10.75 of 100',
      topProjects: ['proj_b 7', 'proj_a 3.5', 'unattributed 0.25'],
    });
  });

  it('goes by the longest open period, then by the id', async () => {
    const spend = await spendWith(
      { id: 'a-day', period: 'daily' },
      { id: 'z-month' },
      { id: 'month' },
      { id: 'week', period: 'weekly' },
    );
    expect(spend?.budget).toBe('month 2026-11');
  });

  it.each<[string, BudgetCase]>([
    ['counts one project only', { id: 'one', projects: ['proj_a'] }],
    ['is one for each project', { id: 'each', each: true }],
    ['counts tokens', { id: 'tokens', measure: 'completions.total_tokens' }],
  ])('is unknown where the only budget %s', async (_, budget) => {
    expect(await spendWith(budget)).toBe(null);
  });

  it('is unknown before anything was read', async () => {
    await world.apply(TICK, { id: 'org' });
    const { observations, totals } = await world.check(TICK);
    expect(organizationSpend(observations, totals, instantOf(TICK))).toBe(null);
  });

  it('puts projects that spent alike in the order of their ids', async () => {
    world.rows.set(
      '2026-11-19',
      ['c', 'a', 'b'].map((id) => costRow([id, 'x', '2'])),
    );
    expect((await spendWith({ id: 'org' }))?.topProjects).toEqual(['a 2', 'b 2', 'c 2']);
  });

  it('names ten projects at most', async () => {
    const rows = Array.from({ length: 12 }, (_, index) => costRow([`proj_${index}`, 'x', String(index + 1)]));
    world.rows.set('2026-11-19', rows);
    const spend = await spendWith({ id: 'org' });
    expect(spend?.topProjects).toHaveLength(10);
    expect(spend?.topProjects.at(-1)).toBe('proj_2 3');
  });
});
