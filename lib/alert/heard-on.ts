// On which routes an alert is heard: those of the threshold, else those of its budget, else the default one.
import type { Budget, Threshold } from '../budget/budget.ts';
import { DEFAULT_ROUTE } from '../budget/route.ts';

/** Whether the deployment has a route of this name. */
export type KnowsRoute = (route: string) => boolean;

/**
 * Lower thresholds that the alert speaks for may be for other people, who must hear of it too. A name that the deployment
 * does not know stands for nobody: then the default route hears it, since somebody must.
 */
export function heardOn(budget: Budget, thresholds: readonly Threshold[], knows: KnowsRoute): string[] {
  const wanted = thresholds.flatMap(({ notify }) => {
    const routes = notify ?? budget.notify;
    return routes.length === 0 ? [DEFAULT_ROUTE] : routes;
  });
  const routes = wanted.map((route) => (knows(route) ? route : DEFAULT_ROUTE));
  return [...new Set(routes)].sort();
}
