// The construct: everything that watches OpenAI spend in an AWS account, configured by its props alone.
import { RemovalPolicy } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type Alarms, createAlarms } from './alarms.ts';
import { type AmazonQProps, connectAmazonQ } from './amazon-q.ts';
import { createDeadLetters } from './dead-letters.ts';
import { createScheduledFunctions, type Functions, scheduledFunctions } from './functions.ts';
import { checkOrganizations, type OrganizationProps } from './organizations.ts';
import { createRoutes, type RouteProps, type Routes } from './routes.ts';
import { createSchedules } from './schedules.ts';
import { checkWebhookSecret } from './secrets.ts';
import { connectSlack, type SlackProps } from './slack.ts';
import { createTables, type Tables } from './tables.ts';
import { createTopics, type Topics } from './topics.ts';

export interface OpenAiBudgetAlertsProps {
  /** One to eighty, with nothing shared between them but the functions that serve them in turn. */
  readonly organizations: readonly OrganizationProps[];

  /**
   * Who gets the alerts. SNS asks each address to confirm first; nothing is announced before somebody has.
   *
   * @default - nobody; subscribe to `topics.alerts`
   */
  readonly email?: readonly string[];

  /**
   * Who hears when this system itself needs somebody: its alarms.
   *
   * @default - the addresses in `email`
   */
  readonly operationsEmail?: readonly string[];

  /**
   * Posts the alerts to Slack too.
   *
   * @default - no Slack
   */
  readonly slack?: SlackProps;

  /**
   * Shows the alerts in Amazon Q Developer's channels too.
   *
   * @default - no Amazon Q
   */
  readonly amazonQ?: AmazonQProps;

  /**
   * Ways to the people who own the spend, by the names that budgets use in `notify`. What names no route goes to
   * `email`, `slack` and `amazonQ`, the route `default`.
   *
   * @default - no route but the default one
   */
  readonly routes?: Readonly<Record<string, RouteProps>>;

  /**
   * Sends a summary on each route: every morning about the day before, or on Mondays about the week.
   *
   * @default 'never'
   */
  readonly digest?: 'daily' | 'weekly' | 'never';

  /**
   * An organization's admin key is the secret of this name followed by the organization's id, in the stack's account
   * and region, as plain text.
   *
   * @default 'openai-budget-alerts/'
   */
  readonly adminKeySecretPrefix?: string;

  /**
   * Sends a sign of life the way that alerts go, on Mondays: then silence means that all is well.
   *
   * @default 'never'
   */
  readonly signOfLife?: 'weekly' | 'never';

  /**
   * What becomes of the tables when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Makes DynamoDB refuse to delete the tables, whoever asks.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;
}

/**
 * Tables, functions, schedules, topics and alarms, all of them named by CloudFormation, so that there can be several.
 *
 * The parts are created in this construct's own scope: moving one into another file moves no logical id.
 */
export class OpenAiBudgetAlerts extends Construct {
  readonly organizations: readonly string[];
  readonly tables: Tables;
  readonly topics: Topics;
  readonly functions: Functions;
  /** By name, without the default route. */
  readonly routeTopics: Routes['topics'];
  /** What the command reads: a JSON object of route → topic ARN. */
  readonly routeTopicArns: string;
  /** Undefined without `slack`. */
  readonly postToSlack: LambdaFunction | undefined;
  readonly deadLetters: Queue;
  readonly alarms: Alarms;

  constructor(scope: Construct, id: string, props: OpenAiBudgetAlertsProps) {
    super(scope, id);
    const {
      organizations,
      email = [],
      operationsEmail = email,
      slack,
      amazonQ,
      routes = {},
      digest = 'never',
      adminKeySecretPrefix = 'openai-budget-alerts/',
      signOfLife = 'never',
      removalPolicy = RemovalPolicy.RETAIN,
      deletionProtection = false,
    } = props;
    checkOrganizations(organizations);
    if (slack !== undefined) checkWebhookSecret(slack.webhookSecret, adminKeySecretPrefix);

    this.organizations = organizations.map((organization) => organization.id);
    this.tables = createTables(this, { removalPolicy, deletionProtection });
    this.topics = createTopics(this, { email, operationsEmail });
    this.deadLetters = createDeadLetters(this);
    const { alerts: alertsTopic, operations: operationsTopic } = this.topics;
    const { topics: routeTopics, topicArns, senders } = createRoutes(this, routes, this.deadLetters);
    this.routeTopics = routeTopics;
    this.routeTopicArns = topicArns;
    this.functions = createScheduledFunctions(this, {
      tables: this.tables,
      alertsTopic,
      operationsTopic,
      adminKeySecretPrefix,
      signOfLife,
      digest,
      routeTopics: Object.values(routeTopics),
      routeTopicArns: topicArns,
      deadLetters: this.deadLetters,
    });
    this.postToSlack =
      slack === undefined ? undefined : connectSlack(this, slack, alertsTopic, this.deadLetters);
    const publishToAmazonQ =
      amazonQ === undefined ? undefined : connectAmazonQ(this, amazonQ, alertsTopic, this.deadLetters);
    createSchedules(this, organizations, this.functions, digest, this.deadLetters);

    const scheduled = scheduledFunctions(this.functions);
    this.alarms = createAlarms(this, {
      checkBudgets: this.functions['check-budgets'],
      functions: [...scheduled, this.postToSlack, publishToAmazonQ, ...senders].filter(
        (sender) => sender !== undefined,
      ),
      deadLetters: this.deadLetters,
      operationsTopic,
    });
  }
}
