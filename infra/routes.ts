// Routes: names that budgets use for the people who own the spend, each with a topic of its own.
import { Stack, Token } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription, SqsSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DEFAULT_ROUTE, ROUTE_NAME } from '../lib/budget/route.ts';
import { type AmazonQProps, connectAmazonQ } from './amazon-q.ts';
import type { FunctionSettings } from './create-function.ts';
import { filterPolicy, type RouteFilter } from './route-filter.ts';
import { createTopic, subscribeAddresses } from './topics.ts';
import { connectWebhooks, type WebhookChannelProps } from './webhook.ts';

export interface RouteProps extends WebhookChannelProps {
  /**
   * Addresses that get what goes on this route. SNS asks each to confirm first.
   *
   * @default - nobody
   */
  readonly email?: readonly string[];

  /**
   * Shows what goes on this route in Amazon Q Developer's channels.
   *
   * @default - no Amazon Q
   */
  readonly amazonQ?: AmazonQProps;

  /**
   * Endpoints that take SNS's own requests, such as PagerDuty's integration for SNS: they get the versioned JSON.
   *
   * @default - none
   */
  readonly https?: readonly string[];

  /**
   * Queues that get the versioned JSON.
   *
   * @default - none
   */
  readonly queues?: readonly IQueue[];

  /**
   * Functions that get the versioned JSON.
   *
   * @default - none
   */
  readonly functions?: readonly IFunction[];

  /**
   * Only messages whose attributes have one of these values: `{ severity: ['critical'], team: ['search'] }`. It holds for
   * every subscription of the route; what it leaves out is heard on no other. `budgetId` and `projectId` are refused, since
   * a message of several alerts may have neither: use a label, or name the route in the budget's `notify`.
   *
   * @default - everything that goes on this route
   */
  readonly filter?: RouteFilter;
}

export interface Routes {
  /** By name, without the default route. */
  readonly topics: Readonly<Record<string, ITopic>>;
  /** What the functions and the command read: a JSON object of name → topic ARN. */
  readonly topicArns: string;
}

/** The names and ARNs stand in an environment of 4 KB. */
const MAX_ROUTES = 20;

export function createRoutes(
  scope: Construct,
  routes: Readonly<Record<string, RouteProps>>,
  encryptionKey: IKey | undefined,
  settings: FunctionSettings,
): Routes {
  checkNames(Object.keys(routes));
  const topics: Record<string, ITopic> = {};
  for (const [name, props] of Object.entries(routes)) {
    const route = new Construct(scope, `Route-${name}`);
    const topic = createTopic(route, 'Topic', `OpenAI budget alerts: ${name}`, encryptionKey);
    topics[name] = topic;
    connectRoute(route, name, props, topic, encryptionKey, settings);
  }
  const arns = Object.fromEntries(Object.entries(topics).map(([name, { topicArn }]) => [name, topicArn]));
  return { topics, topicArns: Stack.of(scope).toJsonString(arns) };
}

function connectRoute(
  route: Construct,
  name: string,
  props: RouteProps,
  topic: Topic,
  encryptionKey: IKey | undefined,
  settings: FunctionSettings,
): void {
  const { email = [], amazonQ, https = [], queues = [], functions = [], filter } = props;
  const filtered = filter === undefined ? {} : { filterPolicy: filterPolicy(name, filter) };
  const redriven = () => ({ ...filtered, deadLetterQueue: settings.undelivered(topic) });
  subscribeAddresses(topic, email, filtered);
  for (const url of https) {
    if (!Token.isUnresolved(url) && !url.startsWith('https://')) {
      throw new Error(`Not an https address: ${JSON.stringify(url)}. What is spent travels encrypted only.`);
    }
    topic.addSubscription(new UrlSubscription(url, redriven()));
  }
  for (const queue of queues) topic.addSubscription(new SqsSubscription(queue, redriven()));
  for (const own of functions) topic.addSubscription(new LambdaSubscription(own, redriven()));
  connectWebhooks(route, props, topic, settings, filtered);
  if (amazonQ !== undefined) connectAmazonQ(route, amazonQ, topic, encryptionKey, settings, filtered);
}

function checkNames(names: readonly string[]): void {
  if (names.length > MAX_ROUTES) {
    throw new Error(
      `There are ${names.length} routes: use at most ${MAX_ROUTES}; labels and filters tell more apart.`,
    );
  }
  for (const name of names) {
    if (name === DEFAULT_ROUTE) {
      throw new Error(
        'The route "default" exists already: email, slack, amazonQ and the like beside `routes` are its own.',
      );
    }
    if (!ROUTE_NAME.test(name)) {
      throw new Error(
        `Not a name for a route: ${JSON.stringify(name)}. It has 1 to 64 letters, digits, "_" and "-", as budgets write it in \`notify\`.`,
      );
    }
  }
}
