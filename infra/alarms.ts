// Three alarms on metrics that AWS keeps for nothing: no check completes, functions fail, something was given up.
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

export interface Alarms {
  readonly checkNotRunning: Alarm;
  readonly functionErrors: Alarm;
  readonly deadLetters: Alarm;
}

interface AlarmSources {
  readonly checkBudgets: LambdaFunction;
  /** All of them, the check too. */
  readonly functions: readonly LambdaFunction[];
  readonly deadLetters: IQueue;
  readonly operationsTopic: ITopic;
}

/** As often as an organization's check is due. */
const TICK = Duration.minutes(15);
const TICKS_OF_AN_HOUR = 4;

/** CloudWatch charges an alarm by the metrics in it: two, one for each function, and one. */
export function createAlarms(scope: Construct, sources: AlarmSources): Alarms {
  const { checkBudgets, functions, deadLetters, operationsTopic } = sources;
  const create = (id: string, props: AlarmProps): Alarm => {
    const alarm = new Alarm(scope, id, props);
    alarm.addAlarmAction(new SnsAction(operationsTopic));
    return alarm;
  };
  return {
    checkNotRunning: create('CheckNotRunning', {
      alarmDescription:
        'OpenAI budget alerts: no check has completed for an hour, so breaches are not announced. ' +
        `The log group ${checkBudgets.logGroup.logGroupName} says why checks fail. If it has no new lines, see whether ` +
        'the schedules are enabled and whether the account has Lambda concurrency left.',
      metric: completedRuns(checkBudgets),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: TICKS_OF_AN_HOUR,
      datapointsToAlarm: TICKS_OF_AN_HOUR,
      treatMissingData: TreatMissingData.BREACHING,
    }),
    functionErrors: create('FunctionErrors', {
      alarmDescription:
        'OpenAI budget alerts: a function failed within the last hour. The last line of its log names the error and ' +
        'the organization. A failed run is repeated once, and by the next tick; an alarm that stays needs you.',
      metric: sumOfErrors(functions),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      // A job that fails each hour is one message, not one an hour.
      evaluationPeriods: TICKS_OF_AN_HOUR,
      datapointsToAlarm: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }),
    deadLetters: create('DeadLetters', {
      alarmDescription:
        'OpenAI budget alerts: a run or a Slack post was given up. The messages in the queue ' +
        `${deadLetters.queueName} say which and why. Scheduled runs need nothing more, the next tick does their work; ` +
        'a post to Slack is not repeated, so read it there. Then purge the queue: until it is empty, this alarm ' +
        'cannot tell you of another.',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({
        statistic: 'Maximum',
        period: Duration.minutes(5),
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }),
  };
}

/**
 * A run that fails is an invocation too, so the failed ones are taken off. FILL, since nothing is measured while
 * nothing runs, and an alarm looks for older figures in place of missing ones, for hours.
 */
function completedRuns(lambda: LambdaFunction): IMetric {
  return new MathExpression({
    label: 'Completed runs',
    expression: 'FILL(invocations, 0) - FILL(errors, 0)',
    usingMetrics: {
      invocations: lambda.metricInvocations({ statistic: 'Sum' }),
      errors: lambda.metricErrors({ statistic: 'Sum' }),
    },
    period: TICK,
  });
}

/** FILL, since a function that did not run has no figure, and a sum with a missing figure would be missing. */
function sumOfErrors(functions: readonly LambdaFunction[]): IMetric {
  const metrics = functions.map((lambda, position) => {
    return [`errors${position}`, lambda.metricErrors({ statistic: 'Sum' })] as const;
  });
  return new MathExpression({
    label: 'Errors of all functions',
    expression: metrics.map(([id]) => `FILL(${id}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(metrics),
    period: TICK,
  });
}
