// The construct as a whole: what never moves, what it refuses, and that there can be several.
import { App, RemovalPolicy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { config as exampleConfig } from '../../budget-alerts.config.ts';
import type { DeploymentConfig } from '../../infra/deployment-config.ts';
import { OpenAiBudgetAlerts } from '../../infra/open-ai-budget-alerts.ts';
import type { OpenAiBudgetAlertsProps } from '../../infra/open-ai-budget-alerts-props.ts';
import { checkOrganizations } from '../../infra/organizations.ts';
import { OpenAiBudgetAlertsStack } from '../../infra/stack.ts';
import { STACK_OUTPUTS } from '../../lib/aws/deployment-names.ts';
import {
  EXAMPLE,
  emptyStack,
  FULL,
  organizationIn,
  synthesizedConstructs,
  synthesizedStack,
  WITH_SLACK,
} from './synthesized.ts';

function logicalIds(config: DeploymentConfig, ...types: string[]): string[] {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const template = Template.fromStack(new OpenAiBudgetAlertsStack(app, config));
  const ids = types.flatMap((type) => Object.keys(template.findResources(type)));
  return ids.filter((id) => !/Route|AmazonQ/.test(id));
}

function organizations(count: number): DeploymentConfig['organizations'] {
  return Array.from({ length: count }, (_, position) => ({ id: `org-${position}` }));
}

describe('a deployment', () => {
  it.each<[string, DeploymentConfig]>([
    ['as in the example', exampleConfig],
    ['with Slack and nobody to mail to', { ...WITH_SLACK, email: [] }],
    ['with budgets', FULL],
    ['with many organizations and other names', { ...WITH_SLACK, organizations: organizations(80) }],
  ])('keeps its data and its subscribers where they are: %s', (_, config) => {
    expect(logicalIds(config, 'AWS::DynamoDB::Table', 'AWS::SNS::Topic')).toEqual([
      'BudgetAlertsBudgetsTable3DAF43F9',
      'BudgetAlertsSpendTable83FE6344',
      'BudgetAlertsLedgerTable8BC026A5',
      'BudgetAlertsAlertsTopicC7C259C6',
      'BudgetAlertsOperationsTopic1E59540D',
    ]);
  });

  it.each<[string, Partial<OpenAiBudgetAlertsProps>]>([
    ['alarmActions', { alarmActions: [{ bind: () => ({ alarmActionArn: 'arn' }) }] }],
    ['dashboard', { dashboard: true }],
    ['deletionProtection', { deletionProtection: true }],
    ['email', { email: ['ann@example.com'] }],
    ['encryptionKey', {}],
    ['logRetention', { logRetention: RetentionDays.ONE_DAY }],
    ['operationsEmail', { operationsEmail: ['ops@example.com'] }],
    ['organizations', { organizations: [] }],
    ['retentionDays', { retentionDays: 400 }],
    ['removalPolicy', { removalPolicy: RemovalPolicy.DESTROY }],
    ['signOfLife', { signOfLife: 'weekly' }],
    ['slack', {}],
    ['usageMinutes', { usageMinutes: 60 }],
  ])('replaces no table and no topic when %s comes or goes', (name, value) => {
    const tablesAndTopics = (more: Partial<OpenAiBudgetAlertsProps>) => {
      const stack = emptyStack();
      const organizations = [organizationIn(stack)];
      const given: Partial<OpenAiBudgetAlertsProps> = {
        ...more,
        ...('organizations' in more && { organizations: [...organizations, organizationIn(stack, 'more')] }),
        ...(more === value && name === 'encryptionKey' && { encryptionKey: new Key(stack, 'Key') }),
        ...(more === value &&
          name === 'slack' && {
            slack: { webhookSecret: Secret.fromSecretNameV2(stack, 'Hook', 'hook') },
          }),
      };
      new OpenAiBudgetAlerts(stack, 'Alerts', { organizations, ...given });
      const template = Template.fromStack(stack);
      const kept = ['AWS::DynamoDB::Table', 'AWS::SNS::Topic'].map((type) => template.findResources(type));
      return Object.entries(Object.assign({}, ...kept)).map(([logicalId, resource]) => {
        // What CloudFormation replaces a table or a topic for.
        const { Properties } = resource as { readonly Properties: Record<string, unknown> };
        const { TableName, KeySchema, LocalSecondaryIndexes, ImportSourceSpecification } = Properties;
        const { TopicName, FifoTopic } = Properties;
        return [
          logicalId,
          TableName,
          KeySchema,
          LocalSecondaryIndexes,
          ImportSourceSpecification,
          TopicName,
          FifoTopic,
        ];
      });
    };
    expect(tablesAndTopics(value)).toEqual(tablesAndTopics({}));
  });

  it('tells the command where everything is', () => {
    const { outputs } = synthesizedStack({ organizations: [{ id: 'default' }, { id: 'acme' }] });
    expect(outputs).toEqual({
      [STACK_OUTPUTS.budgetsTable]: 'BudgetsTable',
      [STACK_OUTPUTS.spendTable]: 'SpendTable',
      [STACK_OUTPUTS.ledgerTable]: 'LedgerTable',
      [STACK_OUTPUTS.alertsTopic]: 'AlertsTopic',
      [STACK_OUTPUTS.operationsTopic]: 'OperationsTopic',
      [STACK_OUTPUTS.routeTopics]: '{}',
      [STACK_OUTPUTS.organizations]: 'default,acme',
      [STACK_OUTPUTS.retentionDays]: '430',
    });
  });

  it('leaves every name to CloudFormation', () => {
    const named = synthesizedStack(WITH_SLACK).resources.flatMap(({ logicalId, properties }) =>
      Object.keys(properties)
        .filter((key) => /^(Table|Topic|Queue|Role|Alarm|LogGroup|)Name$/.test(key))
        .map((key) => `${logicalId}.${key}`),
    );
    expect(named).toEqual([]);
  });

  it('is of few kinds of resources, none of them a custom one', () => {
    const types = synthesizedStack(WITH_SLACK).resources.map(({ type }) => type);
    expect([...new Set(types)].sort()).toEqual([
      'AWS::CloudWatch::Alarm',
      'AWS::DynamoDB::Table',
      'AWS::IAM::Role',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Lambda::Function',
      'AWS::Lambda::Permission',
      'AWS::Logs::LogGroup',
      'AWS::SNS::Subscription',
      'AWS::SNS::Topic',
      'AWS::SNS::TopicPolicy',
      'AWS::SQS::Queue',
      'AWS::SQS::QueuePolicy',
      'AWS::Scheduler::Schedule',
      'AWS::Scheduler::ScheduleGroup',
    ]);
  });
});

describe('organizations', () => {
  it('are eighty at most, with budgets each, which leaves a stack room for what else is in it', () => {
    const budgets = [{ id: 'all', limit: 5000, period: 'monthly' as const }];
    const eighty = organizations(80).map((organization) => ({ ...organization, budgets }));
    const { resources } = synthesizedStack({ ...FULL, digest: 'never', organizations: eighty });
    expect(resources.length).toBeLessThan(470);
    const seventy = eighty.slice(0, 70);
    expect(synthesizedStack({ ...FULL, organizations: seventy }).resources.length).toBeLessThan(490);
  });

  it('are eighty with a digest each, too, if their budgets are stored with the command', () => {
    const { resources } = synthesizedStack({ ...FULL, organizations: organizations(80) });
    expect(resources.filter(({ logicalId }) => logicalId.includes('senddigest'))).toHaveLength(80);
    expect(resources.length).toBeLessThan(470);
  });

  it('are fewer with both a digest and budgets, which take a resource each', () => {
    const budgets = [{ id: 'all', limit: 5000, period: 'monthly' as const }];
    const declaring = (count: number, declared: number) => () =>
      checkOrganizations(
        organizations(count).map((one, position) => (position < declared ? { ...one, budgets } : one)),
        true,
      );
    expect(declaring(70, 70)).not.toThrow();
    expect(declaring(80, 20)).not.toThrow();
    expect(declaring(71, 71)).toThrow(
      /^71 organizations with a digest, 71 of them with budgets .* take 426 resources.* store them with `budget-alerts apply .* 80 have room/,
    );
    expect(declaring(80, 21)).toThrow(/^80 organizations with a digest, 21 of them .* take 421 resources/);
    expect(declaring(81, 81)).toThrow(/^81 organizations are more than one deployment holds \(80\)/);
  });

  it('are refused beyond that, with the next step', () => {
    expect(() => synthesizedStack({ organizations: organizations(81) })).toThrow(
      /^81 organizations are more than one deployment holds \(80\).* The next step is one schedule for each job, which starts a dispatcher that puts every organization into a queue/,
    );
  });

  it.each([
    { ids: [], message: /^organizations is empty/ },
    { ids: [''], message: /^Not an organization id: ""/ },
    { ids: ['default', 'a b', 'c/d'], message: /^Not an organization id: "a b", "c\/d"/ },
    { ids: ['a'.repeat(65)], message: /^Not an organization id: "a{65}"/ },
    { ids: ['ok\n'], message: /^Not an organization id: "ok\\n"/ },
    { ids: ['a', 'b', 'a'], message: /^Named more than once in organizations: a\.$/ },
  ])('cannot be $ids', ({ ids, message }) => {
    expect(() => synthesizedStack({ organizations: ids.map((id) => ({ id })) })).toThrow(message);
  });

  it('have schedules of their own even where their ids differ in punctuation and case only', () => {
    const ids = ['a-b', 'a_b', 'ab', 'AB', 'Default', 'Resource', 'a'.repeat(64)];
    const { ofType } = synthesizedStack({ organizations: ids.map((id) => ({ id })) });
    const inputs = ofType('AWS::Scheduler::Schedule').map(({ properties }) => properties.Target.Input);
    // One for the collects, which names the key, and one for the others.
    expect(new Set(inputs).size).toBe(2 * ids.length);
    expect(inputs).toHaveLength(4 * ids.length);
  });
});

describe('how long spend is kept', () => {
  const keptFor = (retentionDays: number, days = 365) =>
    synthesizedStack({
      organizations: [
        { id: 'default', budgets: [{ id: 'long', limit: 5, period: { rolling: `${days}d` } }] },
      ],
      retentionDays,
    });

  it('is told to the functions that keep it or sum it, and to the command', () => {
    const { outputs, ofType } = keptFor(400);
    const functions = ofType('AWS::Lambda::Function').flatMap(({ logicalId, properties }) => {
      const days = properties.Environment.Variables.RETENTION_DAYS;
      return days === undefined ? [] : [[logicalId, days]];
    });
    const names = ['CollectUsage', 'CollectCosts', 'CheckBudgets', 'Heartbeat'];
    expect(functions).toEqual(names.map((name) => [name, '400']));
    expect(outputs[STACK_OUTPUTS.retentionDays]).toBe('400');
  });

  it.each([0, 399, 400.5, 431, Number.NaN])('cannot be %d days', (days) => {
    expect(() => keptFor(days)).toThrow(
      `retentionDays: Spend cannot be kept for ${days} days. Write whole days from 400, since a year`,
    );
  });

  it('refuses a declared budget that needs it for longer', () => {
    expect(() => keptFor(400, 366)).toThrow(
      /budgets: budgets\.long\.period: A period of up to 366 days .* set its retentionDays to 401 or more/,
    );
    expect(() => keptFor(401, 366)).not.toThrow();
  });
});

describe('secrets', () => {
  it('keep the webhook from the functions that read admin keys, and the keys from Slack', () => {
    const slack = { webhookSecretName: 'openai-budget-alerts/default' };
    expect(() => synthesizedStack({ ...EXAMPLE, slack })).toThrow(
      /^Slack's webhook cannot be the secret "openai-budget-alerts\/default" that holds the admin key of default/,
    );
  });

  it('keep the webhook of a route from them, too', () => {
    const declare = () =>
      synthesizedConstructs((stack) => {
        const organization = organizationIn(stack);
        return {
          organizations: [organization],
          routes: { oncall: { slack: { webhookSecret: organization.adminKey } } },
        };
      });
    expect(declare).toThrow(/^Slack's webhook cannot be the secret/);
  });

  it('are named in the role as exactly as they are known', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:hook-AbC123';
    const { ofType } = synthesizedConstructs((stack) => ({
      organizations: [organizationIn(stack)],
      slack: { webhookSecret: Secret.fromSecretCompleteArn(stack, 'Hook', arn) },
    }));
    const role = ofType('AWS::IAM::Role').find(({ logicalId }) => logicalId === 'Alerts0PostToSlackRole');
    expect(role?.properties.Policies[0].PolicyDocument.Statement[0].Resource).toBe(arn);
    const lambda = ofType('AWS::Lambda::Function').find(
      ({ logicalId }) => logicalId === 'Alerts0PostToSlack',
    );
    expect(lambda?.properties.Environment.Variables.WEBHOOK_SECRET_ID).toBe(arn);
  });
});

describe('two constructs in one stack', () => {
  it('synthesize, each with all that it needs, and share nothing', () => {
    const props = (scope: Construct) => ({
      organizations: [
        { ...organizationIn(scope), budgets: [{ id: 'all', limit: 5, period: 'daily' as const }] },
      ],
      email: ['ann@example.com'],
    });
    const { resources } = synthesizedConstructs(props, props);
    const of = (instance: string) => resources.filter(({ logicalId }) => logicalId.startsWith(instance));
    expect(of('Alerts0').length).toBe(of('Alerts1').length);
    expect(of('Alerts0').length + of('Alerts1').length).toBe(resources.length);
    expect(JSON.stringify(of('Alerts0').map(({ properties }) => properties))).not.toContain('Alerts1');
  });
});
