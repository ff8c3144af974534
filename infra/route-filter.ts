// A route's filter as SNS takes it; one that could never let through what its author means is refused.
import { Token } from 'aws-cdk-lib';
import { SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
import { MESSAGE_ATTRIBUTES } from '../lib/aws/deployment-names.ts';
import { SEVERITIES } from '../lib/budget/severity.ts';
import { MESSAGE_KINDS } from '../lib/notify/message-kinds.ts';

/** By the attribute of a message: the values that it may have. */
export type RouteFilter = Readonly<Record<string, readonly string[]>>;

const { budgetId, projectId, kind, severity } = MESSAGE_ATTRIBUTES;

/** Alerts of one moment share a message, which has these only where all of its alerts have the same. */
const NOT_ON_EVERY_MESSAGE = new Set<string>([budgetId, projectId]);

const VALUES = new Map<string, readonly string[]>([
  [kind, MESSAGE_KINDS.filter((each) => each !== 'operations')],
  [severity, SEVERITIES],
]);

export function filterPolicy(route: string, filter: RouteFilter): Record<string, SubscriptionFilter> {
  return Object.fromEntries(
    Object.entries(filter).map(([attribute, values]) => {
      checkAttribute(route, attribute);
      for (const value of values) checkValue(route, attribute, value);
      return [attribute, SubscriptionFilter.stringFilter({ allowlist: [...values] })];
    }),
  );
}

function checkAttribute(route: string, attribute: string): void {
  if (!NOT_ON_EVERY_MESSAGE.has(attribute)) return;
  throw new Error(
    `The filter of the route "${route}" cannot be on ${attribute}: a message of several alerts has it only where all of them ` +
      'share it, so alerts that come together with others would be lost. Name the route in the `notify` of the budgets ' +
      'that it is for, or give them a label and filter on that.',
  );
}

function checkValue(route: string, attribute: string, value: string): void {
  const known = VALUES.get(attribute);
  if (known === undefined || known.includes(value) || Token.isUnresolved(value)) return;
  throw new Error(
    `The filter of the route "${route}" waits for the ${attribute} ${JSON.stringify(value)}, which no message on a route has: ` +
      `use ${known.join(', ')}.`,
  );
}
