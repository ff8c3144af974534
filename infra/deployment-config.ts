// What `budget-alerts.config.ts` holds: the construct's props, with secrets by their names.
import type { OpenAiBudgetAlertsProps } from './open-ai-budget-alerts.ts';

export interface DeploymentConfig extends Omit<OpenAiBudgetAlertsProps, 'slack'> {
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
     * Name of the secret that holds the incoming webhook's URL as plain text, in the stack's account and region. It
     * must not begin with `adminKeySecretPrefix`.
     */
    readonly webhookSecretName: string;
  };
}
