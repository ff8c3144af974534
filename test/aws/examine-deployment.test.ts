// Topics on an SNS of this machine, and secrets and templates of a scripted AWS, as the doctor sees them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askForSecret } from '../../lib/aws/ask-for-secret.ts';
import { readDeployedSecrets } from '../../lib/aws/deployed-secrets.ts';
import { examineTopic } from '../../lib/aws/examine-topic.ts';
import { examineWebhook } from '../../lib/webhook/examine-webhook.ts';
import { SLACK } from '../../lib/webhook/slack.ts';
import { type ScriptedAws, startScriptedAws } from '../fakes/scripted-aws.ts';
import { startLocalSns } from './local-sns.ts';

const TOPIC = { check: 'route.oncall', carries: 'alerts on the route oncall' };

describe('a topic', () => {
  it('that somebody hears is fine', async () => {
    await using sns = await startLocalSns();
    const { client, topicArn } = sns;
    expect(await examineTopic({ ...TOPIC, topicArn, client })).toEqual([
      { check: 'route.oncall', state: 'ok', message: '1 confirmed subscription.', fix: null },
    ]);
  });

  it('that nobody hears, or that is not there, is a failure', async () => {
    await using sns = await startLocalSns();
    const { client } = sns;
    const topicArn = await sns.createTopic('silent');
    expect(await examineTopic({ ...TOPIC, topicArn, client })).toEqual([
      {
        check: 'route.oncall',
        state: 'failed',
        message: `Nobody hears alerts on the route oncall: ${topicArn} has no confirmed subscription.`,
        fix: expect.stringContaining('Add an address'),
      },
    ]);
    await sns.deleteTopic();
    const [missing] = await examineTopic({ ...TOPIC, topicArn: sns.topicArn, client });
    expect(missing).toMatchObject({
      state: 'failed',
      message: `There is no topic ${sns.topicArn}: nobody hears alerts on the route oncall.`,
      fix: expect.stringContaining('aws sns create-topic --name alerts'),
    });
  });
});

describe('on a scripted AWS', () => {
  let aws: ScriptedAws;
  beforeEach(async () => {
    aws = await startScriptedAws();
  });
  afterEach(() => aws[Symbol.asyncDispose]());

  const topicArn = 'arn:aws:sns:us-east-1:111122223333:alerts';
  const attributes = (confirmed: number, pending: number) =>
    `<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes>${Object.entries({
      SubscriptionsConfirmed: confirmed,
      SubscriptionsPending: pending,
    })
      .map(([key, value]) => `<entry><key>${key}</key><value>${value}</value></entry>`)
      .join('')}</Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>`;
  const queryError = (code: string) => ({
    status: 403,
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
  });

  it('a topic says how many have been asked and have not confirmed', async () => {
    aws.answer = () => ({ body: attributes(0, 2) });
    const [silent] = await examineTopic({ ...TOPIC, topicArn });
    expect(silent).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('no confirmed subscription, 2 not confirmed yet.'),
      // Who follows the mail's link leaves the subscription to be ended by anybody who has a later mail.
      fix: expect.stringMatching(/^(?!.*link).*as step 6 of docs\/deploy\.md says/),
    });
    // AWS has forgotten an unconfirmed one after 48 hours: it can neither be deleted nor comes back by a deployment.
    expect(silent?.fix).toMatch(
      new RegExp(
        `48 hours.*aws sns subscribe --topic-arn ${topicArn} --protocol email --notification-endpoint`,
      ),
    );
    aws.answer = () => ({ body: attributes(1, 2) });
    expect((await examineTopic({ ...TOPIC, topicArn }))[0]).toMatchObject({
      state: 'ok',
      message: '1 confirmed subscription, 2 not confirmed yet.',
    });
  });

  it('a topic that may not be looked at is skipped', async () => {
    aws.answer = () => queryError('AuthorizationError');
    expect((await examineTopic({ ...TOPIC, topicArn }))[0]).toMatchObject({
      state: 'skipped',
      fix: expect.stringContaining('sns:GetTopicAttributes'),
    });
  });

  const secretError = (type: string) => ({
    status: 400,
    body: JSON.stringify({ __type: type, message: 'sk-admin-not-to-be-shown' }),
  });

  it.each([
    [
      'ResourceNotFoundException',
      'There is no secret openai/key.',
      'aws secretsmanager create-secret --name openai/key',
    ],
    [
      'InvalidRequestException',
      'The secret openai/key is marked for deletion.',
      'aws secretsmanager restore-secret --secret-id openai/key',
    ],
    ['InternalServiceError', 'could not be read (InternalServiceError)', 'Check the network'],
  ])('a secret that ends in %s says what to do', async (type, message, fix) => {
    aws.answer = () => secretError(type);
    const answer = await askForSecret('openai/key', 'sk-admin-…');
    expect(answer).toEqual({
      outcome: 'unusable',
      message: expect.stringContaining(message),
      fix: expect.stringContaining(fix),
    });
    expect(JSON.stringify(answer)).not.toContain('not-to-be-shown');
  });

  it('a secret that one may not read is no fault of the secret’s', async () => {
    aws.answer = () => secretError('AccessDeniedException');
    expect((await askForSecret('openai/key', 'x')).outcome).toBe('not-allowed');
  });

  it('a secret that is empty is unusable, and one that is not is read without the blanks around it', async () => {
    aws.answer = () => ({ body: JSON.stringify({ SecretString: ' \n' }) });
    expect(await askForSecret('openai/key', 'x')).toMatchObject({
      message: 'The secret openai/key is empty.',
    });
    aws.answer = () => ({ body: JSON.stringify({ SecretString: ' value\n' }) });
    expect(await askForSecret('openai/key', 'x')).toEqual({ outcome: 'read', value: 'value' });
  });

  const lambda = (variables: object) => ({
    Type: 'AWS::Lambda::Function',
    Properties: { Environment: { Variables: variables } },
  });
  const schedule = (input: unknown) => ({
    Type: 'AWS::Scheduler::Schedule',
    Properties: { Target: { Input: input } },
  });
  const withTemplate = (resources: object) => {
    const body = JSON.stringify({ Resources: resources }).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    aws.answer = ({ action, body: asked }) => {
      if (action === 'GetTemplate') {
        const result = `<GetTemplateResult><TemplateBody>${body}</TemplateBody></GetTemplateResult>`;
        return { body: `<GetTemplateResponse>${result}</GetTemplateResponse>` };
      }
      const id = new URLSearchParams(asked).get('LogicalResourceId');
      if (action !== 'DescribeStackResource' || id === 'Parameter') return queryError('ValidationError');
      const detail = `<StackResourceDetail><PhysicalResourceId>physical-${id}</PhysicalResourceId></StackResourceDetail>`;
      const result = `<DescribeStackResourceResult>${detail}</DescribeStackResourceResult>`;
      return { body: `<DescribeStackResourceResponse>${result}</DescribeStackResourceResponse>` };
    };
  };
  const found = () => readDeployedSecrets('Budgets', 'acme', topicArn);

  it.each<[string, object, string]>([
    [
      'the event of its own collects',
      {
        Theirs: schedule('{"organization":"other","tick":"<t>","adminKeySecretId":"theirs"}'),
        Ours: schedule('{"organization":"acme","tick":"<t>","adminKeySecretId":"ours & nobody else’s"}'),
      },
      'ours & nobody else’s',
    ],
    [
      'an event with a secret of the stack itself',
      {
        Ours: schedule({
          'Fn::Join': ['', ['{"organization":"acme","adminKeySecretId":"', { Ref: 'Key' }, '"}']],
        }),
      },
      'physical-Key',
    ],
    [
      'an event with a secret of this region',
      {
        Ours: schedule({
          'Fn::Join': [
            '',
            [
              '{"organization":"acme","adminKeySecretId":"arn:',
              { Ref: 'AWS::Partition' },
              ':secretsmanager:',
              { Ref: 'AWS::Region' },
              ':',
              { Ref: 'AWS::AccountId' },
              ':secret:key"}',
            ],
          ],
        }),
      },
      'arn:aws:secretsmanager:us-east-1:111122223333:secret:key',
    ],
  ])('the admin key’s secret is named by %s', async (_, resources, expected) => {
    withTemplate(resources);
    expect(await found()).toMatchObject({ adminKey: expected, isAdminKeyKnown: true });
  });

  it('the admin key’s secret is guessed, and said to be, where nothing names it', async () => {
    const guessed = { adminKey: 'openai-budget-alerts/acme', isAdminKeyKnown: false };
    withTemplate({ Collect: lambda({ ADMIN_KEY_SECRET_PREFIX: { 'Fn::ImportValue': 'x' } }) });
    expect(await found()).toEqual({ ...guessed, webhooks: [] });
    withTemplate({ Collect: lambda({ ADMIN_KEY_SECRET_PREFIX: { Ref: 'Parameter' } }) });
    expect(await found()).toEqual({ ...guessed, webhooks: [] });
    aws.answer = () => queryError('AccessDenied');
    expect(await found()).toEqual({ ...guessed, webhooks: null });
  });

  it('the admin key’s secret is not known where two constructs of the stack name one each', async () => {
    const collect = (key: string) => schedule(`{"organization":"acme","adminKeySecretId":"${key}"}`);
    withTemplate({ Costs: collect('one'), Usage: collect('one') });
    expect(await found()).toMatchObject({ adminKey: 'one', isAdminKeyKnown: true });
    withTemplate({ Costs: collect('one'), Usage: collect('one'), Theirs: collect('two') });
    expect(await found()).toMatchObject({ isAdminKeyKnown: false });
  });

  it('every function that posts to Slack is found, with its secret or without', async () => {
    withTemplate({
      PostToSlack: lambda({ WEBHOOK_CHANNEL: 'slack', WEBHOOK_SECRET_ID: 'webhook' }),
      RoutePostToSlack: lambda({ WEBHOOK_CHANNEL: 'slack', WEBHOOK_SECRET_ID: { 'Fn::ImportValue': 'x' } }),
      Check: lambda({ STACK_NAME: 'Budgets' }),
    });
    expect((await found()).webhooks).toEqual([
      { channel: 'slack', logicalId: 'PostToSlack', secretId: 'webhook' },
      { channel: 'slack', logicalId: 'RoutePostToSlack', secretId: null },
    ]);
  });
});

describe('a webhook', () => {
  it('is examined by its address alone, which is never shown', () => {
    const examined = (value: string) =>
      examineWebhook('slack', 'the secret hook', { outcome: 'read', value }, SLACK);
    expect(examined('https://hooks.slack.com/services/T/B/tokenXYZ').state).toBe('ok');
    for (const value of [
      'http://hooks.slack.com/services/T/B/tokenXYZ',
      'https://hooks.slack.com.evil.example/services/T/B/tokenXYZ',
      '{"url":"https://hooks.slack.com/services/T/B/tokenXYZ"}',
    ]) {
      const found = examined(value);
      expect(found).toMatchObject({
        state: 'failed',
        message: 'the secret hook does not hold the https address of a Slack webhook.',
        fix: expect.stringContaining('https://hooks.slack.com/services/T.../B.../...'),
      });
      expect(JSON.stringify(found)).not.toContain('tokenXYZ');
    }
  });
});
