// A program that dies at the worst moment for dynalite: its tables are asked for and are not created yet.
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { createTable } from '../../lib/aws/create-table.ts';
import { createDynamoDbClient } from '../../lib/aws/dynamodb-client.ts';

const NAMES = ['budget-alerts-budgets', 'budget-alerts-ledger'];

const path = process.argv[2] ?? '';
await mkdir(path, { recursive: true });
const server = dynalite({ path, createTableMs: 3_600_000 });
await once(server.listen(0, '127.0.0.1'), 'listening');
const address = server.address();
const client = createDynamoDbClient({
  endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
for (const TableName of NAMES) {
  // Does not end within the hour.
  createTable(client, TableName).catch(() => {});
  const status = async () => {
    const answer = await client.send(new DescribeTableCommand({ TableName })).catch(() => null);
    return answer?.Table?.TableStatus;
  };
  while ((await status()) !== 'CREATING');
}
process.kill(process.pid, 'SIGKILL');
