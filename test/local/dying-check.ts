// A program for a test to kill: one local check on a state folder, over ports that end the process at one of their calls.
import { join } from 'node:path';
import { createDynamoDbAlertLedger } from '../../lib/aws/dynamodb-alert-ledger.ts';
import { createDynamoDbBudgetStore } from '../../lib/aws/dynamodb-budget-store.ts';
import { createDynamoDbNameStore } from '../../lib/aws/dynamodb-name-store.ts';
import { createDynamoDbSlowReadStore } from '../../lib/aws/dynamodb-slow-read-store.ts';
import { createDynamoDbSpendStore } from '../../lib/aws/dynamodb-spend-store.ts';
import { newRunId, SYSTEM_CLOCK } from '../../lib/aws/system.ts';
import { checkLocally } from '../../lib/cli/check-locally.ts';
import { startEmbeddedDynamoDb } from '../../lib/local/embedded-dynamodb.ts';
import { OPERATIONS_FILE, OUTBOX_FILE, openOutbox } from '../../lib/local/outbox-notifier.ts';
import { lockState } from '../../lib/local/state-lock.ts';
import { dyingPorts } from '../fakes/dying-ports.ts';
import { type CrashRun, localRunOf, sourceAt } from './crash-run.ts';

const { directory, baseUrl, yaml, at, death }: CrashRun = JSON.parse(process.argv[2] ?? '');
const ports = dyingPorts(death);
const run = localRunOf(yaml, at);
const lock = await lockState(directory, 0);
const embedded = await startEmbeddedDynamoDb({ directory: join(directory, 'dynamodb') });
const source = sourceAt(baseUrl);
const spend = ports.table('spend', embedded.tables.spend);
const outbox = ports.notifier('outbox', openOutbox(directory, OUTBOX_FILE));
const state = {
  budgets: createDynamoDbBudgetStore(ports.table('budgets', embedded.tables.budgets)),
  spend: createDynamoDbSpendStore(spend, () => run.tick),
  names: createDynamoDbNameStore(spend),
  slowReads: createDynamoDbSlowReadStore(spend),
  ledger: createDynamoDbAlertLedger(ports.table('ledger', embedded.tables.ledger)),
  routes: { names: null, notifierOf: () => outbox },
  operations: ports.notifier('operations', openOutbox(directory, OPERATIONS_FILE)),
  clock: SYSTEM_CLOCK,
  newRunId,
  flagsOf: () => [],
};
await checkLocally(run, { organization: 'default', state, alone: true }, ports.source(source));
await source.close();
await embedded.close();
lock.release();
