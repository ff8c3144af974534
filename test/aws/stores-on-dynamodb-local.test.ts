// The contracts over AWS's own DynamoDB Local, the nearest thing to DynamoDB that needs no account.
import { afterAll, beforeAll, describe } from 'vitest';
import { createTable } from '../../lib/aws/create-table.ts';
import { createDynamoDbClient } from '../../lib/aws/dynamodb-client.ts';
import { createDynamoDbItemTable } from '../../lib/aws/dynamodb-item-table.ts';
import { dynamoDbContracts, type Tables } from '../contract/dynamodb-contracts.ts';
import { canRunDynamoDbLocal, type DynamoDbLocal, startDynamoDbLocal } from './dynamodb-local.ts';

describe.runIf(canRunDynamoDbLocal())('on DynamoDB Local', () => {
  let server: DynamoDbLocal;
  let client: ReturnType<typeof createDynamoDbClient>;
  let tables: Tables;

  beforeAll(async () => {
    server = await startDynamoDbLocal();
    client = createDynamoDbClient({
      endpoint: server.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const table = async (name: string) => {
      await createTable(client, name);
      return createDynamoDbItemTable(client, name);
    };
    tables = { budgets: await table('budgets'), spend: await table('spend'), ledger: await table('ledger') };
  });

  afterAll(async () => {
    client?.destroy();
    await server?.close();
  });

  dynamoDbContracts(() => tables);
});
