// What an app brings along: a key, a topic, tables; and what the construct lets others do.
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { OpenAiBudgetAlerts } from '../../infra/open-ai-budget-alerts.ts';
import { muteAlarms } from './alarm-path.ts';
import { listOf, type PolicyDocument, passes, type Statement } from './iam-policy.ts';
import {
  ACCOUNT,
  emptyStack,
  organizationIn,
  type Synthesized,
  synthesizedConstructs,
  templateOf,
} from './synthesized.ts';

const ARN = 'eu-west-1:111122223333';
const EVERY_ROLE = ['CollectUsage', 'CollectCosts', 'CheckBudgets', 'Heartbeat', 'Scheduler'];

function statementsOf(role: string, { ofType }: Synthesized): (Statement & { readonly Sid: string })[] {
  const found = ofType('AWS::IAM::Role').find(({ logicalId }) => logicalId === `Alerts0${role}Role`);
  return (found?.properties.Policies ?? []).flatMap(
    (policy: { readonly PolicyDocument: { readonly Statement: unknown[] } }) =>
      policy.PolicyDocument.Statement,
  );
}

describe("a customer's key", () => {
  const synthesized = synthesizedConstructs((scope) => ({
    organizations: [organizationIn(scope)],
    email: ['ann@example.com'],
    encryptionKey: new Key(scope, 'Key'),
  }));
  const { resources, ofType } = synthesized;

  it('encrypts tables, topics and the queue', () => {
    for (const { properties } of ofType('AWS::DynamoDB::Table')) {
      expect(properties.SSESpecification).toEqual({
        KMSMasterKeyId: 'Props0Key.Arn',
        SSEEnabled: true,
        SSEType: 'KMS',
      });
    }
    expect(ofType('AWS::SNS::Topic').map(({ properties }) => properties.KmsMasterKeyId)).toEqual([
      'Props0Key.Arn',
      'Props0Key.Arn',
    ]);
    expect(ofType('AWS::SQS::Queue').map(({ properties }) => properties.KmsMasterKeyId)).toEqual([
      'Props0Key.Arn',
    ]);
  });

  it('lets alarms speak through it, and SNS put dead letters away, for this account alone', () => {
    expect(muteAlarms(resources)).toEqual([]);
    const [key] = ofType('AWS::KMS::Key');
    const document = key?.properties.KeyPolicy as PolicyDocument;
    for (const service of ['cloudwatch.amazonaws.com', 'sns.amazonaws.com']) {
      for (const action of ['kms:Decrypt', 'kms:GenerateDataKey']) {
        const request = { service, action, resource: '*' };
        expect(passes(document, { ...request, context: { 'aws:SourceAccount': ACCOUNT } })).toBe(true);
        expect(passes(document, { ...request, context: { 'aws:SourceAccount': '999900001111' } })).toBe(
          false,
        );
      }
    }
  });

  it.each(EVERY_ROLE)('is used by %s by way of what it may use anyhow', (role) => {
    const own = statementsOf(role, synthesized).filter(({ Sid }) => Sid === 'UseKeys');
    expect(own).toEqual([
      {
        Sid: 'UseKeys',
        Effect: 'Allow',
        Action: [
          'kms:Decrypt',
          'kms:DescribeKey',
          'kms:Encrypt',
          'kms:GenerateDataKey',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
        ],
        Resource: 'Props0Key.Arn',
        Condition: {
          StringEquals: {
            'kms:ViaService': ['dynamodb', 'sns', 'sqs'].map((name) => `${name}.eu-west-1.amazonaws.com`),
          },
        },
      },
    ]);
  });

  it('of another app is left as it is, with a warning that says what its policy must allow', () => {
    const stack = emptyStack();
    new OpenAiBudgetAlerts(stack, 'Alerts', {
      organizations: [organizationIn(stack)],
      encryptionKey: Key.fromKeyArn(
        stack,
        'Key',
        `arn:aws:kms:${ARN}:key/11111111-2222-3333-4444-555566667777`,
      ),
    });
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('no alarm can speak'));
  });
});

describe('a topic that exists', () => {
  const topicArn = `arn:aws:sns:${ARN}:theirs`;
  const synthesized = synthesizedConstructs((scope) => ({
    organizations: [organizationIn(scope)],
    email: ['ann@example.com'],
    alertsTopic: Topic.fromTopicArn(scope, 'Theirs', topicArn),
  }));

  it('gets the alerts and the subscribers in place of one of our own, and keeps its policy', () => {
    const { ofType } = synthesized;
    expect(ofType('AWS::SNS::Topic').map(({ logicalId }) => logicalId)).toEqual(['Alerts0OperationsTopic']);
    expect(ofType('AWS::SNS::TopicPolicy').map(({ properties }) => properties.Topics)).toEqual([
      ['Alerts0OperationsTopic'],
    ]);
    expect(ofType('AWS::SNS::Subscription').map(({ properties }) => properties.TopicArn)).toEqual([
      topicArn,
      'Alerts0OperationsTopic',
    ]);
    const announce = statementsOf('CheckBudgets', synthesized).find(({ Sid }) => Sid === 'Announce');
    expect(announce?.Resource).toBe(topicArn);
  });
});

describe('tables that exist', () => {
  it('are used in place of our own, one by one, with the key that they are known to have', () => {
    const synthesized = synthesizedConstructs((scope) => ({
      organizations: [organizationIn(scope)],
      tables: {
        budgets: Table.fromTableAttributes(scope, 'Theirs', {
          tableArn: `arn:aws:dynamodb:${ARN}:table/theirs`,
          encryptionKey: Key.fromKeyArn(
            scope,
            'Key',
            `arn:aws:kms:${ARN}:key/11111111-2222-3333-4444-555566667777`,
          ),
        }),
      },
    }));
    expect(synthesized.ofType('AWS::DynamoDB::Table').map(({ logicalId }) => logicalId)).toEqual([
      'Alerts0SpendTable',
      'Alerts0LedgerTable',
    ]);
    const statements = statementsOf('CheckBudgets', synthesized);
    const resourceOf = (sid: string) => listOf(statements.find(({ Sid }) => Sid === sid)?.Resource);
    expect(resourceOf('ReadBudgets')).toEqual([`arn:aws:dynamodb:${ARN}:table/theirs`]);
    expect(resourceOf('UseKeys')).toEqual([`arn:aws:kms:${ARN}:key/11111111-2222-3333-4444-555566667777`]);
  });
});

describe('somebody who manages budgets', () => {
  it('may read, write and remove them, and nothing else', () => {
    const stack = emptyStack();
    const alerts = new OpenAiBudgetAlerts(stack, 'Alerts', { organizations: [organizationIn(stack)] });
    const role = new Role(stack, 'Team', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    alerts.grantManageBudgets(role);
    const policies = templateOf(stack).ofType('AWS::IAM::Policy');
    expect(policies.map(({ properties }) => properties.PolicyDocument.Statement)).toEqual([
      [
        {
          Effect: 'Allow',
          Action: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
          Resource: 'AlertsBudgetsTable.Arn',
        },
      ],
    ]);
  });
});
