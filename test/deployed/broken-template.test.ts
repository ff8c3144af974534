// That the test of the deployed system would notice: each mistake in the template makes its announcement fail.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { faultsOf } from './announcement.ts';
import { replacing, withoutResource, withProperty } from './broken-template.ts';
import { WITH_SLACK } from './configurations.ts';
import { type Synthesized, type SynthesizedStack, synthesize } from './synthesize.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let synthesized: Synthesized | undefined;
let stack: SynthesizedStack;

beforeAll(() => {
  synthesized = synthesize([WITH_SLACK]);
  const [only] = synthesized.stacks;
  if (only === undefined) throw new TypeError('a stack was asked for');
  stack = only;
});
afterAll(() => synthesized?.remove());

describe('the announcement fails', () => {
  const FUNCTION = 'AWS::Lambda::Function';
  const SUBSCRIPTION = 'AWS::SNS::Subscription';
  const SCHEDULE = 'AWS::Scheduler::Schedule';
  const ROLE = 'AWS::IAM::Role';
  const variable = (key: string) => ['Environment', 'Variables', key];
  const nothing = () => undefined;

  it.concurrent.each<[string, string, (whole: SynthesizedStack) => SynthesizedStack]>([
    [
      'without an environment variable of a function',
      'lacks LEDGER_TABLE_NAME',
      (whole) => withProperty(whole, FUNCTION, 'CheckBudgets', variable('LEDGER_TABLE_NAME'), nothing),
    ],
    [
      'with a blank environment variable',
      'lacks WEBHOOK_SECRET_ID',
      (whole) => withProperty(whole, FUNCTION, 'PostToSlack', variable('WEBHOOK_SECRET_ID'), () => ' '),
    ],
    [
      'with another admin key in the schedule than in the role',
      'openai-key-missing',
      (whole) =>
        withProperty(
          whole,
          SCHEDULE,
          'Schedulesdefaultcollectcosts',
          ['Target', 'Input'],
          replacing('openai-budget-alerts/default', 'other/default'),
        ),
    ],
    [
      'with a role that may not store the budgets of the stack',
      'could not be created: Access to the DynamoDB table',
      (whole) =>
        withProperty(
          whole,
          ROLE,
          'SeedBudgets',
          ['Policies'],
          replacing('dynamodb:PutItem', 'dynamodb:Scan'),
        ),
    ],
    [
      'with a role that may not publish',
      'dead letter',
      (whole) =>
        withProperty(whole, ROLE, 'CheckBudgets', ['Policies'], replacing('sns:Publish', 'sns:List')),
    ],
    [
      'with a scheduler that may not start functions',
      'dead letter',
      (whole) =>
        withProperty(whole, ROLE, 'SchedulerRole', ['Policies'], replacing('lambda:Invoke', 'lambda:List')),
    ],
    [
      'with a filter policy that lets nothing through to Slack',
      '0 posts to Slack',
      (whole) =>
        withProperty(whole, SUBSCRIPTION, 'PostToSlack', ['FilterPolicy'], () => ({ severity: ['none'] })),
    ],
    [
      'with a filter policy that lets nothing through to the e-mail',
      '0 e-mails',
      (whole) =>
        withProperty(whole, SUBSCRIPTION, 'AlertsTopic', ['FilterPolicy'], () => ({ team: ['sales'] })),
    ],
    [
      "with a schedule's input that has no tick",
      'event-malformed',
      (whole) =>
        withProperty(
          whole,
          SCHEDULE,
          'Schedulesdefaultcollectusage',
          ['Target', 'Input'],
          replacing('scheduled-time', 'schedule-time'),
        ),
    ],
    [
      'with the input of another organization',
      '0 e-mails',
      (whole) =>
        withProperty(
          whole,
          SCHEDULE,
          'Schedulesdefaultcheckbudgets',
          ['Target', 'Input'],
          replacing('default', 'other'),
        ),
    ],
    [
      'with a schedule that is off',
      'does not name Support chatbot (daily)',
      (whole) => withProperty(whole, SCHEDULE, 'Schedulesdefaultcollectcosts', ['State'], () => 'DISABLED'),
    ],
    [
      "without Slack's subscription",
      '0 posts to Slack',
      (whole) => withoutResource(whole, SUBSCRIPTION, 'PostToSlack'),
    ],
    [
      'without the permission for SNS to invoke',
      'dead letter',
      (whole) => withoutResource(whole, 'AWS::Lambda::Permission', 'PostToSlack'),
    ],
    [
      'with another address in the e-mail subscription',
      'an e-mail to nobody@example.com',
      (whole) => withProperty(whole, SUBSCRIPTION, 'AlertsTopic', ['Endpoint'], () => 'nobody@example.com'),
    ],
  ])('%s', async (_, says, broken) => {
    const faults = await faultsOf(broken(stack));
    expect(faults.join('\n')).toContain(says);
  });
});
