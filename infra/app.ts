// The CDK app: one stack of what `budget-alerts.config.ts` says.
import { App } from 'aws-cdk-lib';
import { config } from '../budget-alerts.config.ts';
import { OpenAiBudgetAlertsStack } from './stack.ts';

new OpenAiBudgetAlertsStack(new App(), config);
