// Creates one of the tables where no stack does, and waits until it can be used.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { PARTITION_KEY, SORT_KEY } from './table-definitions.ts';

const POLL_MS = 2;

/** Leaves a table that exists as it is. */
export async function createTable(client: DynamoDBClient, tableName: string): Promise<void> {
  const existed = !(await isNew(client, tableName));
  for (let polls = 0; ; polls += 1) {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    if (table?.TableStatus !== 'CREATING') return;
    if (existed && polls === 0) await wakeUp(client, tableName);
    await sleep(POLL_MS);
  }
}

async function isNew(client: DynamoDBClient, tableName: string): Promise<boolean> {
  try {
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: PARTITION_KEY, AttributeType: 'S' },
          { AttributeName: SORT_KEY, AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: PARTITION_KEY, KeyType: 'HASH' },
          { AttributeName: SORT_KEY, KeyType: 'RANGE' },
        ],
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ResourceInUseException) return false;
    throw error;
  }
}

/**
 * dynalite forgets to finish a table whose process was killed while creating it, and then refuses to use or to delete
 * it. An update of its billing, which means nothing here, makes it ACTIVE.
 */
async function wakeUp(client: DynamoDBClient, tableName: string): Promise<void> {
  await client.send(
    new UpdateTableCommand({
      TableName: tableName,
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
    }),
  );
}
