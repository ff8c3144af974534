// The deployed state of a function that works on all of it: what its environment names.
import type { RunState } from '../run/run-state.ts';
import { deployedState } from './deployed-state.ts';
import { readEnvironment } from './function-environment.ts';
import { environmentRetentionDays } from './retention-days.ts';

/** @throws BudgetAlertsError `environment-incomplete` or `retention-invalid` */
export function environmentState(): RunState {
  const environment = readEnvironment([
    'BUDGETS_TABLE_NAME',
    'SPEND_TABLE_NAME',
    'LEDGER_TABLE_NAME',
    'ALERTS_TOPIC_ARN',
    'OPERATIONS_TOPIC_ARN',
    'ROUTE_TOPICS',
    'STACK_NAME',
  ]);
  return deployedState({
    budgetsTable: environment.BUDGETS_TABLE_NAME,
    spendTable: environment.SPEND_TABLE_NAME,
    ledgerTable: environment.LEDGER_TABLE_NAME,
    alertsTopic: environment.ALERTS_TOPIC_ARN,
    operationsTopic: environment.OPERATIONS_TOPIC_ARN,
    routeTopics: environment.ROUTE_TOPICS,
    stackName: environment.STACK_NAME,
    retentionDays: environmentRetentionDays(),
  });
}
