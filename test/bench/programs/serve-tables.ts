// A process with the tables of a small organization after a day's runs, in dynalite: says its port and the tick of the next.
import dynalite from 'dynalite';
import { createTable } from '../../../lib/aws/create-table.ts';
import { createDynamoDbClient } from '../../../lib/aws/dynamodb-client.ts';
import { createDynamoDbItemTable } from '../../../lib/aws/dynamodb-item-table.ts';
import { TABLE_ROLES } from '../../../lib/aws/table-definitions.ts';
import { formatInstant, HOUR_MS, instantOfEpochMs, plusMs } from '../../../lib/time/instant.ts';
import { benchState } from '../bench-state.ts';
import { benchBudgets, benchSource } from '../organization.ts';

const SMALL = { projects: 20, lineItems: 5 };
const BUDGETS = 20;

const server = dynalite({ createTableMs: 0 });
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
const address = server.address();
if (address === null || typeof address === 'string') throw new TypeError('The server has no port');
const client = createDynamoDbClient({
  endpoint: `http://127.0.0.1:${address.port}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
});
await Promise.all(TABLE_ROLES.map((role) => createTable(client, role)));
const table = (role: string) => createDynamoDbItemTable(client, role);
const now = instantOfEpochMs(Date.now());
const state = benchState(
  { budgets: table('budgets'), spend: table('spend'), ledger: table('ledger') },
  benchSource(SMALL, now, () => 0),
  () => now,
);
await state.declare(benchBudgets(BUDGETS, SMALL.projects), plusMs(now, -100 * 24 * HOUR_MS));
await state.collect('costs');
await state.collect('completions');
await state.check();
await state.heartbeat();
client.destroy();
process.send?.({ port: address.port, tick: formatInstant(now) });
process.once('disconnect', () => process.exit());
