// Reads `notify`: the routes on which a budget or a threshold is heard.
import { budgetError } from './budget-problem.ts';
import { described, type Field, placeOf, stringOf } from './field.ts';
import { pathOfItem } from './path-of.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';
import { ROUTE_NAME } from './route.ts';

const EXAMPLE = 'notify: [oncall]';
/** Each is a message of its own in every run that has something to say. */
export const MAX_ROUTES = 10;

/** One name or a list of them, in the order of the file. `null` if anything is wrong. */
export function parseNotify(field: Field, problems: Problem[]): readonly string[] | null {
  const { node } = field;
  if (node.type === 'scalar') {
    const route = parseRoute(field, problems);
    return route === null ? null : [route];
  }
  if (node.type === 'map' || node.items.length === 0) {
    const what = node.type === 'map' ? described(node) : 'an empty list';
    const message = `\`notify\` is a list of route names, not ${what}; write it like ${EXAMPLE}, or leave the key out.`;
    problems.push(budgetError('notify-invalid', placeOf(field), message));
    return null;
  }
  if (node.items.length > MAX_ROUTES) {
    const message = `There are ${node.items.length} routes: use at most ${MAX_ROUTES}.`;
    problems.push(budgetError('notify-invalid', placeOf(field), message));
    return null;
  }
  const routes = new Set<string>();
  for (const [index, item] of node.items.entries()) {
    const entry: Field = { node: item, path: pathOfItem(field.path, index) };
    const route = parseRoute(entry, problems);
    if (route === null) continue;
    if (routes.has(route)) {
      const message = `${quoted(route)} is in this list twice: keep one.`;
      problems.push(budgetError('notify-invalid', placeOf(entry), message));
    }
    routes.add(route);
  }
  return routes.size === node.items.length ? [...routes] : null;
}

function parseRoute(field: Field, problems: Problem[]): string | null {
  const route = stringOf(field, 'A route', EXAMPLE, problems);
  if (route === null || ROUTE_NAME.test(route)) return route;
  const message =
    `${quoted(route)} cannot be a route: a name has 1 to 64 letters (A-Z, a-z), digits, "_" and "-", ` +
    'as the deployment calls it. Addresses and webhooks stand in the deployment, never here.';
  problems.push(budgetError('notify-invalid', placeOf(field), message));
  return null;
}
