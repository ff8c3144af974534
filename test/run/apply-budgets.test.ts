// Applying budgets and settings: what was planned is what is written, and never over what somebody else wrote meanwhile.
import { describe, expect, it } from 'vitest';
import { applyChanges, applySettings, planBudgets } from '../../lib/run/apply-budgets.ts';
import { DEFAULT_SETTINGS } from '../../lib/spend/settings.ts';
import { budgetOf } from '../fakes/budgets-of.ts';
import { runWorld } from '../fakes/run-world.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = '2026-11-20T10:00:00Z';

describe('budgets', () => {
  it('that somebody else has changed since the plan stay as they are, and the others are written', async () => {
    const world = runWorld();
    const { budgets } = world.stores;
    await world.apply(TICK, { id: 'edited', limit: '1' }, { id: 'removed', limit: '1' });
    const declared = [budgetOf({ id: 'edited', limit: '2' }), budgetOf({ id: 'new', limit: '2' })];
    const { changes } = await planBudgets('org', declared, instantOf(TICK), budgets);
    await world.apply(TICK, { id: 'edited', limit: '3' }, { id: 'removed', limit: '3' });

    const problems = await applyChanges('org', changes, 'anna', budgets);
    expect(problems).toEqual([
      {
        code: 'budget-changed-meanwhile',
        path: '',
        line: null,
        message: 'Budget edited was changed by somebody else meanwhile and was left as it is. Apply again.',
        severity: 'error',
      },
      expect.objectContaining({ message: expect.stringMatching(/^Budget removed was changed/) }),
    ]);
    const stored = (await budgets.active('org')).budgets.map(({ budget }) => [
      budget.id,
      budget.limit / 10n ** 40n,
    ]);
    expect(stored.sort()).toEqual([
      ['edited', 3n],
      ['new', 2n],
      ['removed', 3n],
    ]);
  });
});

describe('settings', () => {
  const WANTED = { ...DEFAULT_SETTINGS, trailingDays: 5 };

  it('are written where they differ', async () => {
    const { stores, tables } = runWorld();
    await applySettings('org', DEFAULT_SETTINGS, WANTED, stores.budgets);
    expect((await stores.budgets.active('org')).settings).toEqual(WANTED);
    const before = tables.budgets.requests.writes;
    await applySettings('org', WANTED, WANTED, stores.budgets);
    expect(tables.budgets.requests.writes).toBe(before);
  });
});
