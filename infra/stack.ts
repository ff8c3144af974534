// The stack: the construct with the deployment's configuration, and its outputs under keys that stay.
import { type CfnOutput, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ADMIN_KEY_SECRET_PREFIX, type OutputName, STACK_OUTPUTS } from '../lib/aws/deployment-names.ts';
import type { DeploymentConfig, SlackConfig } from './deployment-config.ts';
import { OpenAiBudgetAlerts } from './open-ai-budget-alerts.ts';
import { checkOrganizations } from './organizations.ts';
import type { SlackProps } from './slack.ts';

export class OpenAiBudgetAlertsStack extends Stack {
  readonly budgetAlerts: OpenAiBudgetAlerts;

  constructor(scope: Construct, config: DeploymentConfig) {
    const {
      stackName = 'OpenAiBudgetAlerts',
      organizations,
      adminKeySecretPrefix = ADMIN_KEY_SECRET_PREFIX,
      slack,
      routes = {},
      ...props
    } = config;
    super(scope, stackName, { description: 'Budgets for OpenAI spend: each breach announced once' });
    const adminKeys = new Construct(this, 'AdminKeys');
    const webhooks = new Construct(this, 'Webhooks');
    // Ids first: no construct can be made of one that is none, or of one that comes twice.
    checkOrganizations(organizations, (config.digest ?? 'never') !== 'never');
    this.budgetAlerts = new OpenAiBudgetAlerts(this, 'BudgetAlerts', {
      ...props,
      organizations: organizations.map((organization) => {
        const name = `${adminKeySecretPrefix}${organization.id}`;
        return {
          ...organization,
          adminKey: Secret.fromSecretNameV2(adminKeys, `${organization.id}.key`, name),
        };
      }),
      ...(slack !== undefined && { slack: slackProps(webhooks, 'default', slack) }),
      routes: Object.fromEntries(
        Object.entries(routes).map(([name, { slack: own, ...route }]) => [
          name,
          { ...route, ...(own !== undefined && { slack: slackProps(webhooks, `Route-${name}`, own) }) },
        ]),
      ),
    });
    // The keys that people have written into scripts of theirs; the construct's own tell several apart.
    for (const [name, output] of Object.entries(this.budgetAlerts.outputs) as [OutputName, CfnOutput][]) {
      output.overrideLogicalId(STACK_OUTPUTS[name]);
    }
  }
}

/** In a scope of its own, an import's id takes no name from anything else; it is no resource. */
function slackProps(webhooks: Construct, id: string, { webhookSecretName }: SlackConfig): SlackProps {
  return { webhookSecret: Secret.fromSecretNameV2(webhooks, id, webhookSecretName) };
}
