// A function as all of them are made: code, memory, log, role, and what becomes of an invocation that fails.
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { EnvironmentKey } from '../lib/aws/deployment-names.ts';
import type { Undelivered } from './dead-letters.ts';
import { useKeys } from './encryption.ts';
import { functionCode, HANDLER } from './function-code.ts';
import type { FunctionName } from './function-names.ts';
import { createFunctionRole } from './function-role.ts';

/** What all functions have in common. */
export interface FunctionSettings {
  readonly deadLetters: IQueue;
  /** The same queue, for subscriptions. */
  readonly undelivered: Undelivered;
  readonly logRetention: RetentionDays;
  /** Of tables, topics and queue, as far as they are a customer's. */
  readonly keys: readonly IKey[];
}

export interface FunctionSpec {
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

/** Lambda's own default, 2 retries of events of up to 6 hours, would run ticks that others have long followed, and seeds of deployments that have ended. */
export const REPEAT_RUN: Repetition = { retryAttempts: 1, maxEventAge: Duration.minutes(15) };
/** No other run brings a message that nobody took; hours late is better than not at all. */
export const REPEAT_MESSAGE: Repetition = { retryAttempts: 2, maxEventAge: Duration.hours(6) };

const MEMORY_MB = 256;

/** Without reserved concurrency: correctness needs none, and a new account, whose limit is 10, has none to give. */
export function createFunction(
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
