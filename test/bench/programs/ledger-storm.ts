// Announces 10,000 breaches at once, of two `each` budgets over 5,000 projects, and records every request for the ledger; played
// again, against DynamoDB, they are the storm and nothing else.

import { createTable } from '../../../lib/aws/create-table.ts';
import { createDynamoDbClient } from '../../../lib/aws/dynamodb-client.ts';
import { createDynamoDbItemTable } from '../../../lib/aws/dynamodb-item-table.ts';
import type { ItemTable } from '../../../lib/aws/item-table.ts';
import { budgetOf } from '../../fakes/budgets-of.ts';
import { memoryItemTable } from '../../fakes/memory-item-table.ts';
import { instantOf } from '../../fakes/time-of.ts';
import { benchState } from '../bench-state.ts';
import { monotonicUs } from '../monotonic-us.ts';
import { benchSource } from '../organization.ts';

const [endpoint = ''] = process.argv.slice(2);
const ALERTS = 10_000;
const PROJECTS = 5_000;
const NOW = instantOf('2026-10-31T12:00:00Z');

type Request = (ledger: ItemTable) => Promise<unknown>;
const requests: Request[] = [];

function recording(table: ItemTable): ItemTable {
  const noted = <Answer>(request: (ledger: ItemTable) => Promise<Answer>): Promise<Answer> => {
    requests.push(request);
    return request(table);
  };
  return {
    get: (...given) => noted((ledger) => ledger.get(...given)),
    query: (...given) => noted((ledger) => ledger.query(...given)),
    put: (...given) => noted((ledger) => ledger.put(...given)),
    delete: (...given) => noted((ledger) => ledger.delete(...given)),
  };
}

const tables = {
  budgets: memoryItemTable(),
  spend: memoryItemTable(),
  ledger: recording(memoryItemTable()),
};
const state = benchState(
  tables,
  benchSource({ projects: PROJECTS, lineItems: 1 }, NOW, () => 0),
  () => NOW,
);
const budgets = Array.from({ length: ALERTS / PROJECTS }, (_, index) =>
  budgetOf({ id: `each-${index}`, each: true, limit: '0.000001', thresholds: ['100%'] }),
);
await state.declare(budgets, instantOf('2026-10-01T00:00:00Z'));
await state.collect('costs');
requests.length = 0;
const { delivered } = await state.check();
if (delivered.length !== ALERTS) throw new Error(`${delivered.length} alerts instead of ${ALERTS}`);

const client = createDynamoDbClient({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
});
await createTable(client, 'ledger');
const ledger = createDynamoDbItemTable(client, 'ledger');
const storm = [...requests];
const fromUs = monotonicUs();
const began = process.cpuUsage();
for (const request of storm) await request(ledger);
const { user, system } = process.cpuUsage(began);
const untilUs = monotonicUs();
client.destroy();
process.stdout.write(
  JSON.stringify({ requests: storm.length, cpuS: (user + system) / 1e6, fromUs, untilUs }),
);
