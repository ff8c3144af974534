// The configurations that are deployed in these tests: one organization and one address, with Slack and without.
import type { DeploymentConfig } from '../../infra/deployment-config.ts';

export const EMAIL = 'finops@example.com';
export const ONCALL = 'oncall@example.com';
export const WEBHOOK_SECRET_NAME = 'openai-budget-alerts-slack-webhook';

const ORGANIZATIONS = [{ id: 'default' }];

export const WITHOUT_SLACK: DeploymentConfig = {
  stackName: 'WithoutSlack',
  organizations: ORGANIZATIONS,
  email: [EMAIL],
  // Critical messages only, and only of budgets that name it.
  routes: { oncall: { email: [ONCALL], filter: { severity: ['critical'] } } },
};

export const WITH_SLACK: DeploymentConfig = {
  ...WITHOUT_SLACK,
  stackName: 'BudgetAlerts',
  signOfLife: 'weekly',
  digest: 'daily',
  amazonQ: {},
  slack: { webhookSecretName: WEBHOOK_SECRET_NAME },
};
