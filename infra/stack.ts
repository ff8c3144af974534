// The stack: the construct with the deployment's configuration, and the outputs that the command reads.
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ADMIN_KEY_SECRET_PREFIX, STACK_OUTPUTS } from '../lib/aws/deployment-names.ts';
import type { DeploymentConfig } from './deployment-config.ts';
import { OpenAiBudgetAlerts } from './open-ai-budget-alerts.ts';
import { checkOrganizations } from './organizations.ts';

export class OpenAiBudgetAlertsStack extends Stack {
  readonly budgetAlerts: OpenAiBudgetAlerts;

  constructor(scope: Construct, config: DeploymentConfig) {
    const {
      stackName = 'OpenAiBudgetAlerts',
      organizations,
      adminKeySecretPrefix = ADMIN_KEY_SECRET_PREFIX,
      slack,
      ...props
    } = config;
    super(scope, stackName, { description: 'Budgets for OpenAI spend: each breach announced once' });
    const adminKeys = new Construct(this, 'AdminKeys');
    // Ids first: no construct can be made of one that is none, or of one that comes twice.
    checkOrganizations(organizations);
    this.budgetAlerts = new OpenAiBudgetAlerts(this, 'BudgetAlerts', {
      ...props,
      organizations: organizations.map((organization) => {
        const name = `${adminKeySecretPrefix}${organization.id}`;
        return {
          ...organization,
          adminKey: Secret.fromSecretNameV2(adminKeys, `${organization.id}.key`, name),
        };
      }),
      ...(slack === undefined
        ? {}
        : {
            slack: {
              webhookSecret: Secret.fromSecretNameV2(this, 'SlackWebhook', slack.webhookSecretName),
            },
          }),
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
