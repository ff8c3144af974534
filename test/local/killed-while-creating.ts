// A program that dies at the worst moment for dynalite: its tables are asked for and are not created yet.
import { mkdir } from 'node:fs/promises';
import dynalite from 'dynalite';
import { createTable } from '../../lib/aws/create-table.ts';
import { createDynamoDbClient } from '../../lib/aws/dynamodb-client.ts';

const path = process.argv[2] ?? '';
await mkdir(path, { recursive: true });
const server = dynalite({ path, createTableMs: 3_600_000 });
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  const client = createDynamoDbClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  // None of these ends within the hour.
  for (const name of ['budget-alerts-budgets', 'budget-alerts-ledger'])
    createTable(client, name).catch(() => {});
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 500);
});
