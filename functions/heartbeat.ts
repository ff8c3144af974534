// Lambda: once a day finds what no other run can - nobody listening, dead deliveries, a check that does not run.
import { deployedState } from '../lib/aws/deployed-state.ts';
import { readEnvironment } from '../lib/aws/function-environment.ts';
import { type InvocationContext, runFunction } from '../lib/aws/run-function.ts';
import { heartbeat } from '../lib/run/heartbeat.ts';

const environment = readEnvironment([
  'BUDGETS_TABLE_NAME',
  'SPEND_TABLE_NAME',
  'LEDGER_TABLE_NAME',
  'ALERTS_TOPIC_ARN',
  'OPERATIONS_TOPIC_ARN',
  'SIGN_OF_LIFE',
]);
const state = deployedState({
  budgetsTable: environment.BUDGETS_TABLE_NAME,
  spendTable: environment.SPEND_TABLE_NAME,
  ledgerTable: environment.LEDGER_TABLE_NAME,
  alertsTopic: environment.ALERTS_TOPIC_ARN,
  operationsTopic: environment.OPERATIONS_TOPIC_ARN,
});
const MONDAY = 1;
const signOfLifeOn = environment.SIGN_OF_LIFE === 'weekly' ? MONDAY : null;

export function handler(event: unknown, context: InvocationContext): Promise<void> {
  return runFunction('heartbeat', event, context, async (scheduled) => {
    const report = await heartbeat({ ...scheduled, alone: false, signOfLifeOn }, state);
    return {
      counts: {
        conditions: report.watched.filter(({ condition }) => condition !== null).length,
        confirmedSubscriptions: report.audience?.confirmed ?? -1,
      },
      problems: report.problems,
      completed: report.problems.length === 0,
    };
  });
}
