// The construct: everything that watches OpenAI spend in an AWS account, configured by its props alone.
import { RemovalPolicy } from 'aws-cdk-lib';
import type { Dashboard, IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DEFAULT_ROUTE } from '../lib/budget/route.ts';
import { adminKeyAccess } from './admin-keys.ts';
import { type Alarms, createAlarms } from './alarms.ts';
import { type AmazonQProps, connectAmazonQ } from './amazon-q.ts';
import { createDashboard, metricsNamespace } from './dashboard.ts';
import { createDeadLetters } from './dead-letters.ts';
import { letServicesUse } from './encryption.ts';
import { MANAGE_BUDGETS } from './function-statements.ts';
import {
  createScheduledFunctions,
  createSeedFunction,
  type FunctionSettings,
  type Functions,
} from './functions.ts';
import { checkOrganizations, type OrganizationProps } from './organizations.ts';
import { createRoutes, type RouteProps, type Routes } from './routes.ts';
import type { Cadence } from './schedule-minute.ts';
import { createSchedules } from './schedules.ts';
import { checkWebhookSecret } from './secrets.ts';
import { createSeeds, seedsOf } from './seeds.ts';
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
   * A topic for the alerts that exists already. Its policy stays yours; so does its key, unless the topic knows it.
   *
   * @default - a new topic, encrypted in transit
   */
  readonly alertsTopic?: ITopic;

  /**
   * Does something more when an alarm goes off, beside telling the operations topic.
   *
   * @default - nothing more
   */
  readonly alarmActions?: readonly IAlarmAction[];

  /**
   * A CloudWatch dashboard: spend against budget, top projects, source freshness, runs, deliveries. The check then writes
   * amounts by project id into its log, and CloudWatch makes three metrics of each organization from it. Price in
   * us-east-1: $3.00 a month for the dashboard (an account's first three are free) and $0.90 for each organization.
   *
   * @default false
   */
  readonly dashboard?: boolean;

  /**
   * Tables that exist already, keyed by the strings `pk` and `sk`; Spend and Ledger expire by `expiresAt`. To put one in
   * place of a table that this construct has made makes CloudFormation forget that one: with its data, if `removalPolicy`
   * says so.
   *
   * @default - new tables. Spend and what was said are kept for 460 days, a year and its settling of 35 days in full.
   */
  readonly tables?: Partial<Tables>;

  /**
   * Encrypts the tables, topics and the dead-letter queue that are made here. Changing it replaces none of them. A key
   * from another app must let cloudwatch.amazonaws.com and sns.amazonaws.com use it.
   *
   * @default - the keys of DynamoDB and SQS; topics keep messages only until they are delivered
   */
  readonly encryptionKey?: IKey;

  /**
   * Sends a sign of life the way that alerts go, on Mondays: then silence means that all is well.
   *
   * @default 'never'
   */
  readonly signOfLife?: 'weekly' | 'never';

  /**
   * Minutes between two reads of usage, and between two checks: 15, 30 or 60. Costs, which OpenAI keeps by the day, are
   * read once an hour.
   *
   * @default 15
   */
  readonly usageMinutes?: Cadence;

  /**
   * How long logs are kept: one line for each run, with ids and counts.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

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
  /** Undefined without `budgets` of any organization. */
  readonly seedBudgets: LambdaFunction | undefined;
  readonly deadLetters: Queue;
  readonly alarms: Alarms;
  /** Undefined without `dashboard`. */
  readonly dashboard: Dashboard | undefined;

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
      alertsTopic: existingTopic,
      alarmActions = [],
      dashboard = false,
      tables: existingTables = {},
      encryptionKey,
      signOfLife = 'never',
      usageMinutes = 15,
      logRetention = RetentionDays.ONE_MONTH,
      removalPolicy = RemovalPolicy.RETAIN,
      deletionProtection = false,
    } = props;
    checkOrganizations(organizations, digest !== 'never');
    for (const own of [slack, ...Object.values(routes).map((route) => route.slack)]) {
      if (own !== undefined) checkWebhookSecret(own.webhookSecret, organizations);
    }
    const seeds = seedsOf(organizations, [DEFAULT_ROUTE, ...Object.keys(routes)]);

    this.organizations = organizations.map((organization) => organization.id);
    if (encryptionKey !== undefined) letServicesUse(this, encryptionKey);
    this.tables = createTables(this, {
      existing: existingTables,
      encryptionKey,
      removalPolicy,
      deletionProtection,
    });
    this.topics = createTopics(this, { alertsTopic: existingTopic, encryptionKey, email, operationsEmail });
    this.deadLetters = createDeadLetters(this, encryptionKey);
    const { alerts: alertsTopic, operations: operationsTopic } = this.topics;
    const settings: FunctionSettings = { deadLetters: this.deadLetters, logRetention, keys: this.#keys() };
    const { topics: routeTopics, topicArns } = createRoutes(this, routes, encryptionKey, settings);
    this.routeTopics = routeTopics;
    this.routeTopicArns = topicArns;
    this.functions = createScheduledFunctions(
      this,
      {
        tables: this.tables,
        alertsTopic,
        operationsTopic,
        adminKeys: adminKeyAccess(this, organizations),
        signOfLife,
        digest,
        routeTopics: Object.values(routeTopics),
        routeTopicArns: topicArns,
        metricsNamespace: dashboard ? metricsNamespace(this) : undefined,
      },
      settings,
    );
    this.postToSlack = slack === undefined ? undefined : connectSlack(this, slack, alertsTopic, settings);
    if (amazonQ !== undefined) connectAmazonQ(this, amazonQ, alertsTopic, encryptionKey, settings);
    const prunes = seeds.some(({ prune }) => prune);
    this.seedBudgets =
      seeds.length === 0 ? undefined : createSeedFunction(this, this.tables, prunes, settings);
    if (this.seedBudgets !== undefined) createSeeds(this, seeds, this.seedBudgets);
    createSchedules(this, {
      organizations,
      cadence: usageMinutes,
      digest,
      functions: this.functions,
      deadLetters: this.deadLetters,
      keys: settings.keys,
    });
    this.alarms = createAlarms(this, {
      checkBudgets: this.functions['check-budgets'],
      heartbeat: this.functions.heartbeat,
      deadLetters: this.deadLetters,
      operationsTopic,
      actions: alarmActions,
      cadence: usageMinutes,
    });
    this.dashboard = dashboard
      ? createDashboard(this, {
          organizations: this.organizations,
          functions: this.functions,
          topics: { [DEFAULT_ROUTE]: alertsTopic, ...routeTopics },
          deadLetters: this.deadLetters,
        })
      : undefined;
  }

  /**
   * Lets somebody declare, change, silence and remove budgets, and nothing else. Whoever may do that may mute alerts:
   * a limit that is raised and a silence are as good as each other.
   */
  grantManageBudgets(grantee: IGrantable): Grant {
    const { budgets } = this.tables;
    budgets.encryptionKey?.grantEncryptDecrypt(grantee);
    return Grant.addToPrincipal({
      grantee,
      actions: [...MANAGE_BUDGETS],
      resourceArns: [budgets.tableArn],
    });
  }

  #keys(): IKey[] {
    const { tables, topics, deadLetters } = this;
    const keys = [
      ...Object.values(tables).map(({ encryptionKey }) => encryptionKey),
      topics.alerts.masterKey,
      topics.operations.masterKey,
      deadLetters.encryptionMasterKey,
    ];
    return [...new Set(keys.filter((key) => key !== undefined))];
  }
}
