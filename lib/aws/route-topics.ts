// The topics of a deployment's routes as one text, which the stack gives to its functions and to the command.
import * as v from 'valibot';
import { ROUTE_NAME } from '../budget/route.ts';
import { BudgetAlertsError } from '../errors.ts';
import { mapOf } from './stored-values.ts';

const schema = v.pipe(
  v.string(),
  v.parseJson(),
  mapOf(v.pipe(v.string(), v.regex(ROUTE_NAME)), v.pipe(v.string(), v.startsWith('arn:'))),
);

/** A JSON object of route → topic ARN, without the default route. @throws BudgetAlertsError `environment-incomplete` */
export function parseRouteTopics(text: string): ReadonlyMap<string, string> {
  const parsed = v.safeParse(schema, text);
  if (parsed.success) return parsed.output;
  throw new BudgetAlertsError(
    'environment-incomplete',
    'The topics of the routes are not a JSON object of names and topic ARNs. The stack writes them: deploy it again.',
  );
}
