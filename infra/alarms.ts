// Four alarms on metrics that AWS keeps for nothing: what must run does not, a run failed, something was given up.
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IAlarmAction,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Cadence } from './schedule-minute.ts';

export interface Alarms {
  readonly checkNotRunning: Alarm;
  readonly heartbeatNotRunning: Alarm;
  readonly functionErrors: Alarm;
  readonly deadLetters: Alarm;
}

interface AlarmSources {
  readonly checkBudgets: LambdaFunction;
  readonly heartbeat: LambdaFunction;
  readonly deadLetters: IQueue;
  readonly operationsTopic: ITopic;
  /** Besides the topic. */
  readonly actions: readonly IAlarmAction[];
  readonly cadence: Cadence;
}

const HOUR = Duration.hours(1);
const QUARTER = Duration.minutes(15);
const QUARTERS_OF_AN_HOUR = 4;
/** A day, and two hours for a heartbeat that was repeated or came late. */
const HEARTBEAT_HOURS = 26;

/**
 * CloudWatch charges an alarm by the metrics in it, $0.10 each a month: one in each of these, whatever the number of
 * functions. Errors of every function would be one metric for each, and most of the deployment's whole price.
 */
export function createAlarms(scope: Construct, sources: AlarmSources): Alarms {
  const { checkBudgets, heartbeat, deadLetters, operationsTopic, actions, cadence } = sources;
  const create = (id: string, props: AlarmProps): Alarm => {
    const alarm = new Alarm(scope, id, props);
    alarm.addAlarmAction(new SnsAction(operationsTopic), ...actions);
    return alarm;
  };
  const notRunning = {
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    treatMissingData: TreatMissingData.BREACHING,
  };
  // With one check an hour, an hour without one may be only late.
  const checkPeriods = cadence === 60 ? 2 * QUARTERS_OF_AN_HOUR : QUARTERS_OF_AN_HOUR;
  return {
    checkNotRunning: create('CheckNotRunning', {
      ...notRunning,
      alarmDescription:
        `OpenAI budget alerts: no check has completed for ${cadence === 60 ? 'two hours' : 'an hour'}, so breaches ` +
        `are not announced. The log group ${checkBudgets.logGroup.logGroupName} says why checks fail. If it has no ` +
        'new lines, see whether the schedules are enabled and whether the account has Lambda concurrency left.',
      metric: noneCompleted(checkBudgets, QUARTER),
      evaluationPeriods: checkPeriods,
      datapointsToAlarm: checkPeriods,
    }),
    heartbeatNotRunning: create('HeartbeatNotRunning', {
      ...notRunning,
      alarmDescription:
        'OpenAI budget alerts: the daily heartbeat has not completed for more than a day, so nobody would hear that ' +
        `subscribers are lost or an admin key expires. The log group ${heartbeat.logGroup.logGroupName} says why. In ` +
        'the first day of a deployment it means nothing: the first heartbeat is due after 07:00 UTC.',
      metric: noneCompleted(heartbeat, HOUR),
      evaluationPeriods: HEARTBEAT_HOURS,
      datapointsToAlarm: HEARTBEAT_HOURS,
    }),
    functionErrors: create('FunctionErrors', {
      alarmDescription:
        'OpenAI budget alerts: a function failed within the last hour, and failed again when it was repeated. The ' +
        `message in the queue ${deadLetters.queueName} and the last line of the function's log name the error and the ` +
        'organization. The next tick runs it again; an alarm that stays needs you.',
      // Lambda sends each run that failed for good to the queue, whatever the function and however it failed: time-outs
      // and crashes too. A run that succeeds when it is repeated is nobody's business.
      metric: deadLetters.metricNumberOfMessagesSent({ statistic: 'Sum', period: QUARTER }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      // A job that fails each hour is one message, not one an hour.
      evaluationPeriods: QUARTERS_OF_AN_HOUR,
      datapointsToAlarm: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }),
    deadLetters: create('DeadLetters', {
      alarmDescription:
        'OpenAI budget alerts: a run or a post to a chat was given up. The messages in the queue ' +
        `${deadLetters.queueName} say which and why. Scheduled runs need nothing more, the next tick does their work; ` +
        'a post to a chat is repeated by hand. The runbook has the commands that do so and empty the queue: until it ' +
        'is empty, only FunctionErrors tells you of another.',
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
 * 1 for a period in which no run completed, else 0. Lambda measures an error of 0 or 1 for every run, so that the least
 * of them is 0 as soon as one completed: one metric says what runs less errors would say with two. FILL, since nothing
 * is measured while nothing runs, and an alarm looks for older figures in place of missing ones, for hours.
 */
function noneCompleted(lambda: LambdaFunction, period: Duration): IMetric {
  return new MathExpression({
    label: 'No completed run',
    expression: 'FILL(failed, 1)',
    usingMetrics: { failed: lambda.metricErrors({ statistic: 'Minimum' }) },
    period,
  });
}
