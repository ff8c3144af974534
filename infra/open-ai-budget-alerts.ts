// The construct: everything that watches OpenAI spend in an AWS account, configured by its props alone.
import { RemovalPolicy } from 'aws-cdk-lib';
import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DEFAULT_ROUTE } from '../lib/budget/route.ts';
import { MAX_RETENTION_DAYS, retentionFault } from '../lib/spend/retention.ts';
import { adminKeyAccess } from './admin-keys.ts';
import { type Alarms, createAlarms } from './alarms.ts';
import { connectAmazonQ } from './amazon-q.ts';
import type { FunctionSettings } from './create-function.ts';
import { createDashboard, metricsNamespace } from './dashboard.ts';
import { createDeadLetters, undeliveredInto } from './dead-letters.ts';
import { letServicesUse } from './encryption.ts';
import { MANAGE_BUDGETS } from './function-statements.ts';
import { createScheduledFunctions, createSeedFunction, type Functions } from './functions.ts';
import type { OpenAiBudgetAlertsProps } from './open-ai-budget-alerts-props.ts';
import { checkOrganizations } from './organizations.ts';
import { createOutputs, type Outputs } from './outputs.ts';
import { createRoutes, type Routes } from './routes.ts';
import { createSchedules } from './schedules.ts';
import { checkWebhookSecret } from './secrets.ts';
import { createSeeds, seedsOf } from './seeds.ts';
import { createTables, type Tables } from './tables.ts';
import { createTopics, type Topics } from './topics.ts';
import { connectWebhooks, type WebhookPosters, webhooksOf } from './webhook.ts';

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
  /** Of the default route: `webhookPosters.slack`, undefined without `slack`. */
  readonly webhookPosters: WebhookPosters;
  /** Undefined without `budgets` of any organization. */
  readonly seedBudgets: LambdaFunction | undefined;
  readonly deadLetters: Queue;
  readonly alarms: Alarms;
  /** By these the command finds it: `--stack` and the stack's name. */
  readonly outputs: Outputs;
  /** Undefined without `dashboard`. */
  readonly dashboard: Dashboard | undefined;

  constructor(scope: Construct, id: string, props: OpenAiBudgetAlertsProps) {
    super(scope, id);
    const {
      organizations,
      email = [],
      operationsEmail = email,
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
      retentionDays = MAX_RETENTION_DAYS,
      logRetention = RetentionDays.ONE_MONTH,
      removalPolicy = RemovalPolicy.RETAIN,
      deletionProtection = false,
    } = props;
    checkOrganizations(organizations, digest !== 'never');
    const fault = retentionFault(retentionDays);
    if (fault !== null) throw new Error(`retentionDays: ${fault}`);
    for (const [channel, { webhookSecret }] of [props, ...Object.values(routes)].flatMap(webhooksOf)) {
      checkWebhookSecret(channel, webhookSecret, organizations);
    }
    const seeds = seedsOf(organizations, [DEFAULT_ROUTE, ...Object.keys(routes)], retentionDays);

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
    const settings: FunctionSettings = {
      deadLetters: this.deadLetters,
      undelivered: undeliveredInto(this.deadLetters),
      logRetention,
      keys: this.#keys(),
    };
    const { topics: routeTopics, topicArns } = createRoutes(this, routes, encryptionKey, settings);
    this.routeTopics = routeTopics;
    this.functions = createScheduledFunctions(
      this,
      {
        tables: this.tables,
        alertsTopic,
        operationsTopic,
        adminKeys: adminKeyAccess(this, organizations),
        signOfLife,
        digest,
        retentionDays,
        routeTopics: Object.values(routeTopics),
        routeTopicArns: topicArns,
        metricsNamespace: dashboard ? metricsNamespace(this) : undefined,
      },
      settings,
    );
    this.webhookPosters = connectWebhooks(this, props, alertsTopic, settings);
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
    this.outputs = createOutputs(this, {
      budgetsTable: this.tables.budgets.tableName,
      spendTable: this.tables.spend.tableName,
      ledgerTable: this.tables.ledger.tableName,
      alertsTopic: alertsTopic.topicArn,
      operationsTopic: operationsTopic.topicArn,
      routeTopics: topicArns,
      organizations: this.organizations.join(','),
      retentionDays: String(retentionDays),
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
