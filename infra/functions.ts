// The functions that the construct always has or may have: what each is for, its time, environment and rights.
import { Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ENVIRONMENT_KEYS } from '../lib/aws/deployment-names.ts';
import { WEBHOOK_CHANNELS, type WebhookChannelName } from '../lib/notify/webhook-channels.ts';
import type { AdminKeyAccess } from './admin-keys.ts';
import {
  createFunction,
  type FunctionSettings,
  type FunctionSpec,
  REPEAT_MESSAGE,
  REPEAT_RUN,
} from './create-function.ts';
import { SCHEDULED_FUNCTIONS, type ScheduledFunction } from './function-names.ts';
import {
  amazonQStatements,
  checkStatements,
  collectStatements,
  digestStatements,
  heartbeatStatements,
  seedStatements,
  webhookStatements,
} from './function-statements.ts';
import { stackAddress } from './outputs.ts';
import { secretIds } from './secrets.ts';
import type { Tables } from './tables.ts';

export type Functions = Readonly<Record<ScheduledFunction, LambdaFunction>> & {
  /** Undefined without `digest`. */
  readonly 'send-digest'?: LambdaFunction;
};

interface FunctionProps {
  readonly tables: Tables;
  readonly alertsTopic: ITopic;
  readonly operationsTopic: ITopic;
  readonly adminKeys: AdminKeyAccess;
  readonly signOfLife: 'weekly' | 'never';
  readonly digest: 'daily' | 'weekly' | 'never';
  readonly retentionDays: number;
  readonly routeTopics: readonly ITopic[];
  /** A JSON object of route → topic ARN. */
  readonly routeTopicArns: string;
  /** Undefined: the check measures nothing for CloudWatch. */
  readonly metricsNamespace: string | undefined;
}

/** Usage is there by the check 5 minutes later. A first read of a long period goes on with the next tick. */
const COLLECT_TIMEOUT = Duration.minutes(5);
/** A check of 10,000 budgets takes seconds; the rest is for messages, of which it sends 5 a second. */
const CHECK_TIMEOUT = Duration.minutes(2);
/** A chat takes a message a second: in a storm of alerts, each waits for its turn. */
const FORWARD_TIMEOUT = Duration.minutes(1);
/** Some hundred conditional writes, one after the other. */
const SEED_TIMEOUT = Duration.minutes(1);

export function createScheduledFunctions(
  scope: Construct,
  props: FunctionProps,
  settings: FunctionSettings,
): Functions {
  const { tables, alertsTopic, operationsTopic, adminKeys, signOfLife, digest, routeTopics, routeTopicArns } =
    props;
  const { metricsNamespace } = props;
  const messageTopics = [alertsTopic, ...routeTopics];
  const spendTables = {
    [ENVIRONMENT_KEYS.budgetsTable]: tables.budgets.tableName,
    [ENVIRONMENT_KEYS.spendTable]: tables.spend.tableName,
    [ENVIRONMENT_KEYS.retentionDays]: String(props.retentionDays),
  };
  const collect = {
    timeout: COLLECT_TIMEOUT,
    repetition: REPEAT_RUN,
    environment: spendTables,
    managedPolicies: adminKeys.managedPolicies,
  };
  const check = {
    timeout: CHECK_TIMEOUT,
    repetition: REPEAT_RUN,
    environment: {
      ...spendTables,
      [ENVIRONMENT_KEYS.ledgerTable]: tables.ledger.tableName,
      [ENVIRONMENT_KEYS.alertsTopic]: alertsTopic.topicArn,
      [ENVIRONMENT_KEYS.operationsTopic]: operationsTopic.topicArn,
      [ENVIRONMENT_KEYS.routeTopics]: routeTopicArns,
      [ENVIRONMENT_KEYS.stackName]: stackAddress(scope),
    },
  };
  const create = (spec: FunctionSpec) => createFunction(scope, spec, settings);
  return {
    'collect-usage': create({
      ...collect,
      name: 'collect-usage',
      id: 'CollectUsage',
      description: 'Reads from OpenAI the usage that budgets need',
      statements: collectStatements(tables, adminKeys),
    }),
    'collect-costs': create({
      ...collect,
      name: 'collect-costs',
      id: 'CollectCosts',
      description: 'Reads from OpenAI the costs that budgets need',
      statements: collectStatements(tables, adminKeys),
    }),
    'check-budgets': create({
      ...check,
      name: 'check-budgets',
      id: 'CheckBudgets',
      description: 'Compares spend with budgets and announces each breach once',
      environment: {
        ...check.environment,
        ...(metricsNamespace !== undefined && { [ENVIRONMENT_KEYS.metricsNamespace]: metricsNamespace }),
      },
      statements: checkStatements(tables, messageTopics, operationsTopic),
    }),
    heartbeat: create({
      ...check,
      name: 'heartbeat',
      id: 'Heartbeat',
      description: 'Finds what no other function can, once a day',
      environment: { ...check.environment, [ENVIRONMENT_KEYS.signOfLife]: signOfLife },
      statements: heartbeatStatements(tables, alertsTopic, routeTopics, operationsTopic),
    }),
    ...(digest !== 'never' && {
      'send-digest': create({
        ...check,
        name: 'send-digest',
        id: 'SendDigest',
        description: 'Sends a summary on each route',
        environment: { ...check.environment, [ENVIRONMENT_KEYS.digest]: digest },
        statements: digestStatements(tables, messageTopics),
      }),
    }),
  };
}

export function createWebhookFunction(
  scope: Construct,
  channel: WebhookChannelName,
  webhookSecret: ISecret,
  settings: FunctionSettings,
): LambdaFunction {
  const { id, arn } = secretIds(webhookSecret);
  const spec: FunctionSpec = {
    name: 'post-to-webhook',
    id: `PostTo${channel.charAt(0).toUpperCase()}${channel.slice(1)}`,
    description: `Posts alerts to a ${WEBHOOK_CHANNELS[channel].label} channel`,
    timeout: FORWARD_TIMEOUT,
    repetition: REPEAT_MESSAGE,
    environment: { [ENVIRONMENT_KEYS.webhookChannel]: channel, [ENVIRONMENT_KEYS.webhookSecret]: id },
    statements: webhookStatements(arn),
  };
  return createFunction(scope, spec, settings);
}

export function createSeedFunction(
  scope: Construct,
  tables: Tables,
  prunes: boolean,
  settings: FunctionSettings,
): LambdaFunction {
  const spec: FunctionSpec = {
    name: 'seed-budgets',
    id: 'SeedBudgets',
    description: 'Stores the budgets that the stack declares, when it is deployed',
    timeout: SEED_TIMEOUT,
    repetition: REPEAT_RUN,
    environment: { [ENVIRONMENT_KEYS.budgetsTable]: tables.budgets.tableName },
    statements: seedStatements(tables, prunes),
  };
  return createFunction(scope, spec, settings);
}

export function createAmazonQFunction(
  scope: Construct,
  topic: ITopic,
  settings: FunctionSettings,
): LambdaFunction {
  const spec: FunctionSpec = {
    name: 'publish-to-amazon-q',
    id: 'PublishToAmazonQ',
    description: 'Hands alerts to Amazon Q Developer in chat applications',
    timeout: FORWARD_TIMEOUT,
    repetition: REPEAT_MESSAGE,
    environment: { [ENVIRONMENT_KEYS.amazonQTopic]: topic.topicArn },
    statements: amazonQStatements(topic),
  };
  return createFunction(scope, spec, settings);
}

export function scheduledFunctions(functions: Functions): LambdaFunction[] {
  const digest = functions['send-digest'];
  return [...SCHEDULED_FUNCTIONS.map((name) => functions[name]), ...(digest === undefined ? [] : [digest])];
}
