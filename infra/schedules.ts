// The schedules: four for each organization, in a group of their own, each passing on the time at which it was due.

import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { SCHEDULED_TIME_PLACEHOLDER, type TickEvent } from '../lib/aws/deployment-names.ts';
import { SCHEDULED_FUNCTIONS } from './function-names.ts';
import { type Functions, scheduledFunctions } from './functions.ts';
import type { OrganizationProps } from './organizations.ts';
import { digestExpression, scheduleExpression } from './schedule-minute.ts';
import { createSchedulerRole } from './scheduler-role.ts';

/** After a quarter of an hour the next tick has come. */
const RETRY_POLICY: CfnSchedule.RetryPolicyProperty = {
  maximumRetryAttempts: 2,
  maximumEventAgeInSeconds: 15 * 60,
};

export function createSchedules(
  scope: Construct,
  organizations: readonly OrganizationProps[],
  functions: Functions,
  digest: 'daily' | 'weekly' | 'never',
  deadLetters: IQueue,
): void {
  const group = new CfnScheduleGroup(scope, 'ScheduleGroup');
  const role = createSchedulerRole(scope, group, scheduledFunctions(functions), deadLetters);
  const schedules = new Construct(scope, 'Schedules');
  for (const { id: organization } of organizations) {
    const event: TickEvent = { organization, tick: SCHEDULED_TIME_PLACEHOLDER };
    const jobs: [string, IFunction, string][] = SCHEDULED_FUNCTIONS.map((name) => [
      name,
      functions[name],
      scheduleExpression(name, organization),
    ]);
    const sendDigest = functions['send-digest'];
    if (sendDigest !== undefined && digest !== 'never') {
      jobs.push(['send-digest', sendDigest, digestExpression(digest, organization)]);
    }
    for (const [name, job, expression] of jobs) {
      new CfnSchedule(schedules, `${organization}.${name}`, {
        description: `${name} for the organization ${organization}`,
        groupName: group.ref,
        scheduleExpression: expression,
        scheduleExpressionTimezone: 'UTC',
        // A window would let a check overtake the collect before it.
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: job.functionArn,
          roleArn: role.roleArn,
          input: JSON.stringify(event),
          retryPolicy: RETRY_POLICY,
          deadLetterConfig: { arn: deadLetters.queueArn },
        },
      });
    }
  }
}
