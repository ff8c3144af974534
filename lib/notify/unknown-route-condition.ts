// Tells operations of budgets that name routes which the deployment does not have.
import type { Condition } from '../alert/notice.ts';
import type { StoredBudget } from '../budget/budget-store.ts';
import { unknownRoutes } from '../budget/unknown-routes.ts';
import type { Routes } from './routes.ts';

const LISTED = 10;

export function unknownRouteCondition(
  budgets: readonly StoredBudget[],
  { names }: Pick<Routes, 'names'>,
): Condition | null {
  if (names === null) return null;
  const unknown = unknownRoutes(
    budgets.map(({ budget }) => budget),
    names,
  );
  if (unknown.length === 0) return null;
  const lines = unknown.slice(0, LISTED).map(({ budgetId, route }) => `${budgetId} names ${route}`);
  const others = unknown.length - lines.length;
  return {
    code: 'UnknownRoute',
    state: lines.join(' ').slice(0, 500),
    title: `${unknown.length === 1 ? 'A budget names a route' : 'Budgets name routes'} that the deployment does not have`,
    text:
      `${lines.join('\n')}${others === 0 ? '' : `\nand ${others} more`}\n\n` +
      `Their alerts go to the default route meanwhile. The deployment has ${names.join(', ')}: ` +
      'add the route to `routes` and deploy, or correct `notify` in the budgets file and apply it.',
  };
}
