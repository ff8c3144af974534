// The functions: code, time, memory, environment and role of each, and what happens to a run that fails.
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { ENVIRONMENT_KEYS, type EnvironmentKey } from '../lib/aws/deployment-names.ts';
import { WEBHOOK_CHANNELS, type WebhookChannelName } from '../lib/notify/webhook-channels.ts';
import type { AdminKeyAccess } from './admin-keys.ts';
import type { Undelivered } from './dead-letters.ts';
import { useKeys } from './encryption.ts';
import { functionCode, HANDLER } from './function-code.ts';
import { type FunctionName, SCHEDULED_FUNCTIONS, type ScheduledFunction } from './function-names.ts';
import { createFunctionRole } from './function-role.ts';
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

/** What all functions have in common. */
export interface FunctionSettings {
  readonly deadLetters: IQueue;
  /** The same queue, for subscriptions. */
  readonly undelivered: Undelivered;
  readonly logRetention: RetentionDays;
  /** Of tables, topics and queue, as far as they are a customer's. */
  readonly keys: readonly IKey[];
}

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

interface FunctionSpec {
  readonly name: FunctionName;
  readonly id: string;
  readonly description: string;
  readonly timeout: Duration;
  readonly environment: Partial<Record<EnvironmentKey, string>>;
  readonly statements: readonly PolicyStatement[];
  readonly managedPolicies?: readonly IManagedPolicy[];
  readonly repetition: Repetition;
}

/** What Lambda does with an invocation that failed. */
interface Repetition {
  readonly retryAttempts: number;
  readonly maxEventAge: Duration;
}

/** Usage is there by the check 5 minutes later. A first read of a long period goes on with the next tick. */
const COLLECT_TIMEOUT = Duration.minutes(5);
/** A check of 10,000 budgets takes seconds; the rest is for messages, of which it sends 5 a second. */
const CHECK_TIMEOUT = Duration.minutes(2);
/** A chat takes a message a second: in a storm of alerts, each waits for its turn. */
const FORWARD_TIMEOUT = Duration.minutes(1);
/** Some hundred conditional writes, one after the other. */
const SEED_TIMEOUT = Duration.minutes(1);

/** Lambda's own default, 2 retries of events of up to 6 hours, would run ticks that others have long followed, and seeds of deployments that have ended. */
const REPEAT_RUN: Repetition = { retryAttempts: 1, maxEventAge: Duration.minutes(15) };
/** No other run brings a message that nobody took; hours late is better than not at all. */
const REPEAT_MESSAGE: Repetition = { retryAttempts: 2, maxEventAge: Duration.hours(6) };

const MEMORY_MB = 256;

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

/** Without reserved concurrency: correctness needs none, and a new account, whose limit is 10, has none to give. */
function createFunction(
  scope: Construct,
  spec: FunctionSpec,
  { deadLetters, logRetention, keys }: FunctionSettings,
): LambdaFunction {
  const { name, id, statements, managedPolicies = [], environment, repetition, ...props } = spec;
  const logGroup = new LogGroup(scope, `${id}Log`, {
    retention: logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const allowed = { statements: [...statements, ...useKeys(scope, keys)], managedPolicies };
  const lambda = new LambdaFunction(scope, id, {
    ...props,
    code: functionCode(name),
    handler: HANDLER,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: MEMORY_MB,
    environment: { ...environment, NODE_OPTIONS: '--enable-source-maps' },
    logGroup,
    role: createFunctionRole(scope, `${id}Role`, { ...allowed, logGroup, deadLetters }),
    ...repetition,
    onFailure: new SqsDestination(deadLetters),
  });
  Validations.of(lambda).acknowledge(
    {
      id: 'Serverless-LambdaDLQ',
      reason:
        'What failed for good goes to the dead-letter queue as an on-failure destination, which says why it failed too.',
    },
    {
      id: 'Serverless-LambdaTracing',
      reason:
        'Each run logs one line with its duration and its counts. Tracing would cost money and a permission on every ' +
        'resource, and show the same few calls.',
    },
  );
  return lambda;
}
