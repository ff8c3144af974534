// Tables as the doctor sees them, on AWS's own DynamoDB Local: each planted fault, and the command that ends it.
import { CreateTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable } from '../../lib/aws/create-table.ts';
import { createDynamoDbClient } from '../../lib/aws/dynamodb-client.ts';
import { examineTable } from '../../lib/aws/examine-table.ts';
import type { TableRole } from '../../lib/aws/table-definitions.ts';
import { canRunDynamoDbLocal, type DynamoDbLocal, startDynamoDbLocal } from './dynamodb-local.ts';

describe.runIf(canRunDynamoDbLocal())('a table', () => {
  let server: DynamoDbLocal;
  let client: ReturnType<typeof createDynamoDbClient>;

  beforeAll(async () => {
    server = await startDynamoDbLocal();
    client = createDynamoDbClient({
      endpoint: server.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    await createTable(client, 'budgets');
    await createTable(client, 'spend');
    await createTable(client, 'ledger');
    await createTable(client, 'forgets-otherwise');
    for (const [TableName, AttributeName] of [
      ['spend', 'expiresAt'],
      ['forgets-otherwise', 'ttl'],
    ] as const) {
      const TimeToLiveSpecification = { Enabled: true, AttributeName };
      await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
    }
    await client.send(
      new CreateTableCommand({
        TableName: 'theirs',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
  });

  afterAll(async () => {
    client?.destroy();
    await server?.close();
  });

  const examined = async (role: TableRole, tableName: string) =>
    (await examineTable({ role, tableName, client })).map(
      ({ check, state, message, fix }) => `${state} ${check}: ${message} ${fix ?? ''}`,
    );

  it('that is as it should be is fine, with a time to live where it has one', async () => {
    const [table, ...more] = await examined('spend', 'spend');
    expect(table).toMatch(/^ok table\.spend: The table spend is ACTIVE/);
    expect(more).toEqual(['ok table.spend.ttl: It forgets by expiresAt. ']);
    expect(await examined('budgets', 'budgets')).toHaveLength(1);
  });

  it('that forgets nothing is said to grow, with the command', async () => {
    expect((await examined('ledger', 'ledger'))[1]).toBe(
      'warning table.ledger.ttl: The table ledger forgets nothing (TTL is off): it grows for ever. ' +
        'aws dynamodb update-time-to-live --table-name ledger --time-to-live-specification Enabled=true,AttributeName=expiresAt',
    );
  });

  it('that forgets by another attribute is said to, with both commands', async () => {
    const [, ttl] = await examined('ledger', 'forgets-otherwise');
    expect(ttl).toContain(
      'warning table.ledger.ttl: The table forgets-otherwise forgets by ttl, not by expiresAt',
    );
    expect(ttl).toContain('Enabled=false,AttributeName=ttl');
    expect(ttl).toContain('Enabled=true,AttributeName=expiresAt');
  });

  it('that is not there is said to be missing, and how it comes back', async () => {
    const [missing, ...more] = await examined('spend', 'gone');
    expect(missing).toMatch(/^failed table\.spend: There is no table gone in this account and region\./);
    expect(missing).toContain('aws dynamodb restore-table-from-backup --target-table-name gone');
    expect(more).toEqual([]);
  });

  it('with other keys is somebody else’s', async () => {
    const [theirs] = await examined('budgets', 'theirs');
    expect(theirs).toContain(
      'failed table.budgets: The table theirs has the keys id HASH N, not pk HASH S, sk RANGE S.',
    );
  });
});
