// What `budget-alerts.config.ts` holds: the construct's props, with secrets by their names.
import type { WEBHOOK_CHANNELS, WebhookChannelName } from '../lib/notify/webhook-channels.ts';
import type { OpenAiBudgetAlertsProps } from './open-ai-budget-alerts-props.ts';
import type { OrganizationProps } from './organizations.ts';
import type { RouteProps } from './routes.ts';

export interface WebhookConfig {
  /**
   * Name of the secret that holds the webhook's URL as plain text, in the stack's account and region. Several may name
   * the same one.
   */
  readonly webhookSecretName: string;
}

/** A setting for each chat: `slack`. */
export type WebhookChannelConfig = { readonly [Channel in keyof typeof WEBHOOK_CHANNELS]?: WebhookConfig };

type RouteConfig = Omit<RouteProps, WebhookChannelName> & WebhookChannelConfig;

export interface DeploymentConfig
  extends Omit<OpenAiBudgetAlertsProps, WebhookChannelName | 'organizations' | 'routes'>,
    WebhookChannelConfig {
  /** One to eighty. */
  readonly organizations: readonly Omit<OrganizationProps, 'adminKey'>[];

  /**
   * An organization's admin key is the secret of this name followed by the organization's id, in the stack's account
   * and region, as plain text.
   *
   * @default 'openai-budget-alerts/'
   */
  readonly adminKeySecretPrefix?: string;

  /**
   * CloudFormation's name for it all. Another name is another deployment, beside the first.
   *
   * @default 'OpenAiBudgetAlerts'
   */
  readonly stackName?: string;

  /**
   * Ways to the people who own the spend, by the names that budgets use in `notify`.
   *
   * @default - no route but the default one
   */
  readonly routes?: Readonly<Record<string, RouteConfig>>;
}
