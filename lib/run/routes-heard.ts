// The routes of a deployment on which some threshold of a budget is heard.
import { heardOn } from '../alert/heard-on.ts';
import type { Budget } from '../budget/budget.ts';
import { knowsRoute, type Routes } from '../notify/routes.ts';

/** Sorted; the default one where the budget names none, or one that the deployment does not have. */
export function routesHeard(budget: Budget, routes: Routes): string[] {
  return heardOn(budget, budget.thresholds, (name) => knowsRoute(routes, name));
}
