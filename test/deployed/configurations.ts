// The configurations that are deployed in these tests: one organization and one address, with Slack and budgets and without.
import type { BudgetDeclaration } from '../../infra/declared-budgets.ts';
import type { DeploymentConfig } from '../../infra/deployment-config.ts';

export const EMAIL = 'finops@example.com';
export const ONCALL = 'oncall@example.com';
export const WEBHOOK_SECRET_NAME = 'openai-budget-alerts-slack-webhook';

/** Limits that a day of the simulated traffic is beyond by far, before the evening; one message, as the labels are the same. */
export const BUDGETS: readonly BudgetDeclaration[] = [
  {
    id: 'chatbot-daily',
    name: 'Support chatbot (daily)',
    scope: { project: 'proj_l4slUx3kufWDk3q6RVazweyn' },
    limit: 1,
    period: 'daily',
    labels: { team: 'support' },
    notify: ['default', 'oncall'],
  },
  {
    id: 'tokens-daily',
    name: 'All tokens (daily)',
    measure: 'completions.total_tokens',
    limit: 1_000_000,
    period: 'daily',
    labels: { team: 'support' },
  },
];

export const WITHOUT_SLACK: DeploymentConfig = {
  stackName: 'WithoutSlack',
  organizations: [{ id: 'default' }],
  email: [EMAIL],
  dashboard: true,
  // Critical messages only, and only of budgets that name it.
  routes: { oncall: { email: [ONCALL], filter: { severity: ['critical'] } } },
};

export const WITH_SLACK: DeploymentConfig = {
  ...WITHOUT_SLACK,
  dashboard: false,
  stackName: 'BudgetAlerts',
  organizations: [{ id: 'default', budgets: BUDGETS }],
  signOfLife: 'weekly',
  digest: 'daily',
  amazonQ: {},
  slack: { webhookSecretName: WEBHOOK_SECRET_NAME },
};
