// The schedules: four for each organization, in a group of their own, each passing on the time at which it was due.

import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { SCHEDULED_TIME_PLACEHOLDER, type TickEvent } from '../lib/aws/deployment-names.ts';
import { COLLECTING_FUNCTIONS, SCHEDULED_FUNCTIONS } from './function-names.ts';
import { type Functions, scheduledFunctions } from './functions.ts';
import type { OrganizationProps } from './organizations.ts';
import { type Cadence, digestExpression, scheduleExpression } from './schedule-minute.ts';
import { createSchedulerRole } from './scheduler-role.ts';
import { secretIds } from './secrets.ts';

/** After a quarter of an hour the next tick has come. */
const RETRY_POLICY: CfnSchedule.RetryPolicyProperty = {
  maximumRetryAttempts: 2,
  maximumEventAgeInSeconds: 15 * 60,
};

interface ScheduleProps {
  readonly organizations: readonly OrganizationProps[];
  readonly cadence: Cadence;
  readonly digest: 'daily' | 'weekly' | 'never';
  readonly functions: Functions;
  readonly deadLetters: IQueue;
  readonly keys: readonly IKey[];
}

interface Job {
  readonly name: string;
  readonly job: IFunction;
  readonly expression: string;
  readonly event: TickEvent;
}

export function createSchedules(scope: Construct, props: ScheduleProps): void {
  const { organizations, functions, deadLetters, keys } = props;
  const group = new CfnScheduleGroup(scope, 'ScheduleGroup');
  const role = createSchedulerRole(scope, group, scheduledFunctions(functions), deadLetters, keys);
  const schedules = new Construct(scope, 'Schedules');
  for (const organization of organizations) {
    for (const { name, job, expression, event } of jobsOf(organization, props)) {
      new CfnSchedule(schedules, `${organization.id}.${name}`, {
        description: `${name} for the organization ${organization.id}`,
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

function jobsOf({ id: organization, adminKey }: OrganizationProps, props: ScheduleProps): Job[] {
  const { cadence, digest, functions } = props;
  const tick: TickEvent = { organization, tick: SCHEDULED_TIME_PLACEHOLDER };
  const collect: TickEvent = { ...tick, adminKeySecretId: secretIds(adminKey).id };
  const jobs = SCHEDULED_FUNCTIONS.map((name): Job => {
    const event = COLLECTING_FUNCTIONS.has(name) ? collect : tick;
    return {
      name,
      job: functions[name],
      expression: scheduleExpression(name, organization, cadence),
      event,
    };
  });
  const sendDigest = functions['send-digest'];
  if (sendDigest === undefined || digest === 'never') return jobs;
  const expression = digestExpression(digest, organization);
  return [...jobs, { name: 'send-digest', job: sendDigest, expression, event: tick }];
}
