// Budgets that come with a deployment: one custom resource for each organization, which plans and applies them.
import { Annotations, CustomResource, Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { SeedProperties } from '../lib/aws/deployment-names.ts';
import { type DeclaredBudgets, declaredBudgets } from './declared-budgets.ts';
import type { OrganizationProps } from './organizations.ts';

interface Seed {
  readonly organization: string;
  readonly budgets: DeclaredBudgets;
  readonly prune: boolean;
}

/** Without an answer CloudFormation waits for an hour. */
const TIMEOUT = Duration.minutes(5);

/** @throws Error which names everything that is wrong with the budgets of an organization */
export function seedsOf(
  organizations: readonly OrganizationProps[],
  routes: readonly string[],
  retentionDays: number,
): Seed[] {
  return organizations.flatMap(({ id: organization, budgets, pruneBudgets: prune = false }) =>
    budgets === undefined
      ? []
      : [{ organization, budgets: declaredBudgets(budgets, routes, retentionDays), prune }],
  );
}

/** The function answers CloudFormation itself: a framework in between would be two more functions with roles. */
export function createSeeds(scope: Construct, seeds: readonly Seed[], seedBudgets: LambdaFunction): void {
  const parent = new Construct(scope, 'Budgets');
  for (const { organization, budgets, prune } of seeds) {
    for (const warning of budgets.warnings) {
      Annotations.of(scope).addWarningV2(`openai-budget-alerts:budgets:${warning}`, warning);
    }
    const properties: SeedProperties = {
      organization,
      budgets: budgets.specs,
      ...(budgets.settings !== null && { settings: budgets.settings }),
      prune: prune ? 'yes' : 'no',
    };
    new CustomResource(parent, `${organization}.budgets`, {
      resourceType: 'Custom::OpenAiBudgets',
      serviceToken: seedBudgets.functionArn,
      serviceTimeout: TIMEOUT,
      properties: { ...properties },
    });
  }
}
