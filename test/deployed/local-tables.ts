// The stack's tables in dynalite, with the keys that the template gives them.
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import * as v from 'valibot';
import { createDynamoDbClient } from '../../lib/aws/dynamodb-client.ts';
import { REGION } from './physical-ids.ts';
import { type ResolvedStack, resourcesOf } from './resolve-template.ts';

const tableSchema = v.looseObject({
  KeySchema: v.array(v.object({ AttributeName: v.string(), KeyType: v.picklist(['HASH', 'RANGE']) })),
  AttributeDefinitions: v.array(
    v.object({ AttributeName: v.string(), AttributeType: v.picklist(['S', 'N', 'B']) }),
  ),
  BillingMode: v.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: v.optional(v.never()),
  LocalSecondaryIndexes: v.optional(v.never()),
});

export interface LocalTables {
  readonly endpoint: string;
  close(): Promise<void>;
}

const POLL_MS = 2;

export async function startLocalTables(stack: ResolvedStack): Promise<LocalTables> {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port');
  const endpoint = `http://127.0.0.1:${address.port}`;

  const credentials = { accessKeyId: 'deployment', secretAccessKey: 'deployment' };
  const client = createDynamoDbClient({ endpoint, region: REGION, credentials });
  const tables = resourcesOf(stack, ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'], tableSchema);
  for (const { ref: TableName, properties } of tables) {
    const { KeySchema, AttributeDefinitions, BillingMode } = properties;
    await client.send(new CreateTableCommand({ TableName, KeySchema, AttributeDefinitions, BillingMode }));
    const isActive = async (): Promise<boolean> => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      return Table?.TableStatus === 'ACTIVE';
    };
    while (!(await isActive())) await sleep(POLL_MS);
  }
  client.destroy();

  return {
    endpoint,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}
