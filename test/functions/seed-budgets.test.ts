// What a deployment does to the stored budgets, and that the stack hears of the end of it, whatever it is.

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDynamoDbBudgetStore } from '../../lib/aws/dynamodb-budget-store.ts';
import type { BudgetStore } from '../../lib/budget/budget-store.ts';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from '../../lib/local/embedded-dynamodb.ts';
import { MAX_RETENTION_DAYS } from '../../lib/spend/retention.ts';
import { captureLog } from '../fakes/captured-log.ts';

const TABLE = 'budget-alerts-budgets';
const CONTEXT = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 30_000 };

const lines = captureLog();

let directory: string;
let embedded: EmbeddedDynamoDb;
let store: BudgetStore;
/** What the stack has heard. */
let answers: unknown[];
let stack: ReturnType<typeof createServer>;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'budget-alerts-seed-'));
  embedded = await startEmbeddedDynamoDb({ directory });
  store = createDynamoDbBudgetStore(embedded.tables.budgets, MAX_RETENTION_DAYS);
  answers = [];
  stack = createServer(async (request, response) => {
    answers.push(await json(request));
    response.end();
  });
  await new Promise<void>((resolve) => stack.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await new Promise((resolve) => stack.close(resolve));
  await embedded.close();
  rmSync(directory, { recursive: true });
});

/** As in an execution environment of its own. */
async function handle(event: object, table = TABLE): Promise<void> {
  const environment = {
    BUDGETS_TABLE_NAME: table,
    AWS_ENDPOINT_URL: embedded.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.resetModules();
  const { handler } = await import('../../functions/seed-budgets.ts');
  const { port } = stack.address() as AddressInfo;
  const request = { StackId: 'stack', RequestId: 'r', LogicalResourceId: 'Budgets' };
  await handler({ ...request, ResponseURL: `http://127.0.0.1:${port}/`, ...event }, CONTEXT);
}

function declared(ids: readonly string[], more: object = {}) {
  const budgets = ids.map((id) => `{"id":"${id}","limit":"5","period":"monthly"}`);
  return { organization: 'default', budgets, prune: 'no', ...more };
}

async function stored() {
  const { budgets, settings } = await store.active('default');
  return [budgets.map(({ budget }) => budget.id).sort(), settings.trailingDays];
}

it('stores what is declared, and removes what no longer is only where that was asked for', async () => {
  await handle({ RequestType: 'Create', ResourceProperties: declared(['a', 'b']) });
  expect(await stored()).toEqual([['a', 'b'], 3]);
  await handle({ RequestType: 'Update', ResourceProperties: declared(['c']) });
  expect(await stored()).toEqual([['a', 'b', 'c'], 3]);
  const pruned = declared(['c'], { prune: 'yes', settings: '{"trailingDays":5}' });
  await handle({ RequestType: 'Update', ResourceProperties: pruned });
  expect(await stored()).toEqual([['c'], 5]);
  // Settings that are not declared stay.
  await handle({ RequestType: 'Update', ResourceProperties: declared(['c']) });
  expect(await stored()).toEqual([['c'], 5]);
  expect(answers).toMatchObject(Array(4).fill({ Status: 'SUCCESS', RequestId: 'r' }));
  expect(lines.map(({ changed }) => changed)).toEqual([2, 1, 2, 0]);
});

it('keeps the budgets when the declaration is deleted, and lets the stack go', async () => {
  await handle({ RequestType: 'Create', ResourceProperties: declared(['a']) });
  const PhysicalResourceId = 'Budgets';
  const ResourceProperties = declared([], { prune: 'yes' });
  await handle({ RequestType: 'Delete', PhysicalResourceId, ResourceProperties });
  expect(await stored()).toEqual([['a'], 3]);
  expect(answers[1]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId });
});

it('tells the stack what is wrong with a declaration, and stores nothing of it', async () => {
  const ResourceProperties = declared(['a'], { prune: 'perhaps' });
  await handle({ RequestType: 'Create', ResourceProperties });
  expect(await stored()).toEqual([[], 3]);
  const Reason = expect.stringContaining('deploy it with one version of the package');
  expect(answers).toMatchObject([{ Status: 'FAILED', Reason }]);
  expect(lines).toMatchObject([{ outcome: 'failed', error: 'seed-invalid' }]);
});

it('tells the stack what is missing where there is no table', async () => {
  await handle({ RequestType: 'Create', ResourceProperties: declared(['a']) }, 'no-such-table');
  const Reason = expect.stringContaining('There is no table "no-such-table"');
  expect(answers).toMatchObject([{ Status: 'FAILED', Reason }]);
});

it('tells the stack of settings that are no JSON', async () => {
  await handle({ RequestType: 'Create', ResourceProperties: declared(['a'], { settings: 'no JSON' }) });
  expect(await stored()).toEqual([[], 3]);
  const Reason = expect.stringMatching(/^The budgets of the stack cannot be read \(settings: /);
  expect(answers).toMatchObject([{ Status: 'FAILED', Reason }]);
  expect(lines).toMatchObject([{ outcome: 'failed', error: 'seed-invalid' }]);
});
