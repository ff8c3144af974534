// DynamoDB inside this process, kept in a folder: the same stores as in AWS, with nothing to install or to sign up for.
import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import dynalite from 'dynalite';
import { createTable } from '../aws/create-table.ts';
import { createDynamoDbClient } from '../aws/dynamodb-client.ts';
import { createDynamoDbItemTable } from '../aws/dynamodb-item-table.ts';
import type { ItemTable } from '../aws/item-table.ts';
import { TABLE_ROLES, type TableRole } from '../aws/table-definitions.ts';

const TABLE_NAMES: Readonly<Record<TableRole, string>> = {
  budgets: 'budget-alerts-budgets',
  spend: 'budget-alerts-spend',
  ledger: 'budget-alerts-ledger',
};

export interface EmbeddedDynamoDb {
  /** `http://127.0.0.1:<port>`: nobody outside this machine can reach it. Any region and credentials will do. */
  readonly endpoint: string;
  readonly tables: Readonly<Record<TableRole, ItemTable>>;
  /** To be called when nothing is under way any more. */
  close(): Promise<void>;
}

/**
 * What was answered is kept, even if the process is killed. Only one process may have the folder open: whoever calls
 * this holds the folder's lock, as a second process would die without a word to catch.
 */
export async function startEmbeddedDynamoDb({
  directory,
}: {
  readonly directory: string;
}): Promise<EmbeddedDynamoDb> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const server = dynalite({ path: directory, createTableMs: 0, updateTableMs: 0 });
  const endpoint = `http://127.0.0.1:${await listen(server)}`;
  const client = createDynamoDbClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'embedded', secretAccessKey: 'embedded' },
    // A request that is given up half sent would end the process, as the server in it throws.
    requestTimeoutMs: 0,
  });
  async function close(): Promise<void> {
    client.destroy();
    await new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
    });
  }
  try {
    await Promise.all(TABLE_ROLES.map((role) => createTable(client, TABLE_NAMES[role])));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    endpoint,
    tables: {
      budgets: createDynamoDbItemTable(client, TABLE_NAMES.budgets),
      spend: createDynamoDbItemTable(client, TABLE_NAMES.spend),
      ledger: createDynamoDbItemTable(client, TABLE_NAMES.ledger),
    },
    close,
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port');
  return address.port;
}
