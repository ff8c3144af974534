// The state of a deployed system: its tables and its alerts topic, behind the same ports as on a laptop.
import type { RunState } from '../run/run-state.ts';
import { createDynamoDbAlertLedger } from './dynamodb-alert-ledger.ts';
import { createDynamoDbBudgetStore } from './dynamodb-budget-store.ts';
import { createDynamoDbClient } from './dynamodb-client.ts';
import { createDynamoDbItemTable } from './dynamodb-item-table.ts';
import { createDynamoDbNameStore } from './dynamodb-name-store.ts';
import { createDynamoDbSlowReadStore } from './dynamodb-slow-read-store.ts';
import { createDynamoDbSpendStore } from './dynamodb-spend-store.ts';
import { parseRouteTopics } from './route-topics.ts';
import { createSnsNotifier } from './sns-notifier.ts';
import { createSnsRoutes } from './sns-routes.ts';
import { newRunId, SYSTEM_CLOCK } from './system.ts';

export interface DeployedNames {
  readonly budgetsTable: string;
  readonly spendTable: string;
  readonly ledgerTable: string;
  readonly alertsTopic: string;
  readonly operationsTopic: string;
  /** What `parseRouteTopics` reads. */
  readonly routeTopics: string;
  readonly stackName: string;
  /** For how many days spend is kept: a budget that needs more is rejected. */
  readonly retentionDays: number;
}

/** Nothing is asked of AWS until a port is used. */
export function deployedState(names: DeployedNames): RunState {
  const client = createDynamoDbClient();
  const spendTable = createDynamoDbItemTable(client, names.spendTable);
  return {
    budgets: createDynamoDbBudgetStore(
      createDynamoDbItemTable(client, names.budgetsTable),
      names.retentionDays,
    ),
    spend: createDynamoDbSpendStore(spendTable, SYSTEM_CLOCK.now),
    names: createDynamoDbNameStore(spendTable),
    slowReads: createDynamoDbSlowReadStore(spendTable),
    ledger: createDynamoDbAlertLedger(createDynamoDbItemTable(client, names.ledgerTable)),
    routes: createSnsRoutes(parseRouteTopics(names.routeTopics), names.alertsTopic),
    operations: createSnsNotifier({ topicArn: names.operationsTopic }),
    clock: SYSTEM_CLOCK,
    newRunId,
    flagsOf: (organization) => ['--stack', names.stackName, '--organization', organization],
  };
}
