// What `import … from 'openai-budget-alerts'` gives: the construct and the types of its props.
export type { AmazonQProps } from './amazon-q.ts';
export type { BudgetDeclaration, ThresholdDeclaration } from './declared-budgets.ts';
export { OpenAiBudgetAlerts } from './open-ai-budget-alerts.ts';
export type { OpenAiBudgetAlertsProps } from './open-ai-budget-alerts-props.ts';
export type { OrganizationProps } from './organizations.ts';
export type { PeriodDeclaration } from './period-declaration.ts';
export type { RouteProps } from './routes.ts';
export type { WebhookChannelProps, WebhookPosters, WebhookProps } from './webhook.ts';
