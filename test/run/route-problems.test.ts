// What is said of routes before budgets are applied: those that there are not, and those on which nobody listens.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Budget } from '../../lib/budget/budget.ts';
import { routeProblems } from '../../lib/run/route-problems.ts';
import { budgetOf } from '../fakes/budgets-of.ts';
import { type RunWorld, runWorld } from '../fakes/run-world.ts';

let world: RunWorld;
const found = async (...budgets: readonly Budget[]) =>
  (await routeProblems(budgets, world.state.routes)).map(({ severity, path, message }) => {
    return `${severity} ${path}: ${message}`;
  });

/** Each of its thresholds is heard on a route of its own. */
function withThresholdsOn(route: string): Budget {
  const budget = budgetOf({ id: 'voices' });
  const thresholds = budget.thresholds.map((threshold) => ({ ...threshold, notify: [route] }));
  return { ...budget, thresholds };
}

const silent = (route: string) =>
  `warning routes.${route}: Nobody has confirmed a subscription to the route ${route}: ` +
  'what goes there waits until somebody has.';

beforeEach(() => {
  world = runWorld();
  world.routeNames = ['default', 'oncall', 'team'];
});

describe('a route that the deployment does not have', () => {
  it('is taken for the one that it is a slip of', async () => {
    expect(await found(budgetOf({ id: 'org', notify: ['oncal'] }))).toEqual([
      'error budgets.org.notify: The deployment has no route "oncal": did you mean oncall?',
    ]);
  });

  it('is told with those that there are, where it is a slip of none', async () => {
    expect(await found(budgetOf({ id: 'org', notify: ['marketing'] }))).toEqual([
      'error budgets.org.notify: The deployment has no route "marketing": ' +
        'it has default, oncall, team. Add it to `routes` and deploy first.',
    ]);
  });

  it('is found on a threshold too', async () => {
    expect(await found(withThresholdsOn('taem'))).toEqual([
      'error budgets.voices.notify: The deployment has no route "taem": did you mean team?',
    ]);
  });

  it('does not exist where any name will do', async () => {
    const routes = { ...world.state.routes, names: null };
    expect(await routeProblems([budgetOf({ notify: ['marketing'] })], routes)).toEqual([]);
  });
});

describe('a route on which nobody listens', () => {
  beforeEach(() => {
    for (const route of world.routeNames) world.unheardRoutes.add(route);
  });

  it.each([
    ['of its own', budgetOf({ notify: ['team'] }), ['team']],
    ['none, which is the default one', budgetOf(), ['default']],
    ['of each threshold, and then not on its own', withThresholdsOn('oncall'), ['oncall']],
  ])('is told where a budget is heard on a route %s', async (_, budget, routes) => {
    expect(await found(budget)).toEqual(routes.map(silent));
  });

  it('is told once, and is the default one for a name that is not deployed', async () => {
    const budgets = [budgetOf({ id: 'a', notify: ['marketing'] }), budgetOf({ id: 'b' })];
    expect((await found(...budgets)).filter((line) => line.startsWith('warning'))).toEqual([
      silent('default'),
    ]);
  });
});
