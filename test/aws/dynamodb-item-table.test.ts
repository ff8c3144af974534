// What the seam makes of a DynamoDB that refuses, throttles, is not there, or takes a write and loses the answer.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoDbAlertLedger } from '../../lib/aws/dynamodb-alert-ledger.ts';
import { createDynamoDbClient } from '../../lib/aws/dynamodb-client.ts';
import { dynamoDbError } from '../../lib/aws/dynamodb-error.ts';
import { createDynamoDbItemTable } from '../../lib/aws/dynamodb-item-table.ts';
import { createDynamoDbSpendStore } from '../../lib/aws/dynamodb-spend-store.ts';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from '../../lib/local/embedded-dynamodb.ts';
import { datasetOf } from '../../lib/spend/dataset.ts';
import { costDay } from '../fakes/day-of-rows.ts';
import { spendUpdateOf } from '../fakes/spend-update-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const COSTS = datasetOf('costs');
const TODAY = instantOf('2026-11-20T10:00:00Z');

let directory: string;
let embedded: EmbeddedDynamoDb;
const clients: DynamoDBClient[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'budget-alerts-item-table-'));
  embedded = await startEmbeddedDynamoDb({ directory });
});

afterAll(async () => {
  for (const client of clients) client.destroy();
  await embedded.close();
  await rm(directory, { recursive: true });
});

/** Counts the requests by operation. `losesAnswer` is asked for each operation's first attempt. */
function watchedClient(losesAnswer: (operation: string) => boolean = () => false) {
  const requests: string[] = [];
  const client = createDynamoDbClient({
    endpoint: embedded.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  clients.push(client);
  const lost = new WeakSet<object>();
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const operation = String(context.commandName).replace('Command', '');
      requests.push(operation);
      const answer = await next(args);
      if (lost.has(args.input) || !losesAnswer(operation)) return answer;
      lost.add(args.input);
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
    },
    { step: 'deserialize', priority: 'high' },
  );
  return { client, requests };
}

const named = (name: string, message = 'details of the service') =>
  Object.assign(new Error(message), { name });

describe('a DynamoDB that cannot be used', () => {
  it.each([
    { name: 'ResourceNotFoundException', says: /no table "spend".*Deploy the stack/ },
    {
      name: 'AccessDeniedException',
      says: /Access .* "spend" was refused .*Check the AWS credentials.*Query/,
    },
    { name: 'ExpiredTokenException', says: /was refused \(ExpiredTokenException\)/ },
    { name: 'CredentialsProviderError', says: /Check the AWS credentials/ },
    { name: 'UnrecognizedClientException', says: /Check the AWS credentials/ },
    { name: 'ProvisionedThroughputExceededException', says: /throttled .*The next run tries again/ },
    { name: 'ThrottlingException', says: /throttled .*The next run tries again/ },
    { name: 'InternalServerError', says: /Could not reach .*InternalServerError: details of the service/ },
    { name: 'TimeoutError', says: /Could not reach .*Check the network/ },
  ])('is state-unavailable, and says what to do: $name', ({ name, says }) => {
    const cause = named(name);
    expect(dynamoDbError(cause, 'spend')).toMatchObject({
      code: 'state-unavailable',
      message: expect.stringMatching(says),
      cause,
    });
  });

  it('is state-unavailable even if what was thrown is no error', () => {
    expect(dynamoDbError('gone', 'spend')).toMatchObject({ code: 'state-unavailable' });
  });

  it('leaves a mistake of our own as it is', () => {
    const mistake = named('ValidationException');
    expect(dynamoDbError(mistake, 'spend')).toBe(mistake);
  });

  it('is said of every operation on a table that is not there', async () => {
    const { client } = watchedClient();
    const table = createDynamoDbItemTable(client, 'missing-table');
    const problem = { code: 'state-unavailable', message: expect.stringContaining('"missing-table"') };
    const options = { consistent: true };
    await expect(table.get('a', 'b', options)).rejects.toMatchObject(problem);
    await expect(table.query('a', { from: 'a', to: 'b' }, options)).rejects.toMatchObject(problem);
    await expect(table.put({ pk: 'a', sk: 'b' }, 'none')).rejects.toMatchObject(problem);
    await expect(table.delete('a', 'b', { version: 1 })).rejects.toMatchObject(problem);
  });

  it('is tried eight times', async () => {
    expect(await watchedClient().client.config.maxAttempts()).toBe(8);
  });

  it('does not hold numbers that are none', async () => {
    const { client, requests } = watchedClient();
    const table = createDynamoDbItemTable(client, 'budget-alerts-spend');
    await expect(table.put({ pk: 'a', sk: 'b', version: Number.NaN }, 'none')).rejects.toThrow(RangeError);
    expect(requests).toEqual([]);
  });
});

describe('a write whose answer is lost, and which the client then repeats', () => {
  it('is refused by its own first attempt, and is a commit all the same', async () => {
    const { client, requests } = watchedClient((operation) => operation === 'PutItem');
    const store = createDynamoDbSpendStore(
      createDynamoDbItemTable(client, 'budget-alerts-spend'),
      () => TODAY,
    );
    for (const [version, amount] of [
      [1, '5'],
      [2, '7'],
    ] as const) {
      const day = costDay([['proj_a', 'gpt-5', amount]]);
      const root = await store.root('lost-answers', COSTS);
      const update = spendUpdateOf({ '2026-11-01': day });
      const result = await store.commit('lost-answers', COSTS, root, update);
      expect(result).toMatchObject({ committed: true, root: { version } });
      const snapshot = await store.read('lost-answers', COSTS, dayOf('2026-11-01'));
      expect(snapshot.tablesOf(dayOf('2026-11-01'))).toEqual([day]);
    }
    expect(requests.filter((operation) => operation === 'PutItem')).toHaveLength(8);
  });

  it('is this run’s own claim', async () => {
    const { client } = watchedClient((operation) => operation === 'PutItem');
    const ledger = createDynamoDbAlertLedger(createDynamoDbItemTable(client, 'budget-alerts-ledger'));
    const key = { periodEnd: instantOf('2026-12-01'), budgetId: 'a', shape: 'abcdef', shard: '-' };
    const latch = { key, version: 1, announced: new Map(), claim: null };
    expect(await ledger.write('lost-answers', latch, 'run-1')).toBe(true);
    expect(await ledger.write('lost-answers', { ...latch, version: 2 }, 'run-1')).toBe(true);
    expect(await ledger.write('lost-answers', { ...latch, version: 2 }, 'run-2')).toBe(false);
  });
});

describe('what a month of 50 projects with 10 line items costs', () => {
  const DAYS = Array.from({ length: 30 }, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`);
  const dayOfMonth = (day: number) =>
    costDay(
      Array.from({ length: 500 }, (_, row) => [
        `proj_${(row % 50).toString().padStart(24, '0')}`,
        `line item ${Math.floor(row / 50)}`,
        String(((row + 1) * (day + 1)) / 7),
      ]),
    );

  it('is one Query to read it, and a GetItem and a PutItem to find nothing new', async () => {
    const { client, requests } = watchedClient();
    const store = createDynamoDbSpendStore(
      createDynamoDbItemTable(client, 'budget-alerts-spend'),
      () => TODAY,
    );
    const month = Object.fromEntries(DAYS.map((day, index) => [day, dayOfMonth(index)]));
    await store.commit('month', COSTS, await store.root('month', COSTS), spendUpdateOf(month));

    requests.length = 0;
    const snapshot = await store.read('month', COSTS, dayOf('2026-11-01'));
    expect(snapshot.root.days.size).toBe(30);
    expect(snapshot.tablesOf(dayOf('2026-11-30'))?.[0]?.rowCount).toBe(500);
    expect(requests).toEqual(['Query']);

    requests.length = 0;
    await store.commit('month', COSTS, await store.root('month', COSTS), spendUpdateOf({}));
    expect(requests).toEqual(['GetItem', 'PutItem']);
  });
});
