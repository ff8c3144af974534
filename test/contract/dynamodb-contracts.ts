// Every contract that the DynamoDB tables and the stores on them have to keep, whatever the tables are.

import { createDynamoDbAlertLedger } from '../../lib/aws/dynamodb-alert-ledger.ts';
import { createDynamoDbBudgetStore } from '../../lib/aws/dynamodb-budget-store.ts';
import { createDynamoDbNameStore } from '../../lib/aws/dynamodb-name-store.ts';
import { createDynamoDbSlowReadStore } from '../../lib/aws/dynamodb-slow-read-store.ts';
import { createDynamoDbSpendStore } from '../../lib/aws/dynamodb-spend-store.ts';
import type { ItemTable } from '../../lib/aws/item-table.ts';
import type { TableRole } from '../../lib/aws/table-definitions.ts';
import { instantOf } from '../fakes/time-of.ts';
import { alertLedgerContract } from './alert-ledger.contract.ts';
import { budgetStoreContract } from './budget-store.contract.ts';
import { itemTableContract } from './item-table.contract.ts';
import { nameStoreContract } from './name-store.contract.ts';
import { slowReadStoreContract } from './slow-read-store.contract.ts';
import { spendStoreContract } from './spend-store.contract.ts';

export type Tables = Readonly<Record<TableRole, ItemTable>>;

/** `tables` is called inside the tests, when the tables are there. */
export function dynamoDbContracts(tables: () => Tables): void {
  itemTableContract(() => tables().spend);
  spendStoreContract(() => createDynamoDbSpendStore(tables().spend, () => instantOf('2026-11-20T10:00:00Z')));
  slowReadStoreContract(() => createDynamoDbSlowReadStore(tables().spend));
  nameStoreContract(() => createDynamoDbNameStore(tables().spend));
  budgetStoreContract(() => createDynamoDbBudgetStore(tables().budgets));
  alertLedgerContract(() => createDynamoDbAlertLedger(tables().ledger));
}
