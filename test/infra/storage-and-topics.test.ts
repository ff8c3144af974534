// What keeps data and what passes it on: tables, topics with their subscribers, the dead-letter queue.
import { RemovalPolicy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { type IamRequest, passes } from './iam-policy.ts';
import { EXAMPLE, type Synthesized, synthesizedStack, WITH_SLACK } from './synthesized.ts';

const slack = synthesizedStack(WITH_SLACK);

function subscriptionsOf({ ofType }: Synthesized): string[] {
  return ofType('AWS::SNS::Subscription').map(
    ({ properties: { Protocol, Endpoint, TopicArn } }) => `${TopicArn} ${Protocol} ${Endpoint}`,
  );
}

function policyOf(type: string, logicalId: string) {
  return slack.ofType(type).find((resource) => resource.logicalId === logicalId)?.properties.PolicyDocument;
}

describe('a table', () => {
  it('is keyed by two strings, paid for by the request, recoverable, and outlives the stack', () => {
    const table = (expiry: object) => ({
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: false,
      ...expiry,
    });
    const expiring = { TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } };
    expect(
      slack
        .ofType('AWS::DynamoDB::Table')
        .map((found) => [found.logicalId, found.properties, found.deletionPolicy, found.updateReplacePolicy]),
    ).toEqual([
      ['BudgetsTable', table({}), 'Retain', 'Retain'],
      ['SpendTable', table(expiring), 'Retain', 'Retain'],
      ['LedgerTable', table(expiring), 'Retain', 'Retain'],
    ]);
  });

  it('goes with the stack, or cannot be deleted at all, if told so', () => {
    const tables = (config: object) =>
      synthesizedStack({ ...EXAMPLE, ...config }).ofType('AWS::DynamoDB::Table');
    expect(
      tables({ removalPolicy: RemovalPolicy.DESTROY }).map(({ deletionPolicy }) => deletionPolicy),
    ).toEqual(['Delete', 'Delete', 'Delete']);
    expect(
      tables({ deletionProtection: true }).map(({ properties }) => properties.DeletionProtectionEnabled),
    ).toEqual([true, true, true]);
  });
});

describe('the subscribers', () => {
  it('of alerts hear of operations too, unless others are named', () => {
    expect(subscriptionsOf(synthesizedStack(EXAMPLE))).toEqual([
      'AlertsTopic email ann@example.com',
      'OperationsTopic email ann@example.com',
    ]);
    const operationsEmail = ['ops@example.com', 'ops@example.com'];
    expect(subscriptionsOf(synthesizedStack({ ...EXAMPLE, operationsEmail }))).toEqual([
      'AlertsTopic email ann@example.com',
      'OperationsTopic email ops@example.com',
    ]);
    expect(subscriptionsOf(synthesizedStack({ organizations: [{ id: 'default' }] }))).toEqual([]);
  });

  it.each(['', 'ann', 'ann@', 'ann@example.com, bob@example.com'])(
    'cannot have the address "%s"',
    (address) => {
      expect(() => synthesizedStack({ ...EXAMPLE, email: [address] })).toThrow(/^Not an e-mail address: "/);
    },
  );

  it('are joined by Slack for every alert, with the queue for what SNS cannot hand over', () => {
    expect(subscriptionsOf(slack)).toContain('AlertsTopic lambda PostToSlack.Arn');
    const lambda = slack
      .ofType('AWS::SNS::Subscription')
      .find(({ properties }) => properties.Protocol === 'lambda');
    expect(lambda?.properties.RedrivePolicy).toEqual({ deadLetterTargetArn: 'DeadLetterQueue.Arn' });
    expect(lambda?.properties).not.toHaveProperty('FilterPolicy');
    expect(slack.ofType('AWS::Lambda::Permission').map(({ properties }) => properties)).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: 'PostToSlack.Arn',
        Principal: 'sns.amazonaws.com',
        SourceArn: 'AlertsTopic',
      },
    ]);
  });
});

describe('without TLS', () => {
  const plain: Pick<IamRequest, 'context'> = {
    context: {
      'aws:SecureTransport': 'false',
      'aws:SourceAccount': '111122223333',
      'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:any',
    },
  };
  const publishing = { service: 'cloudwatch.amazonaws.com', action: 'sns:Publish' };

  it('nobody publishes', () => {
    for (const topic of ['AlertsTopic', 'OperationsTopic']) {
      const request = { ...publishing, ...plain, resource: topic };
      const document = policyOf('AWS::SNS::TopicPolicy', `${topic}Policy`);
      expect(passes(document, request)).toBe(false);
      expect(document.Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
  });

  it('nobody uses the queue', () => {
    const sending = {
      service: 'sns.amazonaws.com',
      action: 'sqs:SendMessage',
      resource: 'DeadLetterQueue.Arn',
    };
    const document = policyOf('AWS::SQS::QueuePolicy', 'DeadLetterQueuePolicy');
    const context = { 'aws:SourceArn': 'AlertsTopic' };
    const secure = { ...context, 'aws:SecureTransport': 'true' };
    const insecure = { ...context, 'aws:SecureTransport': 'false' };
    expect(passes(document, { ...sending, context: secure })).toBe(true);
    expect(passes(document, { ...sending, context: insecure })).toBe(false);
  });
});

describe('the alerts topic', () => {
  it('lets no service publish: alerts come from the check alone', () => {
    const { Statement } = policyOf('AWS::SNS::TopicPolicy', 'AlertsTopicPolicy');
    expect(Statement.map(({ Effect }: { readonly Effect: string }) => Effect)).toEqual(['Deny']);
  });
});

describe('the operations topic', () => {
  const own = {
    'aws:SecureTransport': 'true',
    'aws:SourceAccount': '111122223333',
    'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:any',
  };

  it.each([
    { who: "this account's alarms", context: own, may: true },
    { who: "another account's alarms", context: { ...own, 'aws:SourceAccount': '999900001111' }, may: false },
    {
      who: 'whatever else CloudWatch does',
      context: { ...own, 'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:111122223333:insight-rule/any' },
      may: false,
    },
  ])('lets $who publish: $may', ({ context, may }) => {
    const document = policyOf('AWS::SNS::TopicPolicy', 'OperationsTopicPolicy');
    const request = {
      service: 'cloudwatch.amazonaws.com',
      action: 'sns:Publish',
      resource: 'OperationsTopic',
    };
    expect(passes(document, { ...request, context })).toBe(may);
  });
});

describe('the dead-letter queue', () => {
  const fromTopic = (topic: string): IamRequest => ({
    service: 'sns.amazonaws.com',
    action: 'sqs:SendMessage',
    resource: 'DeadLetterQueue.Arn',
    context: { 'aws:SecureTransport': 'true', 'aws:SourceArn': topic },
  });

  it('takes what SNS cannot hand over from the topics whose subscriptions name it, and from no other', () => {
    const stack = synthesizedStack({
      ...WITH_SLACK,
      routes: {
        oncall: { https: ['https://example.com/'] },
        search: { amazonQ: {}, slack: { webhookSecretName: 'hook' } },
        mail: { email: ['ann@example.com'] },
      },
    });
    const [policy] = stack.ofType('AWS::SQS::QueuePolicy');
    const topics = stack.ofType('AWS::SNS::Topic').map(({ logicalId }) => logicalId);
    const redriving = stack
      .ofType('AWS::SNS::Subscription')
      .filter(({ properties }) => properties.RedrivePolicy !== undefined);
    const own = ['AlertsTopic', 'RouteoncallTopic', 'RoutesearchTopic'];
    expect([...new Set(redriving.map(({ properties }) => properties.TopicArn))].sort()).toEqual(own);
    for (const { properties } of redriving) {
      expect(properties.RedrivePolicy).toEqual({ deadLetterTargetArn: 'DeadLetterQueue.Arn' });
    }
    const letIn = topics.filter((topic) => passes(policy?.properties.PolicyDocument, fromTopic(topic)));
    expect(letIn.sort()).toEqual(own);
  });

  it('lets nobody in who has nothing to hand over', () => {
    const [policy] = synthesizedStack(EXAMPLE).ofType('AWS::SQS::QueuePolicy');
    const { Statement } = policy?.properties.PolicyDocument ?? {};
    expect(Statement.map(({ Effect }: { readonly Effect: string }) => Effect)).toEqual(['Deny']);
  });

  it('has a policy that SQS takes, however many routes there are and however long their names', () => {
    const route = {
      email: ['ann@example.com'],
      https: ['https://example.com/'],
      slack: { webhookSecretName: 'hook' },
    };
    const names = Array.from({ length: 20 }, (_, index) => `route-${index}`);
    const routes = Object.fromEntries(names.map((name) => [name, route]));
    const [policy] = synthesizedStack({ ...WITH_SLACK, routes }).ofType('AWS::SQS::QueuePolicy');
    const document = JSON.stringify(policy?.properties.PolicyDocument);
    const longest = (service: string, characters: number) =>
      `arn:aws-us-gov:${service}:ap-southeast-2:111122223333:${'x'.repeat(characters)}`;
    const topic = /"(AlertsTopic|Routeroute\d+Topic)"/g;
    expect(document.match(topic)).toHaveLength(21);
    const atMost = document
      .replaceAll(topic, `"${longest('sns', 256)}"`)
      .replaceAll('DeadLetterQueue.Arn', longest('sqs', 80));
    // docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
    expect(policy?.properties.PolicyDocument.Statement.length).toBeLessThanOrEqual(20);
    expect(Buffer.byteLength(atMost)).toBeLessThanOrEqual(8_192);
  });

  it('is encrypted and keeps what it gets for two weeks', () => {
    expect(slack.ofType('AWS::SQS::Queue').map(({ properties }) => properties)).toEqual([
      { MessageRetentionPeriod: 14 * 24 * 60 * 60, SqsManagedSseEnabled: true },
    ]);
  });
});
