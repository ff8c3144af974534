// Routes of a deployment: a topic for each name, subscribers behind their filter, and nobody who may not publish.
import { describe, expect, it } from 'vitest';
import type { DeploymentConfig } from '../../infra/deployment-config.ts';
import { STACK_OUTPUTS } from '../../lib/aws/deployment-names.ts';
import { EXAMPLE, synthesizedStack, WITH_SLACK } from './synthesized.ts';

const withRoutes = (routes: DeploymentConfig['routes']) =>
  synthesizedStack({ ...EXAMPLE, ...(routes !== undefined && { routes }) });

const stack = withRoutes({
  oncall: {
    email: ['oncall@example.com'],
    https: ['https://events.pagerduty.com/integration/0/enqueue'],
    filter: { severity: ['critical'], team: ['search', 'chat'] },
  },
  team: { email: ['team@example.com'] },
});

describe('a route', () => {
  it('is a topic of its own, over TLS only', () => {
    const topics = stack.ofType('AWS::SNS::Topic').map(({ logicalId }) => logicalId);
    expect(topics).toEqual(['AlertsTopic', 'OperationsTopic', 'RouteoncallTopic', 'RouteteamTopic']);
    expect(stack.ofType('AWS::SNS::TopicPolicy')).toHaveLength(4);
  });

  it('has its subscribers, each behind the filter', () => {
    const filter = { severity: ['critical'], team: ['search', 'chat'] };
    expect(
      stack
        .ofType('AWS::SNS::Subscription')
        .map(({ properties: { TopicArn, Endpoint, FilterPolicy } }) => [TopicArn, Endpoint, FilterPolicy]),
    ).toEqual([
      ['AlertsTopic', 'ann@example.com', undefined],
      ['OperationsTopic', 'ann@example.com', undefined],
      ['RouteoncallTopic', 'oncall@example.com', filter],
      ['RouteoncallTopic', 'https://events.pagerduty.com/integration/0/enqueue', filter],
      ['RouteteamTopic', 'team@example.com', undefined],
    ]);
  });

  it('is known to the command and to the functions by the same text', () => {
    const text = '{"oncall":"RouteoncallTopic","team":"RouteteamTopic"}';
    expect(stack.outputs[STACK_OUTPUTS.routeTopics]).toBe(text);
    const check = stack.ofType('AWS::Lambda::Function').find(({ logicalId }) => logicalId === 'CheckBudgets');
    expect(check?.properties.Environment.Variables.ROUTE_TOPICS).toBe(text);
  });

  it.each<[string, DeploymentConfig['routes'], string]>([
    ['of the default name', { default: {} }, 'exists already'],
    ['of a strange name', { 'on call': {} }, 'Not a name for a route: "on call"'],
    ['without TLS', { oncall: { https: ['http://example.com'] } }, 'Not an https address'],
    ['to no address', { oncall: { email: ['nobody'] } }, 'Not an e-mail address'],
    [
      'too many',
      Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`r${index}`, {}])),
      'use at most 20',
    ],
  ])('%s is refused', (_, routes, why) => {
    expect(() => withRoutes(routes)).toThrow(why);
  });
});

describe('a filter', () => {
  const filtering = (filter: Record<string, readonly string[]>) =>
    withRoutes({ oncall: { email: ['oncall@example.com'], filter } });

  it.each(['budgetId', 'projectId'])('on %s is refused: alerts in company would pass it by', (attribute) => {
    expect(() => filtering({ severity: ['critical'], [attribute]: ['search'] })).toThrow(
      new RegExp(
        `^The filter of the route "oncall" cannot be on ${attribute}: .*several alerts.*lost.*\`notify\`.*label`,
      ),
    );
  });

  it('on a route on which nobody listens yet is refused all the same', () => {
    expect(() => withRoutes({ quiet: { filter: { budgetId: ['search'] } } })).toThrow(
      'cannot be on budgetId',
    );
  });

  it.each([
    ['severity', 'crit', 'info, warning, critical'],
    ['severity', 'Critical', 'info, warning, critical'],
    ['kind', 'alerts', 'alert, test, heartbeat, digest'],
    ['kind', 'operations', 'alert, test, heartbeat, digest'],
  ])('that waits for the %s %s is refused, with those that there are', (attribute, value, good) => {
    expect(() => filtering({ [attribute]: [value] })).toThrow(
      `The filter of the route "oncall" waits for the ${attribute} "${value}", which no message on a route has: use ${good}.`,
    );
  });

  it('may name every kind and severity that goes on routes, and any label', () => {
    const filter = {
      kind: ['alert', 'test', 'heartbeat', 'digest'],
      severity: ['info', 'warning', 'critical'],
      team: ['whatever'],
    };
    const [subscription] = filtering(filter)
      .ofType('AWS::SNS::Subscription')
      .filter(({ properties }) => properties.TopicArn === 'RouteoncallTopic');
    expect(subscription?.properties.FilterPolicy).toEqual(filter);
  });
});

describe('Slack on a route', () => {
  const hook = { slack: { webhookSecretName: 'team-hook' } };
  const { ofType } = synthesizedStack({
    ...WITH_SLACK,
    routes: { oncall: { ...hook, filter: { severity: ['critical'] } }, search: hook, quiet: {} },
  });
  const posting = ofType('AWS::Lambda::Function').filter(
    ({ properties }) => 'WEBHOOK_SECRET_ID' in (properties.Environment?.Variables ?? {}),
  );

  it('reads the secret that the configuration names, which several routes may share', () => {
    expect(
      posting.map(({ logicalId, properties }) => [
        logicalId,
        properties.Environment.Variables.WEBHOOK_SECRET_ID,
      ]),
    ).toEqual([
      ['RouteoncallPostToSlack', 'team-hook'],
      ['RoutesearchPostToSlack', 'team-hook'],
      ['PostToSlack', 'hook'],
    ]);
  });

  it('posts what goes on its route and nothing else', () => {
    const subscriptions = ofType('AWS::SNS::Subscription')
      .filter(({ properties }) => properties.Protocol === 'lambda')
      .map(({ properties: { TopicArn, Endpoint, FilterPolicy } }) => [Endpoint, TopicArn, FilterPolicy]);
    expect(subscriptions.toSorted()).toEqual([
      ['PostToSlack.Arn', 'AlertsTopic', undefined],
      ['RouteoncallPostToSlack.Arn', 'RouteoncallTopic', { severity: ['critical'] }],
      ['RoutesearchPostToSlack.Arn', 'RoutesearchTopic', undefined],
    ]);
  });

  it('may read its own webhook only', () => {
    const secrets = posting.map(({ logicalId }) => {
      const role = ofType('AWS::IAM::Role').find((one) => one.logicalId === `${logicalId}Role`);
      const text = JSON.stringify(role?.properties);
      return [logicalId, [...text.matchAll(/:secret:([^"]+)"/g)].map(([, name]) => name)];
    });
    expect(secrets).toEqual([
      ['RouteoncallPostToSlack', ['team-hook-??????']],
      ['RoutesearchPostToSlack', ['team-hook-??????']],
      ['PostToSlack', ['hook-??????']],
    ]);
  });

  it('cannot be the secret of an admin key', () => {
    const slack = { webhookSecretName: 'openai-budget-alerts/default' };
    expect(() => withRoutes({ oncall: { slack } })).toThrow(
      /^Slack's webhook cannot be the secret "openai-budget-alerts\/default" that holds the admin key of default/,
    );
  });
});

describe('Amazon Q', () => {
  it('has a topic of its own, to which only its function publishes', () => {
    const { ofType } = synthesizedStack({ ...EXAMPLE, amazonQ: {} });
    expect(ofType('AWS::SNS::Topic').map(({ logicalId }) => logicalId)).toContain('AmazonQTopic');
    const sender = ofType('AWS::Lambda::Function').find(({ logicalId }) => logicalId === 'PublishToAmazonQ');
    expect(sender?.properties.Environment.Variables).toMatchObject({ AMAZON_Q_TOPIC_ARN: 'AmazonQTopic' });
  });
});

describe('a digest', () => {
  const schedules = (digest: 'daily' | 'weekly' | 'never') =>
    synthesizedStack({ ...EXAMPLE, digest })
      .ofType('AWS::Scheduler::Schedule')
      .filter(({ logicalId }) => logicalId.includes('senddigest'))
      .map(({ properties }) => properties.ScheduleExpression);

  it('comes every morning, on Mondays, or never', () => {
    // The organization "default" has minute 9.
    expect(schedules('daily')).toEqual(['cron(29 7 * * ? *)']);
    expect(schedules('weekly')).toEqual(['cron(29 7 ? * MON *)']);
    expect(schedules('never')).toEqual([]);
  });

  it('for eighty organizations still fits into a stack', () => {
    const organizations = Array.from({ length: 80 }, (_, index) => ({ id: `org-${index}` }));
    const { resources } = synthesizedStack({ ...EXAMPLE, organizations, digest: 'daily', amazonQ: {} });
    expect(resources.length).toBeLessThanOrEqual(500);
  });
});
