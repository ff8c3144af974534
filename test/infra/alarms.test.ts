// The alarms: each is heard, and each speaks of what its name says.
import { describe, expect, it } from 'vitest';
import { muteAlarms } from './alarm-path.ts';
import type { Statement } from './iam-policy.ts';
import { type Properties, type Resource, synthesizedStack, WITH_SLACK } from './synthesized.ts';

const { resources, ofType } = synthesizedStack(WITH_SLACK);

function alarm(logicalId: string): Properties {
  const found = ofType('AWS::CloudWatch::Alarm').find((resource) => resource.logicalId === logicalId);
  return found?.properties ?? {};
}

/** The template with another policy on the operations topic, or with other properties of the topic itself. */
function changed(logicalId: string, change: (properties: Properties) => Properties): Resource[] {
  return resources.map((resource) => {
    if (resource.logicalId !== logicalId) return resource;
    return { ...resource, properties: change(structuredClone(resource.properties)) };
  });
}

function withStatements(change: (statements: Statement[]) => Statement[]): Resource[] {
  return changed('OperationsTopicPolicy', (properties) => {
    properties.PolicyDocument.Statement = change(properties.PolicyDocument.Statement);
    return properties;
  });
}

const EVERY_ALARM = ['CheckNotRunning', 'FunctionErrors', 'DeadLetters'];
const refused = EVERY_ALARM.map(
  (name) => `${name}: the policy of OperationsTopic does not let CloudWatch publish`,
);

describe('an alarm is heard', () => {
  it('on its way to the operations topic, through the policy that enforces TLS', () => {
    expect(ofType('AWS::CloudWatch::Alarm').map(({ logicalId }) => logicalId)).toEqual(EVERY_ALARM);
    expect(EVERY_ALARM.map((name) => alarm(name).AlarmActions)).toEqual(
      EVERY_ALARM.map(() => ['OperationsTopic']),
    );
    expect(muteAlarms(resources)).toEqual([]);
  });

  it('and would not be without the Allow beside the Deny', () => {
    const denyOnly = withStatements((statements) => statements.filter(({ Effect }) => Effect === 'Deny'));
    expect(muteAlarms(denyOnly)).toEqual(refused);
  });

  it.each([
    { operator: 'StringEquals', key: 'aws:SourceAccount', value: '999900001111' },
    { operator: 'ArnLike', key: 'aws:SourceArn', value: 'arn:aws:cloudwatch:eu-west-1:999900001111:alarm:*' },
  ])('and would not be if $key were $value', ({ operator, key, value }) => {
    const foreign = withStatements((statements) =>
      statements.map((statement) =>
        statement.Effect === 'Deny'
          ? statement
          : { ...statement, Condition: { ...statement.Condition, [operator]: { [key]: value } } },
      ),
    );
    expect(muteAlarms(foreign)).toEqual(refused);
  });

  it('and would not be behind a key that CloudWatch may not use', () => {
    const encrypted = changed('OperationsTopic', (properties) => ({
      ...properties,
      KmsMasterKeyId: 'Key.Arn',
    }));
    const key = { ...resources[0], logicalId: 'Key', type: 'AWS::KMS::Key' } as Resource;
    const keyFor = (service: string) => ({
      ...key,
      properties: {
        KeyPolicy: {
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: service },
              Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
              Resource: '*',
            },
          ],
        },
      },
    });
    expect(muteAlarms([...encrypted, keyFor('sns.amazonaws.com')])).toEqual(
      EVERY_ALARM.map((name) => `${name}: the key of OperationsTopic does not let CloudWatch use it`),
    );
    expect(muteAlarms([...encrypted, keyFor('cloudwatch.amazonaws.com')])).toEqual([]);
  });
});

describe('an alarm speaks', () => {
  it('when no check has completed for an hour: a failed one does not count, and none is not "no data"', () => {
    expect(alarm('CheckNotRunning')).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      EvaluationPeriods: 4,
      DatapointsToAlarm: 4,
      TreatMissingData: 'breaching',
    });
    expect(metricsOf('CheckNotRunning')).toEqual({
      expression: 'FILL(invocations, 0) - FILL(errors, 0)',
      invocations: ['AWS/Lambda', 'Invocations', 'CheckBudgets', 900, 'Sum'],
      errors: ['AWS/Lambda', 'Errors', 'CheckBudgets', 900, 'Sum'],
    });
  });

  it('when any function failed within the hour, one message as long as it goes on', () => {
    expect(alarm('FunctionErrors')).toMatchObject({
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      EvaluationPeriods: 4,
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
    });
    expect(metricsOf('FunctionErrors')).toEqual({
      expression:
        'FILL(errors0, 0) + FILL(errors1, 0) + FILL(errors2, 0) + FILL(errors3, 0) + FILL(errors4, 0)',
      errors0: ['AWS/Lambda', 'Errors', 'CollectUsage', 900, 'Sum'],
      errors1: ['AWS/Lambda', 'Errors', 'CollectCosts', 900, 'Sum'],
      errors2: ['AWS/Lambda', 'Errors', 'CheckBudgets', 900, 'Sum'],
      errors3: ['AWS/Lambda', 'Errors', 'Heartbeat', 900, 'Sum'],
      errors4: ['AWS/Lambda', 'Errors', 'PostToSlack', 900, 'Sum'],
    });
  });

  it('when something lies in the one dead-letter queue', () => {
    expect(alarm('DeadLetters')).toMatchObject({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: 'DeadLetterQueue.QueueName' }],
      Statistic: 'Maximum',
      Period: 300,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
    });
    expect(ofType('AWS::SQS::Queue')).toHaveLength(1);
  });

  it('in words that say where to look', () => {
    expect(alarm('CheckNotRunning').AlarmDescription).toContain('The log group CheckBudgetsLog says why');
    expect(alarm('DeadLetters').AlarmDescription).toContain('the queue DeadLetterQueue.QueueName say');
    for (const name of EVERY_ALARM) expect(alarm(name).AlarmDescription.length).toBeLessThan(900);
  });
});

function metricsOf(logicalId: string): Record<string, unknown> {
  return Object.fromEntries(
    alarm(logicalId).Metrics.map((query: Properties) => {
      if (query.MetricStat === undefined) return ['expression', query.Expression];
      const { Metric, Period, Stat } = query.MetricStat;
      return [query.Id, [Metric.Namespace, Metric.MetricName, Metric.Dimensions[0].Value, Period, Stat]];
    }),
  );
}
