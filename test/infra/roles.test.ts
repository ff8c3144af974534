// What each role may do, literally: nothing of CDK's own making, nothing wide, nothing that the code does not call.
import { describe, expect, it } from 'vitest';
import { listOf, type Statement } from './iam-policy.ts';
import { FULL, type Synthesized, synthesizedStack } from './synthesized.ts';

const synthesizedFull = synthesizedStack(FULL);
const { resources, ofType } = synthesizedFull;

interface NamedStatement extends Statement {
  readonly Sid: string;
}

function statementsOf(role: string, synthesized: Synthesized = synthesizedFull): NamedStatement[] {
  const found = synthesized.ofType('AWS::IAM::Role').find(({ logicalId }) => logicalId === role);
  return found?.properties.Policies.flatMap(
    (policy: { readonly PolicyDocument: { readonly Statement: NamedStatement[] } }) =>
      policy.PolicyDocument.Statement,
  );
}

/** `Sid` → what on what, so that a whole role can be read at once. */
function permissionsOf(role: string, synthesized = synthesizedFull): Record<string, string> {
  return Object.fromEntries(
    statementsOf(role, synthesized).map(({ Sid, Effect, Action, Resource, Condition }) => {
      expect([Effect, Condition]).toEqual(['Allow', undefined]);
      return [Sid, `${listOf(Action).join(' ')} on ${listOf(Resource).join(' ')}`];
    }),
  );
}

const SECRETS = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret';

describe('a function may do', () => {
  it.each(['CollectUsage', 'CollectCosts'])('%s: read budgets, keep spend, read admin keys', (name) => {
    expect(permissionsOf(`${name}Role`)).toEqual({
      ReadBudgets: 'dynamodb:Query on BudgetsTable.Arn',
      KeepSpend: 'dynamodb:GetItem dynamodb:Query dynamodb:PutItem dynamodb:DeleteItem on SpendTable.Arn',
      ReadAdminKeys: `secretsmanager:GetSecretValue on ${SECRETS}:openai-budget-alerts/default-??????`,
      WriteLog: `logs:CreateLogStream logs:PutLogEvents on ${name}Log.Arn`,
      HandOverWhatFailed: 'sqs:SendMessage on DeadLetterQueue.Arn',
    });
  });

  it('CheckBudgets: read budgets and spend, keep the ledger, publish; and read no secret', () => {
    expect(permissionsOf('CheckBudgetsRole')).toEqual({
      ReadBudgets: 'dynamodb:Query on BudgetsTable.Arn',
      ReadSpend: 'dynamodb:GetItem dynamodb:Query on SpendTable.Arn',
      KeepLedger: 'dynamodb:Query dynamodb:GetItem dynamodb:PutItem on LedgerTable.Arn',
      Announce: 'sns:GetTopicAttributes sns:Publish on AlertsTopic RouteoncallTopic',
      TellOperations: 'sns:GetTopicAttributes sns:Publish on OperationsTopic',
      WriteLog: 'logs:CreateLogStream logs:PutLogEvents on CheckBudgetsLog.Arn',
      HandOverWhatFailed: 'sqs:SendMessage on DeadLetterQueue.Arn',
    });
  });

  it('Heartbeat: look at everything, say a sign of life, keep the notices; and read no secret', () => {
    expect(permissionsOf('HeartbeatRole')).toEqual({
      ReadBudgets: 'dynamodb:Query on BudgetsTable.Arn',
      ReadKeyExpiry: 'dynamodb:GetItem on SpendTable.Arn',
      KeepLedger: 'dynamodb:Query dynamodb:GetItem dynamodb:PutItem on LedgerTable.Arn',
      SeeWhoListens: 'sns:GetTopicAttributes on AlertsTopic RouteoncallTopic',
      SignOfLife: 'sns:Publish on AlertsTopic',
      TellOperations: 'sns:GetTopicAttributes sns:Publish on OperationsTopic',
      WriteLog: 'logs:CreateLogStream logs:PutLogEvents on HeartbeatLog.Arn',
      HandOverWhatFailed: 'sqs:SendMessage on DeadLetterQueue.Arn',
    });
  });

  it('SeedBudgets: read and write budgets, and nothing else; remove them only where a deployment prunes', () => {
    expect(permissionsOf('SeedBudgetsRole')).toEqual({
      KeepBudgets: 'dynamodb:Query dynamodb:GetItem dynamodb:PutItem on BudgetsTable.Arn',
      WriteLog: 'logs:CreateLogStream logs:PutLogEvents on SeedBudgetsLog.Arn',
      HandOverWhatFailed: 'sqs:SendMessage on DeadLetterQueue.Arn',
    });
    const organizations = FULL.organizations.map((organization) => ({ ...organization, pruneBudgets: true }));
    const pruning = synthesizedStack({ ...FULL, organizations });
    expect(permissionsOf('SeedBudgetsRole', pruning)).toMatchObject({
      PruneBudgets: 'dynamodb:DeleteItem on BudgetsTable.Arn',
    });
  });

  it('PostToSlack: read its webhook, whatever six characters end its ARN, and nothing else', () => {
    expect(permissionsOf('PostToSlackRole')).toEqual({
      ReadWebhook: `secretsmanager:GetSecretValue on ${SECRETS}:hook-??????`,
      WriteLog: 'logs:CreateLogStream logs:PutLogEvents on PostToSlackLog.Arn',
      HandOverWhatFailed: 'sqs:SendMessage on DeadLetterQueue.Arn',
    });
  });

  it('PublishToAmazonQ: see whether a channel listens to its topic, publish on it, and nothing else', () => {
    expect(permissionsOf('PublishToAmazonQRole')).toEqual({
      HandOn: 'sns:GetTopicAttributes sns:Publish on AmazonQTopic',
      WriteLog: 'logs:CreateLogStream logs:PutLogEvents on PublishToAmazonQLog.Arn',
      HandOverWhatFailed: 'sqs:SendMessage on DeadLetterQueue.Arn',
    });
  });
});

describe('the scheduler', () => {
  it('may start the functions that have schedules and hand over what it could not start', () => {
    expect(permissionsOf('SchedulerRole')).toEqual({
      StartFunctions:
        'lambda:InvokeFunction on CollectUsage.Arn CollectCosts.Arn CheckBudgets.Arn Heartbeat.Arn SendDigest.Arn',
      HandOverWhatNeverStarted: 'sqs:SendMessage on DeadLetterQueue.Arn',
    });
  });

  it('may do so for the schedules of this group alone', () => {
    const role = ofType('AWS::IAM::Role').find(({ logicalId }) => logicalId === 'SchedulerRole');
    expect(role?.properties.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'scheduler.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333', 'aws:SourceArn': 'ScheduleGroup.Arn' },
        },
      },
    ]);
  });
});

describe('nobody', () => {
  const roles = ofType('AWS::IAM::Role');
  const allowed = roles.flatMap(({ logicalId }) => statementsOf(logicalId));

  it('may scan a table, or do whatever an action with a wildcard turns out to be', () => {
    expect(roles).toHaveLength(9);
    const actions = allowed.flatMap(({ Action }) => listOf(Action));
    expect(actions.filter((action) => action.includes('*') || action.endsWith(':Scan'))).toEqual([]);
  });

  it('may do anything to everything: no resource has a wildcard but for the six characters that end a secret', () => {
    const wide = allowed.flatMap(({ Resource }) => listOf(Resource)).filter((arn) => arn.includes('*'));
    expect(wide).toEqual([]);
    const open = allowed.flatMap(({ Resource }) => listOf(Resource)).filter((arn) => arn.includes('?'));
    expect([...new Set(open)]).toEqual([
      `${SECRETS}:openai-budget-alerts/default-??????`,
      `${SECRETS}:hook-??????`,
    ]);
  });

  it('deletes anything but spend', () => {
    const deleting = allowed.filter(({ Action }) =>
      listOf(Action).some((action) => action.includes('Delete')),
    );
    expect(deleting.map(({ Sid }) => Sid)).toEqual(['KeepSpend', 'KeepSpend']);
  });

  it('has a policy that was not written here, managed or attached by CDK', () => {
    expect(roles.filter(({ properties }) => 'ManagedPolicyArns' in properties)).toEqual([]);
    expect(resources.filter(({ type }) => /^AWS::IAM::.*Policy$/.test(type))).toEqual([]);
  });
});
