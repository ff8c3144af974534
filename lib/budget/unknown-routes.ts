// Routes that budgets name and a deployment does not have: their alerts go to the default route instead.
import type { Budget } from './budget.ts';

export interface UnknownRoute {
  readonly budgetId: string;
  readonly route: string;
}

/** `known`: the deployment's routes; `null`: any name will do. */
export function unknownRoutes(budgets: readonly Budget[], known: readonly string[] | null): UnknownRoute[] {
  if (known === null) return [];
  return budgets.flatMap(({ id, notify, thresholds }) => {
    const named = new Set([...notify, ...thresholds.flatMap((threshold) => threshold.notify ?? [])]);
    return [...named].filter((route) => !known.includes(route)).map((route) => ({ budgetId: id, route }));
  });
}
