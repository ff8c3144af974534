// The schedules: when each fires, with what, and what becomes of a start that fails.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleExpression, scheduleMinute } from '../../infra/schedule-minute.ts';
import { synthesizedStack } from './synthesized.ts';

const { ofType } = synthesizedStack({ organizations: [{ id: 'default' }, { id: 'acme' }] });
const schedules = ofType('AWS::Scheduler::Schedule').map(({ properties }) => properties);

describe('a schedule', () => {
  it('starts each job of each organization, with the organization and the time at which it was due', () => {
    expect(
      schedules.map(({ ScheduleExpression, Target }) => [ScheduleExpression, Target.Arn, Target.Input]),
    ).toEqual(
      [
        ['default', 'cron(9,24,39,54 * * * ? *)', 'CollectUsage.Arn'],
        ['default', 'cron(11 * * * ? *)', 'CollectCosts.Arn'],
        ['default', 'cron(14,29,44,59 * * * ? *)', 'CheckBudgets.Arn'],
        ['default', 'cron(16 7 * * ? *)', 'Heartbeat.Arn'],
        ['acme', 'cron(7,22,37,52 * * * ? *)', 'CollectUsage.Arn'],
        ['acme', 'cron(9 * * * ? *)', 'CollectCosts.Arn'],
        ['acme', 'cron(12,27,42,57 * * * ? *)', 'CheckBudgets.Arn'],
        ['acme', 'cron(14 7 * * ? *)', 'Heartbeat.Arn'],
      ].map(([id, expression, arn]) => {
        const key = arn?.startsWith('Collect') ? `,"adminKeySecretId":"openai-budget-alerts/${id}"` : '';
        return [expression, arn, `{"organization":"${id}","tick":"<aws.scheduler.scheduled-time>"${key}}`];
      }),
    );
  });

  it('is in a group of its own, in UTC, without a flexible window, and given up after a quarter of an hour', () => {
    expect(ofType('AWS::Scheduler::ScheduleGroup')).toHaveLength(1);
    for (const { GroupName, ScheduleExpressionTimezone, FlexibleTimeWindow, State, Target } of schedules) {
      expect([GroupName, ScheduleExpressionTimezone, FlexibleTimeWindow, State]).toEqual([
        'ScheduleGroup',
        'UTC',
        { Mode: 'OFF' },
        undefined,
      ]);
      expect(Target.RetryPolicy).toEqual({ MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 900 });
      expect(Target.DeadLetterConfig).toEqual({ Arn: 'DeadLetterQueue.Arn' });
      expect(Target.RoleArn).toBe('SchedulerRole.Arn');
    }
  });
});

/** The first four bytes of each id's SHA-256, taken modulo 15 outside of this program. */
const MINUTES = [
  { organization: 'default', minute: 9 },
  { organization: 'acme', minute: 7 },
  { organization: 'org_2', minute: 2 },
  { organization: 'org-106', minute: 0 },
  { organization: 'org-1', minute: 12 },
  { organization: 'org-100', minute: 14 },
];

describe('the minute of an organization', () => {
  it.each(MINUTES)('$organization: $minute', ({ organization, minute }) => {
    expect(scheduleMinute(organization)).toBe(minute);
  });

  it.each([
    // m = 0, and m = 14, with which the last check of an hour is due in the next.
    { organization: 'org-106', usage: '0,15,30,45', costs: '2', check: '5,20,35,50' },
    { organization: 'org-100', usage: '14,29,44,59', costs: '16', check: '4,19,34,49' },
    { organization: 'org-115', usage: '10,25,40,55', costs: '12', check: '0,15,30,45' },
  ])('$organization reads usage at $usage, costs at $costs and checks at $check', (expected) => {
    const { organization, usage, costs, check } = expected;
    expect(scheduleExpression('collect-usage', organization)).toBe(`cron(${usage} * * * ? *)`);
    expect(scheduleExpression('collect-costs', organization)).toBe(`cron(${costs} * * * ? *)`);
    expect(scheduleExpression('check-budgets', organization)).toBe(`cron(${check} * * * ? *)`);
  });

  it('is followed by fewer of them an hour at a slower cadence, costs and heartbeat apart', () => {
    const minutes = (cadence: 30 | 60) =>
      (['collect-usage', 'check-budgets', 'collect-costs', 'heartbeat'] as const).map((name) =>
        scheduleExpression(name, 'default', cadence),
      );
    expect(minutes(30)).toEqual([
      'cron(9,39 * * * ? *)',
      'cron(14,44 * * * ? *)',
      'cron(11 * * * ? *)',
      'cron(16 7 * * ? *)',
    ]);
    expect(minutes(60)).toEqual([
      'cron(9 * * * ? *)',
      'cron(14 * * * ? *)',
      'cron(11 * * * ? *)',
      'cron(16 7 * * ? *)',
    ]);
  });

  it('spreads organizations over the quarter of an hour', () => {
    const minutes = Array.from({ length: 300 }, (_, position) => scheduleMinute(`org-${position}`));
    expect(new Set(minutes).size).toBe(15);
  });

  it('lets every check come 5 minutes after a usage, and a quarter of an hour after the check before', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/), (organization) => {
        const usage = minutesOf(scheduleExpression('collect-usage', organization));
        const check = minutesOf(scheduleExpression('check-budgets', organization));
        expect(check).toHaveLength(4);
        expect(new Set(check.map((minute) => (minute + 55) % 60))).toEqual(new Set(usage));
        for (const minutes of [usage, check]) {
          expect(minutes).toEqual([0, 15, 30, 45].map((quarter) => (minutes[0] ?? Number.NaN) + quarter));
        }
      }),
    );
  });
});

function minutesOf(expression: string): number[] {
  const [, minutes = ''] = /^cron\(([\d,]+) \* \* \* \? \*\)$/.exec(expression) ?? [];
  return minutes.split(',').map(Number);
}
