// The stack: the construct with the deployment's configuration, and the outputs that the command reads.
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ADMIN_KEY_SECRET_PREFIX, STACK_OUTPUTS } from '../lib/aws/deployment-names.ts';
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
    const { tables, topics, organizations: ids } = this.budgetAlerts;
    this.#output(STACK_OUTPUTS.budgetsTable, tables.budgets.tableName);
    this.#output(STACK_OUTPUTS.spendTable, tables.spend.tableName);
    this.#output(STACK_OUTPUTS.ledgerTable, tables.ledger.tableName);
    this.#output(STACK_OUTPUTS.alertsTopic, topics.alerts.topicArn);
    this.#output(STACK_OUTPUTS.operationsTopic, topics.operations.topicArn);
    this.#output(STACK_OUTPUTS.routeTopics, this.budgetAlerts.routeTopicArns);
    this.#output(STACK_OUTPUTS.organizations, ids.join(','));
  }

  /** At the top of the stack, the name is the output's key as it stands. */
  #output(key: string, value: string): void {
    new CfnOutput(this, key, { value });
  }
}

/** In a scope of its own, an import's id takes no name from anything else; it is no resource. */
function slackProps(webhooks: Construct, id: string, { webhookSecretName }: SlackConfig): SlackProps {
  return { webhookSecret: Secret.fromSecretNameV2(webhooks, id, webhookSecretName) };
}
