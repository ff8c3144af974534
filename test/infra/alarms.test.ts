// The alarms: each is heard, and each speaks of what its name says.
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { muteAlarms } from './alarm-path.ts';
import type { Statement } from './iam-policy.ts';
import {
  organizationIn,
  type Properties,
  type Resource,
  synthesizedConstructs,
  synthesizedStack,
  WITH_SLACK,
} from './synthesized.ts';

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

const EVERY_ALARM = ['CheckNotRunning', 'HeartbeatNotRunning', 'FunctionErrors', 'DeadLetters'];
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
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      EvaluationPeriods: 4,
      DatapointsToAlarm: 4,
      TreatMissingData: 'breaching',
    });
    expect(metricsOf('CheckNotRunning')).toEqual({
      expression: 'FILL(failed, 1)',
      failed: ['AWS/Lambda', 'Errors', 'CheckBudgets', 900, 'Minimum'],
    });
  });

  it('when no check has completed for two hours, where one is due each hour', () => {
    const hourly = synthesizedStack({ ...WITH_SLACK, usageMinutes: 60 });
    const [check] = hourly.ofType('AWS::CloudWatch::Alarm');
    expect(check?.properties).toMatchObject({ EvaluationPeriods: 8, DatapointsToAlarm: 8 });
  });

  it('when no heartbeat has completed for a day and two hours', () => {
    expect(alarm('HeartbeatNotRunning')).toMatchObject({
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      EvaluationPeriods: 26,
      DatapointsToAlarm: 26,
      TreatMissingData: 'breaching',
    });
    expect(metricsOf('HeartbeatNotRunning')).toEqual({
      expression: 'FILL(failed, 1)',
      failed: ['AWS/Lambda', 'Errors', 'Heartbeat', 3600, 'Minimum'],
    });
  });

  it('when any function failed for good within the hour, one message as long as it goes on', () => {
    expect(alarm('FunctionErrors')).toMatchObject({
      Namespace: 'AWS/SQS',
      MetricName: 'NumberOfMessagesSent',
      Dimensions: [{ Name: 'QueueName', Value: 'DeadLetterQueue.QueueName' }],
      Statistic: 'Sum',
      Period: 900,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      EvaluationPeriods: 4,
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
    });
    // What makes the queue speak for every function.
    const failing = ofType('AWS::Lambda::EventInvokeConfig').map(
      ({ properties }) => properties.DestinationConfig.OnFailure.Destination,
    );
    expect(failing).toEqual(ofType('AWS::Lambda::Function').map(() => 'DeadLetterQueue.Arn'));
  });

  it('for one metric each, which is what CloudWatch charges', () => {
    const metrics = EVERY_ALARM.map((name) => {
      const { Metrics = [{ MetricStat: {} }] } = alarm(name);
      return Metrics.filter((query: Properties) => query.MetricStat !== undefined).length;
    });
    expect(metrics).toEqual([1, 1, 1, 1]);
  });

  it('to others too, if told so', () => {
    const { ofType: extendedOfType } = synthesizedConstructs((scope) => ({
      organizations: [organizationIn(scope)],
      alarmActions: [
        new SnsAction(Topic.fromTopicArn(scope, 'Pager', 'arn:aws:sns:eu-west-1:111122223333:pager')),
      ],
    }));
    for (const { properties } of extendedOfType('AWS::CloudWatch::Alarm')) {
      expect(properties.AlarmActions).toEqual([
        'Alerts0OperationsTopic',
        'arn:aws:sns:eu-west-1:111122223333:pager',
      ]);
    }
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
