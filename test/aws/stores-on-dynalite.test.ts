// The contracts over dynalite, the DynamoDB that the command keeps in its state folder.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from '../../lib/local/embedded-dynamodb.ts';
import { dynamoDbContracts } from '../contract/dynamodb-contracts.ts';

let directory: string;
let embedded: EmbeddedDynamoDb;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'budget-alerts-contracts-'));
  embedded = await startEmbeddedDynamoDb({ directory });
});

afterAll(async () => {
  await embedded.close();
  await rm(directory, { recursive: true });
});

describe('on dynalite', () => {
  dynamoDbContracts(() => embedded.tables);
});
