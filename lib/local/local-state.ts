// State on this machine: a folder, locked for one run at a time, with an embedded DynamoDB and an outbox in it.
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AlertLedger } from '../alert/alert-ledger.ts';
import { createDynamoDbAlertLedger } from '../aws/dynamodb-alert-ledger.ts';
import { createDynamoDbBudgetStore } from '../aws/dynamodb-budget-store.ts';
import { createDynamoDbNameStore } from '../aws/dynamodb-name-store.ts';
import { createDynamoDbSpendStore } from '../aws/dynamodb-spend-store.ts';
import type { BudgetStore } from '../budget/budget-store.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { Clock } from '../run/clock.ts';
import type { NameStore } from '../spend/name-store.ts';
import type { SpendStore } from '../spend/spend-store.ts';
import { type Instant, instantOfEpochMs } from '../time/instant.ts';
import { startEmbeddedDynamoDb } from './embedded-dynamodb.ts';
import { openOutbox } from './outbox-notifier.ts';
import { lockState } from './state-lock.ts';

export interface LocalState extends AsyncDisposable {
  readonly budgets: BudgetStore;
  readonly spend: SpendStore;
  readonly names: NameStore;
  readonly ledger: AlertLedger;
  readonly outbox: Notifier;
  readonly clock: Clock;
  readonly newRunId: () => string;
}

export const SYSTEM_CLOCK: Clock = { now: () => instantOfEpochMs(Date.now()) };

/** 50 bits: runs never share a name, and so never share the name of what they write. */
export function randomRunId(): string {
  return randomBytes(8).toString('base64url').replace(/[-_]/g, 'x').slice(0, 10);
}

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
    return {
      budgets: createDynamoDbBudgetStore(budgets),
      spend: createDynamoDbSpendStore(spend, tick),
      names: createDynamoDbNameStore(spend),
      ledger: createDynamoDbAlertLedger(ledger),
      outbox: openOutbox(directory),
      clock: SYSTEM_CLOCK,
      newRunId: randomRunId,
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
