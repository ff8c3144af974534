// The schedules: four for each organization, in a group of their own, each passing on the time at which it was due.

import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { SCHEDULED_TIME_PLACEHOLDER, type TickEvent } from '../lib/aws/deployment-names.ts';
import { COLLECTING_FUNCTIONS, SCHEDULED_FUNCTIONS } from './function-names.ts';
import { type Functions, scheduledFunctions } from './functions.ts';
import type { OrganizationProps } from './organizations.ts';
import { type Cadence, scheduleExpression } from './schedule-minute.ts';
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
  readonly functions: Functions;
  readonly deadLetters: IQueue;
  readonly keys: readonly IKey[];
}

export function createSchedules(scope: Construct, props: ScheduleProps): void {
  const { organizations, cadence, functions, deadLetters, keys } = props;
  const group = new CfnScheduleGroup(scope, 'ScheduleGroup');
  const role = createSchedulerRole(scope, group, scheduledFunctions(functions), deadLetters, keys);
  const schedules = new Construct(scope, 'Schedules');
  for (const { id: organization, adminKey } of organizations) {
    const tick: TickEvent = { organization, tick: SCHEDULED_TIME_PLACEHOLDER };
    const collect: TickEvent = { ...tick, adminKeySecretId: secretIds(adminKey).id };
    for (const name of SCHEDULED_FUNCTIONS) {
      const event = COLLECTING_FUNCTIONS.has(name) ? collect : tick;
      new CfnSchedule(schedules, `${organization}.${name}`, {
        description: `${name} for the organization ${organization}`,
        groupName: group.ref,
        scheduleExpression: scheduleExpression(name, organization, cadence),
        scheduleExpressionTimezone: 'UTC',
        // A window would let a check overtake the collect before it.
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: functions[name].functionArn,
          roleArn: role.roleArn,
          input: JSON.stringify(event),
          retryPolicy: RETRY_POLICY,
          deadLetterConfig: { arn: deadLetters.queueArn },
        },
      });
    }
  }
}
