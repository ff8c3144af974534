// What `budget-alerts.config.ts` holds: the construct's props, with secrets by their names.
import type { OpenAiBudgetAlertsProps } from './open-ai-budget-alerts-props.ts';
import type { OrganizationProps } from './organizations.ts';
import type { RouteProps } from './routes.ts';

export interface SlackConfig {
  /**
   * Name of the secret that holds the incoming webhook's URL as plain text, in the stack's account and region. Several
   * may name the same one.
   */
  readonly webhookSecretName: string;
}

interface RouteConfig extends Omit<RouteProps, 'slack'> {
  /**
   * Posts what goes on this route to a Slack channel.
   *
   * @default - no Slack
   */
  readonly slack?: SlackConfig;
}

export interface DeploymentConfig
  extends Omit<OpenAiBudgetAlertsProps, 'slack' | 'organizations' | 'routes'> {
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
   * Posts the alerts to Slack too.
   *
   * @default - no Slack
   */
  readonly slack?: SlackConfig;

  /**
   * Ways to the people who own the spend, by the names that budgets use in `notify`.
   *
   * @default - no route but the default one
   */
  readonly routes?: Readonly<Record<string, RouteConfig>>;
}
