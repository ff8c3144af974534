// What EventBridge Scheduler may do for us: start the three functions, and hand over what it could not start.
import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { useKeys } from './encryption.ts';

/** The conditions keep everybody else's schedules, in this account too, from using the role. */
export function createSchedulerRole(
  scope: Construct,
  group: CfnScheduleGroup,
  functions: readonly IFunction[],
  deadLetters: IQueue,
  keys: readonly IKey[],
): Role {
  return new Role(scope, 'SchedulerRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': Stack.of(scope).account, 'aws:SourceArn': group.attrArn },
      },
    }),
    inlinePolicies: {
      Schedules: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: 'StartFunctions',
            actions: ['lambda:InvokeFunction'],
            resources: functions.map(({ functionArn }) => functionArn),
          }),
          new PolicyStatement({
            sid: 'HandOverWhatNeverStarted',
            actions: ['sqs:SendMessage'],
            resources: [deadLetters.queueArn],
          }),
          ...useKeys(scope, keys),
        ],
      }),
    },
  });
}
