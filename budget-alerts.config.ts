// What `npx cdk deploy` deploys: whose spend is watched, and who hears of it. Every setting: infra/deployment-config.ts.
import type { DeploymentConfig } from './infra/deployment-config.ts';

export const config: DeploymentConfig = {
  // The admin key of each is a secret of the name openai-budget-alerts/<id>.
  // With `budgets: 'budgets.yaml'` beside an id, a deployment stores that file's budgets.
  organizations: [{ id: 'default' }],
  // Each gets a mail from AWS to confirm; nothing is announced before somebody has.
  email: ['finops@example.com'],
  // Who hears when this system itself needs somebody. Without it, the addresses above.
  // operationsEmail: ['platform@example.com'],
  // The secret holds the URL of an incoming webhook.
  // slack: { webhookSecretName: 'openai-budget-alerts-slack-webhook' },
};
