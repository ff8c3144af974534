// Synthesizes the stack without bundling, and reads its template: resources by type, intrinsic functions as plain text.
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { DeploymentConfig } from '../../infra/deployment-config.ts';
import { OpenAiBudgetAlerts } from '../../infra/open-ai-budget-alerts.ts';
import type { OpenAiBudgetAlertsProps } from '../../infra/open-ai-budget-alerts-props.ts';
import type { OrganizationProps } from '../../infra/organizations.ts';
import { OpenAiBudgetAlertsStack } from '../../infra/stack.ts';

export const ACCOUNT = '111122223333';

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
};

/** As CloudFormation has them, and as loosely typed as CDK hands them out. */
export type Properties = ReturnType<Template['toJSON']>;

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly deletionPolicy: string | undefined;
  readonly updateReplacePolicy: string | undefined;
  readonly properties: Properties;
}

interface RawTemplate {
  readonly Resources: Readonly<Record<string, RawResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

interface RawResource {
  readonly Type: string;
  readonly Properties?: unknown;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Synthesized {
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, unknown>>;
  ofType(type: string): readonly Resource[];
}

export const EXAMPLE: DeploymentConfig = { organizations: [{ id: 'default' }], email: ['ann@example.com'] };

export const WITH_SLACK: DeploymentConfig = { ...EXAMPLE, slack: { webhookSecretName: 'hook' } };

/** With every function that there can be. */
export const FULL: DeploymentConfig = {
  ...WITH_SLACK,
  organizations: [{ id: 'default', budgets: [{ id: 'all', limit: 5000, period: 'monthly' }] }],
  amazonQ: {},
  dashboard: true,
  digest: 'daily',
  routes: { oncall: { email: ['oncall@example.com'], filter: { severity: ['critical'] } } },
};

/** For a construct, which is given secrets and not their names. */
export function organizationIn(scope: Construct, id = 'default'): OrganizationProps {
  return { id, adminKey: Secret.fromSecretNameV2(scope, `AdminKey.${id}`, `openai-budget-alerts/${id}`) };
}

export function synthesizedStack(config: DeploymentConfig = EXAMPLE): Synthesized {
  return templateOf(new OpenAiBudgetAlertsStack(appWithoutBundling(), config));
}

/** A stack of somebody else's, with one construct for each of the props. */
export function synthesizedConstructs(
  ...instances: ((scope: Construct) => OpenAiBudgetAlertsProps)[]
): Synthesized {
  const stack = emptyStack();
  instances.forEach((props, position) => {
    const scope = new Construct(stack, `Props${position}`);
    new OpenAiBudgetAlerts(stack, `Alerts${position}`, props(scope));
  });
  return templateOf(stack);
}

/** For whoever builds more than a construct. */
export function emptyStack(): Stack {
  return new Stack(appWithoutBundling(), 'SomeStack');
}

function appWithoutBundling(): App {
  return new App({ context: { 'aws:cdk:bundling-stacks': [] } });
}

export function templateOf(stack: Stack): Synthesized {
  const template = Template.fromStack(stack).toJSON() as RawTemplate;
  const resources = Object.entries(template.Resources).map(([logicalId, resource]): Resource => {
    return {
      logicalId: withoutHash(logicalId),
      type: resource.Type,
      deletionPolicy: resource.DeletionPolicy,
      updateReplacePolicy: resource.UpdateReplacePolicy,
      properties: resolvedProperties(resource.Properties),
    };
  });
  const outputs = Object.entries(template.Outputs ?? {});
  return {
    resources,
    outputs: Object.fromEntries(outputs.map(([key, output]) => [key, resolved(output.Value)])),
    ofType: (type) => resources.filter((resource) => resource.type === type),
  };
}

/** `BudgetAlertsSpendTable83FE6344` reads as `SpendTable`; ids as they stand are the subject of one test only. */
function withoutHash(logicalId: string): string {
  return logicalId.replace(/^BudgetAlerts/, '').replace(/[0-9A-F]{8}$/, '');
}

function resolvedProperties(properties: unknown): Properties {
  return resolved(properties ?? {}) as Properties;
}

/** `{Ref: X}` becomes "X", `{Fn::GetAtt: [X, Arn]}` "X.Arn", and what is joined of them one text. */
function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const [key, argument] = only;
    if (key === 'Ref') return PSEUDO_PARAMETERS[argument] ?? withoutHash(argument);
    if (key === 'Fn::GetAtt') return `${withoutHash(argument[0])}.${argument[1]}`;
    if (key === 'Fn::Join') return argument[1].map(resolved).join(argument[0]);
    if (key === 'Fn::Sub') return argument;
    if (key.startsWith('Fn::')) throw new Error(`A template with ${key} is not understood here`);
  }
  return Object.fromEntries(entries.map(([key, member]) => [key, resolved(member)]));
}
