// State on this machine: a folder, locked for one run at a time, with an embedded DynamoDB and an outbox in it.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createDynamoDbAlertLedger } from '../aws/dynamodb-alert-ledger.ts';
import { createDynamoDbBudgetStore } from '../aws/dynamodb-budget-store.ts';
import { createDynamoDbNameStore } from '../aws/dynamodb-name-store.ts';
import { createDynamoDbSlowReadStore } from '../aws/dynamodb-slow-read-store.ts';
import { createDynamoDbSpendStore } from '../aws/dynamodb-spend-store.ts';
import { newRunId, SYSTEM_CLOCK } from '../aws/system.ts';
import type { RunState } from '../run/run-state.ts';
import type { Instant } from '../time/instant.ts';
import { startEmbeddedDynamoDb } from './embedded-dynamodb.ts';
import { OPERATIONS_FILE, OUTBOX_FILE, openOutbox } from './outbox-notifier.ts';
import { lockState } from './state-lock.ts';

export interface LocalState extends RunState, AsyncDisposable {}

/**
 * @param tick decides which stored spend has expired, so that a run in the past reads as it did then
 * @throws BudgetAlertsError `state-locked` when another run has not finished after `patienceMs`
 */
export async function openLocalState(
  directory: string,
  tick: () => Instant,
  patienceMs: number,
  onWait: (holder: string) => void,
): Promise<LocalState> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const lock = await lockState(directory, patienceMs, onWait);
  try {
    const embedded = await startEmbeddedDynamoDb({ directory: join(directory, 'dynamodb') });
    const { budgets, spend, ledger } = embedded.tables;
    const outbox = openOutbox(directory, OUTBOX_FILE);
    return {
      budgets: createDynamoDbBudgetStore(budgets),
      spend: createDynamoDbSpendStore(spend, tick),
      names: createDynamoDbNameStore(spend),
      slowReads: createDynamoDbSlowReadStore(spend),
      ledger: createDynamoDbAlertLedger(ledger),
      routes: { names: null, notifierOf: () => outbox },
      operations: openOutbox(directory, OPERATIONS_FILE),
      clock: SYSTEM_CLOCK,
      newRunId,
      flagsOf: () => [],
      async [Symbol.asyncDispose]() {
        await embedded.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
