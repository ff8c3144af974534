// What `budget-alerts.config.ts` holds: the construct's props, with secrets by their names.
import type { OpenAiBudgetAlertsProps } from './open-ai-budget-alerts.ts';
import type { OrganizationProps } from './organizations.ts';

export interface DeploymentConfig extends Omit<OpenAiBudgetAlertsProps, 'slack' | 'organizations'> {
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
  readonly slack?: {
    /**
     * Name of the secret that holds the incoming webhook's URL as plain text, in the stack's account and region.
     */
    readonly webhookSecretName: string;
  };
}
