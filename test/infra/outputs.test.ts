// The outputs by which the command finds a construct in whosever stack, and the address that its messages give.
import { App, NestedStack, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { describe, expect, it, vi } from 'vitest';
import { OpenAiBudgetAlerts } from '../../infra/open-ai-budget-alerts.ts';
import { OpenAiBudgetAlertsStack } from '../../infra/stack.ts';
import { EXAMPLE, emptyStack, organizationIn } from './synthesized.ts';

vi.setConfig({ testTimeout: 60_000 });

const OUTPUT_NAMES = [
  'AlertsTopicArn',
  'BudgetsTableName',
  'LedgerTableName',
  'OperationsTopicArn',
  'Organizations',
  'RetentionDays',
  'RouteTopics',
  'SpendTableName',
];

function construct(scope: Construct, id: string): void {
  new OpenAiBudgetAlerts(scope, id, { organizations: [organizationIn(new Construct(scope, `For${id}`))] });
}

function described(stack: Stack): string[] {
  const outputs: Record<string, { readonly Description?: string }> =
    Template.fromStack(stack).toJSON().Outputs;
  return Object.values(outputs)
    .map(({ Description = '' }) => Description)
    .sort();
}

/** Of the functions that write messages with commands in them. */
function addresses(stack: Stack): unknown[] {
  const functions = Template.fromStack(stack).findResources('AWS::Lambda::Function');
  const names = Object.values(functions).map(
    ({ Properties }) => Properties.Environment?.Variables?.STACK_NAME,
  );
  return names.filter((name) => name !== undefined).sort();
}

describe('a construct', () => {
  it("has outputs that say what they are, in somebody else's stack", () => {
    const stack = emptyStack();
    construct(stack, 'Budgets');
    expect(described(stack)).toEqual(
      OUTPUT_NAMES.map((name) => `${name} of openai-budget-alerts in Budgets`),
    );
    expect(addresses(stack)).toEqual(['SomeStack', 'SomeStack']);
  });

  it('is told from a second one in its stack by its path, in outputs and in messages', () => {
    const stack = emptyStack();
    construct(stack, 'Budgets');
    construct(new Construct(stack, 'Research'), 'Budgets');
    const all = OUTPUT_NAMES.flatMap((name) =>
      ['Budgets', 'Research/Budgets'].map((path) => `${name} of openai-budget-alerts in ${path}`),
    );
    expect(described(stack)).toEqual(all.sort());
    expect(addresses(stack)).toEqual([
      'SomeStack/Budgets',
      'SomeStack/Budgets',
      'SomeStack/Research/Budgets',
      'SomeStack/Research/Budgets',
    ]);
  });

  it('is the only one in a nested stack beside another', () => {
    const stack = emptyStack();
    const nested = new NestedStack(stack, 'Nested');
    construct(stack, 'Budgets');
    construct(nested, 'Inner');
    expect(described(stack)).toEqual(
      OUTPUT_NAMES.map((name) => `${name} of openai-budget-alerts in Budgets`),
    );
    expect(addresses(stack)).toEqual(['SomeStack', 'SomeStack']);
    expect(described(nested)).toEqual(OUTPUT_NAMES.map((name) => `${name} of openai-budget-alerts in Inner`));
  });
});

describe("this clone's stack", () => {
  it('has each output once, under the keys that it always had', () => {
    const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
    const { Outputs } = Template.fromStack(new OpenAiBudgetAlertsStack(app, EXAMPLE)).toJSON();
    expect(Object.keys(Outputs).sort()).toEqual(OUTPUT_NAMES);
    expect(Outputs.SpendTableName.Description).toBe('SpendTableName of openai-budget-alerts in BudgetAlerts');
  });
});
