// The functions: runtime, time, memory, environment, log, and what becomes of a run that fails.

import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, it } from 'vitest';
import { FULL, synthesizedStack } from './synthesized.ts';

const { ofType } = synthesizedStack(FULL);
const functions = ofType('AWS::Lambda::Function');

describe('a function', () => {
  it('has the environment that its code reads, and how long it may take', () => {
    const collect = {
      BUDGETS_TABLE_NAME: 'BudgetsTable',
      SPEND_TABLE_NAME: 'SpendTable',
      RETENTION_DAYS: '430',
    };
    const check = {
      BUDGETS_TABLE_NAME: 'BudgetsTable',
      SPEND_TABLE_NAME: 'SpendTable',
      RETENTION_DAYS: '430',
      LEDGER_TABLE_NAME: 'LedgerTable',
      ALERTS_TOPIC_ARN: 'AlertsTopic',
      OPERATIONS_TOPIC_ARN: 'OperationsTopic',
      ROUTE_TOPICS: '{"oncall":"RouteoncallTopic"}',
      STACK_NAME: 'OpenAiBudgetAlerts',
    };
    expect(
      functions.map(({ logicalId, properties }) => {
        const { NODE_OPTIONS, ...ours } = properties.Environment.Variables;
        expect(NODE_OPTIONS).toBe('--enable-source-maps');
        return [logicalId, properties.Timeout, ours];
      }),
    ).toEqual([
      ['CollectUsage', 300, collect],
      ['CollectCosts', 300, collect],
      [
        'CheckBudgets',
        120,
        { ...check, METRICS_NAMESPACE: 'OpenAiBudgetAlerts/OpenAiBudgetAlerts-AE95827C' },
      ],
      ['Heartbeat', 120, { ...check, SIGN_OF_LIFE: 'never' }],
      ['SendDigest', 120, { ...check, DIGEST: 'daily' }],
      ['PostToSlack', 60, { WEBHOOK_CHANNEL: 'slack', WEBHOOK_SECRET_ID: 'hook' }],
      ['PublishToAmazonQ', 60, { AMAZON_Q_TOPIC_ARN: 'AmazonQTopic' }],
      ['SeedBudgets', 60, { BUDGETS_TABLE_NAME: 'BudgetsTable' }],
    ]);
  });

  it('runs on Node 24 on ARM, with 256 MB and its own role', () => {
    for (const { logicalId, properties } of functions) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        MemorySize: 256,
        Handler: 'index.handler',
        Role: `${logicalId}Role.Arn`,
      });
    }
  });

  it('reserves no concurrency, which a new account has none of', () => {
    const reserving = functions.filter(({ properties }) => 'ReservedConcurrentExecutions' in properties);
    expect(reserving).toEqual([]);
  });

  it('logs into a group of its own, which forgets after 30 days and goes with the stack', () => {
    expect(functions.map(({ properties }) => properties.LoggingConfig)).toEqual(
      functions.map(({ logicalId }) => ({ LogGroup: `${logicalId}Log` })),
    );
    const groups = ofType('AWS::Logs::LogGroup');
    expect(groups.map(({ properties, deletionPolicy }) => [properties, deletionPolicy])).toEqual(
      functions.map(() => [{ RetentionInDays: 30 }, 'Delete']),
    );
  });

  it('is run once more when it fails, within a quarter of an hour; a message to a chat is tried twice more, in six hours', () => {
    const configs = ofType('AWS::Lambda::EventInvokeConfig');
    expect(
      configs.map(({ properties }) => [
        properties.FunctionName,
        properties.MaximumRetryAttempts,
        properties.MaximumEventAgeInSeconds,
      ]),
    ).toEqual([
      ['CollectUsage', 1, 900],
      ['CollectCosts', 1, 900],
      ['CheckBudgets', 1, 900],
      ['Heartbeat', 1, 900],
      ['SendDigest', 1, 900],
      ['PostToSlack', 2, 21_600],
      ['PublishToAmazonQ', 2, 21_600],
      ['SeedBudgets', 1, 900],
    ]);
  });

  it('is given up into the queue', () => {
    for (const { properties } of ofType('AWS::Lambda::EventInvokeConfig'))
      expect(properties).toMatchObject({
        Qualifier: '$LATEST',
        DestinationConfig: { OnFailure: { Destination: 'DeadLetterQueue.Arn' } },
      });
  });

  it('finds the admin keys below another prefix if told so', () => {
    const { ofType: otherOfType } = synthesizedStack({
      organizations: [{ id: 'default' }],
      adminKeySecretPrefix: 'team/openai-',
    });
    const template = JSON.stringify([otherOfType('AWS::Scheduler::Schedule'), otherOfType('AWS::IAM::Role')]);
    expect(template.match(/adminKeySecretId\\":\\"team\/openai-default\\"/g)).toHaveLength(2);
    expect(template.match(/:secret:team\/openai-default-\?{6}"/g)).toHaveLength(2);
    expect(template).not.toContain('openai-budget-alerts/');
  });

  it('keeps its log for longer if told so', () => {
    const { ofType: otherOfType } = synthesizedStack({ ...FULL, logRetention: RetentionDays.ONE_YEAR });
    for (const { properties } of otherOfType('AWS::Logs::LogGroup'))
      expect(properties.RetentionInDays).toBe(365);
  });
});
