// The stack's schedules as EventBridge Scheduler fires them: when they are due, with their own input and role.
import * as v from 'valibot';
import { SCHEDULED_TIME_PLACEHOLDER } from '../../lib/aws/deployment-names.ts';
import { formatInstant, type Instant, MINUTE_MS, plusMs } from '../../lib/time/instant.ts';
import { type CronFields, isDue, parseCron } from './cron.ts';
import type { Iam, RoleCall } from './iam.ts';
import { ACCOUNT_ID, arnOf, REGION } from './physical-ids.ts';
import { type ResolvedStack, resourcesOf } from './resolve-template.ts';

const groupSchema = v.object({ Name: v.optional(v.string()) });
const scheduleSchema = v.strictObject({
  Name: v.optional(v.string()),
  Description: v.optional(v.string()),
  GroupName: v.optional(v.string(), 'default'),
  ScheduleExpression: v.string(),
  ScheduleExpressionTimezone: v.optional(v.picklist(['UTC', 'Etc/UTC'])),
  State: v.optional(v.picklist(['ENABLED', 'DISABLED']), 'ENABLED'),
  FlexibleTimeWindow: v.object({ Mode: v.literal('OFF') }),
  Target: v.strictObject({
    Arn: v.string(),
    RoleArn: v.string(),
    Input: v.optional(v.string()),
    RetryPolicy: v.optional(v.unknown()),
    DeadLetterConfig: v.optional(v.object({ Arn: v.string() })),
  }),
});

export interface Schedule {
  readonly logicalId: string;
  readonly arn: string;
  readonly groupArn: string;
  readonly due: CronFields;
  readonly functionArn: string;
  readonly role: string;
  readonly input: string | null;
  readonly deadLetterQueueArn: string | null;
}

export interface DueSchedule {
  readonly schedule: Schedule;
  readonly at: Instant;
  readonly event: unknown;
}

export function schedulesOf(stack: ResolvedStack, iam: Iam): Schedule[] {
  const groups = resourcesOf(stack, ['AWS::Scheduler::ScheduleGroup'], groupSchema).map(({ ref }) => ref);
  return resourcesOf(stack, ['AWS::Scheduler::Schedule'], scheduleSchema)
    .filter(({ properties }) => properties.State === 'ENABLED')
    .map(({ logicalId, arn, properties }) => {
      const { GroupName, ScheduleExpression, Target } = properties;
      if (GroupName !== 'default' && !groups.includes(GroupName)) {
        throw new Error(`${logicalId} is in the group ${GroupName}, which is not in the stack.`);
      }
      return {
        logicalId,
        arn,
        groupArn: arnOf('scheduler', `schedule-group/${GroupName}`),
        due: parseCron(ScheduleExpression),
        functionArn: Target.Arn,
        role: iam.roleOf(Target.RoleArn),
        input: Target.Input ?? null,
        deadLetterQueueArn: Target.DeadLetterConfig?.Arn ?? null,
      };
    });
}

/** In the order of time, then of the template. */
export function dueSchedules(schedules: readonly Schedule[], from: Instant, until: Instant): DueSchedule[] {
  const due: DueSchedule[] = [];
  for (let at = from; at < until; at = plusMs(at, MINUTE_MS)) {
    for (const schedule of schedules) {
      if (isDue(schedule.due, at)) due.push({ schedule, at, event: eventOf(schedule, at) });
    }
  }
  return due;
}

/** What the schedule's role is asked for when it fires. */
export function firing({ role, functionArn }: Schedule): RoleCall {
  return { role, request: { action: 'lambda:InvokeFunction', resource: functionArn, context: {} } };
}

export function schedulerMayUse(iam: Iam, { role, groupArn }: Schedule): boolean {
  const context = { 'aws:SourceAccount': [ACCOUNT_ID], 'aws:SourceArn': [groupArn] };
  return iam.trusts(role, 'scheduler.amazonaws.com', context);
}

/** Without an input of its own, a schedule sends EventBridge's usual document. */
function eventOf({ arn, input }: Schedule, at: Instant): unknown {
  const time = formatInstant(at);
  if (input !== null) return JSON.parse(input.replaceAll(SCHEDULED_TIME_PLACEHOLDER, time));
  const about = { account: ACCOUNT_ID, region: REGION, time, resources: [arn] };
  return { version: '0', 'detail-type': 'Scheduled Event', source: 'aws.scheduler', ...about, detail: '{}' };
}
