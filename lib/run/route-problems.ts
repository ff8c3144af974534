// What is wrong with the routes that budgets name: one that the deployment does not have, one on which nobody listens.
import type { Budget } from '../budget/budget.ts';
import { nearId } from '../budget/find-budget.ts';
import type { Problem } from '../budget/problem.ts';
import { quoted } from '../budget/quoted.ts';
import { unknownRoutes } from '../budget/unknown-routes.ts';
import type { Routes } from '../notify/routes.ts';
import { listen } from './listen.ts';
import { routesHeard } from './routes-heard.ts';

/** Unknown names are errors, since their budgets would be heard by others than was meant; silent ones are warnings. */
export async function routeProblems(budgets: readonly Budget[], routes: Routes): Promise<Problem[]> {
  const known = routes.names ?? [];
  const unknown = unknownRoutes(budgets, routes.names).map(({ budgetId, route }): Problem => {
    const near = nearId(route, known);
    const advice =
      near === null
        ? `it has ${known.join(', ')}. Add it to \`routes\` and deploy first.`
        : `did you mean ${near}?`;
    return problem(
      'route-unknown',
      `budgets.${budgetId}.notify`,
      `The deployment has no route ${quoted(route)}: ${advice}`,
      'error',
    );
  });
  const { unheard } = await listen(
    budgets.flatMap((budget) => routesHeard(budget, routes)),
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

function problem(code: string, path: string, message: string, severity: Problem['severity']): Problem {
  return { code, path, line: null, message, severity };
}
