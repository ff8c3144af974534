// What is wrong with the routes that budgets name: one that the deployment does not have, one on which nobody listens.
import type { Budget } from '../budget/budget.ts';
import { nearId } from '../budget/find-budget.ts';
import type { Problem } from '../budget/problem.ts';
import { quoted } from '../budget/quoted.ts';
import { DEFAULT_ROUTE } from '../budget/route.ts';
import { unknownRoutes } from '../budget/unknown-routes.ts';
import { knowsRoute, type Routes } from '../notify/routes.ts';
import { listen } from './listen.ts';

/** Unknown names are errors, since their budgets would be heard by others than was meant; silent ones are warnings. */
export async function routeProblems(budgets: readonly Budget[], routes: Routes): Promise<Problem[]> {
  const known = routes.names;
  const unknown = unknownRoutes(budgets, known).map(({ budgetId, route }): Problem => {
    const near = nearId(route, known ?? []);
    const advice = near === null ? `it has ${(known ?? []).join(', ')}` : `did you mean ${near}?`;
    return problem(
      'route-unknown',
      `budgets.${budgetId}.notify`,
      `The deployment has no route ${quoted(route)}: ${advice}${near === null ? '. Add it to `routes` and deploy first.' : ''}`,
      'error',
    );
  });
  const { unheard } = await listen(
    routesOf(budgets).filter((route) => knowsRoute(routes, route)),
    routes,
  );
  const silent = [...unheard].map((route) =>
    problem(
      'nobody-subscribed',
      `routes.${route}`,
      `Nobody has confirmed a subscription to the route ${route}: what goes there waits until somebody has.`,
      'warning',
    ),
  );
  return [...unknown, ...silent];
}

function routesOf(budgets: readonly Budget[]): string[] {
  return budgets.flatMap(({ notify, thresholds }) => [
    ...(notify.length === 0 ? [DEFAULT_ROUTE] : notify),
    ...thresholds.flatMap((threshold) => threshold.notify ?? []),
  ]);
}

function problem(code: string, path: string, message: string, severity: Problem['severity']): Problem {
  return { code, path, line: null, message, severity };
}
