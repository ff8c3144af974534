// Routes of a deployment: a topic for each name, subscribers behind their filter, and nobody who may not publish.
import { describe, expect, it } from 'vitest';
import type { DeploymentConfig } from '../../infra/deployment-config.ts';
import { STACK_OUTPUTS } from '../../lib/aws/deployment-names.ts';
import { EXAMPLE, synthesizedStack } from './synthesized.ts';

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
