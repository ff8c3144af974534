// The stack: the construct with the deployment's configuration, and its outputs under keys that stay.
import { type CfnOutput, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ADMIN_KEY_SECRET_PREFIX, type OutputName, STACK_OUTPUTS } from '../lib/aws/deployment-names.ts';
import { WEBHOOK_CHANNEL_NAMES, type WebhookChannelName } from '../lib/notify/webhook-channels.ts';
import type { DeploymentConfig, WebhookChannelConfig } from './deployment-config.ts';
import { OpenAiBudgetAlerts } from './open-ai-budget-alerts.ts';
import { checkOrganizations } from './organizations.ts';
import type { WebhookChannelProps } from './webhook.ts';

export class OpenAiBudgetAlertsStack extends Stack {
  readonly budgetAlerts: OpenAiBudgetAlerts;

  constructor(scope: Construct, config: DeploymentConfig) {
    const {
      stackName = 'OpenAiBudgetAlerts',
      organizations,
      adminKeySecretPrefix = ADMIN_KEY_SECRET_PREFIX,
      routes = {},
      ...props
    } = config;
    super(scope, stackName, { description: 'Budgets for OpenAI spend: each breach announced once' });
    const adminKeys = new Construct(this, 'AdminKeys');
    const webhooks = new Construct(this, 'Webhooks');
    // Ids first: no construct can be made of one that is none, or of one that comes twice.
    checkOrganizations(organizations, (config.digest ?? 'never') !== 'never');
    this.budgetAlerts = new OpenAiBudgetAlerts(this, 'BudgetAlerts', {
      ...withWebhooks(webhooks, 'default', props),
      organizations: organizations.map((organization) => {
        const name = `${adminKeySecretPrefix}${organization.id}`;
        return {
          ...organization,
          adminKey: Secret.fromSecretNameV2(adminKeys, `${organization.id}.key`, name),
        };
      }),
      routes: Object.fromEntries(
        Object.entries(routes).map(([name, route]) => [name, withWebhooks(webhooks, `Route-${name}`, route)]),
      ),
    });
    // The keys that people have written into scripts of theirs; the construct's own tell several apart.
    for (const [name, output] of Object.entries(this.budgetAlerts.outputs) as [OutputName, CfnOutput][]) {
      output.overrideLogicalId(STACK_OUTPUTS[name]);
    }
  }
}

/** `config` with each webhook's secret in place of its name. */
function withWebhooks<Config extends WebhookChannelConfig>(
  webhooks: Construct,
  id: string,
  config: Config,
): Omit<Config, WebhookChannelName> & WebhookChannelProps {
  const props = WEBHOOK_CHANNEL_NAMES.flatMap((channel) => {
    const secretName = config[channel]?.webhookSecretName;
    if (secretName === undefined) return [];
    // In a scope of its own, an import's id takes no name from anything else; it is no resource.
    const webhookSecret = Secret.fromSecretNameV2(webhooks, `${id}.${channel}`, secretName);
    return [[channel, { webhookSecret }]];
  });
  const others: Omit<Config, WebhookChannelName> = config;
  return { ...others, ...Object.fromEntries(props) };
}
