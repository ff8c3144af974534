// A function that comes close to its time-out leaves word of it, which the next check and the heartbeat tell operations.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ADMIN_KEY_SECRET_PREFIX } from '../../lib/aws/deployment-names.ts';
import { createDynamoDbAlertLedger } from '../../lib/aws/dynamodb-alert-ledger.ts';
import { createDynamoDbBudgetStore } from '../../lib/aws/dynamodb-budget-store.ts';
import { createDynamoDbSlowReadStore } from '../../lib/aws/dynamodb-slow-read-store.ts';
import type { InvocationContext } from '../../lib/aws/run-function.ts';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from '../../lib/local/embedded-dynamodb.ts';
import { MAX_RETENTION_DAYS } from '../../lib/spend/retention.ts';
import { storedBudgetOf } from '../fakes/budgets-of.ts';
import { captureLog } from '../fakes/captured-log.ts';
import {
  costResult,
  daysWindow,
  type ReplayedOpenAi,
  startReplayedOpenAi,
} from '../fakes/replayed-openai.ts';
import { type ScriptedAws, startScriptedAws } from '../fakes/scripted-aws.ts';
import { instantOf } from '../fakes/time-of.ts';

type Handler = (event: unknown, context: InvocationContext) => Promise<void>;

const TICK = '2026-11-20T10:00:00.000Z';
const EVENT = { organization: 'acme', tick: TICK };
const lines = captureLog();

let directory: string;
let embedded: EmbeddedDynamoDb;
let aws: ScriptedAws;
let openai: ReplayedOpenAi;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'budget-alerts-late-'));
  embedded = await startEmbeddedDynamoDb({ directory });
  aws = await startScriptedAws();
  openai = await startReplayedOpenAi();
  const topic = 'arn:aws:sns:us-east-1:000000000000:alerts';
  const environment = {
    AWS_ENDPOINT_URL_DYNAMODB: embedded.endpoint,
    OPENAI_BASE_URL: openai.baseUrl,
    BUDGETS_TABLE_NAME: 'budget-alerts-budgets',
    SPEND_TABLE_NAME: 'budget-alerts-spend',
    LEDGER_TABLE_NAME: 'budget-alerts-ledger',
    ALERTS_TOPIC_ARN: topic,
    OPERATIONS_TOPIC_ARN: topic,
    ROUTE_TOPICS: '{}',
    STACK_NAME: 'stack',
    DIGEST: 'daily',
    SIGN_OF_LIFE: 'off',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.resetModules();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await openai[Symbol.asyncDispose]();
  await aws[Symbol.asyncDispose]();
  await embedded.close();
  rmSync(directory, { recursive: true });
});

it.each<[string, () => Promise<{ readonly handler: Handler }>, string?]>([
  ['check-budgets', () => import('../../functions/check-budgets.ts')],
  ['heartbeat', () => import('../../functions/heartbeat.ts')],
  ['send-digest', () => import('../../functions/send-digest.ts')],
  ['send-digest', () => import('../../functions/send-digest.ts'), 'weekly'],
])('%s leaves it in the ledger, whatever becomes of the run', async (name, load, digest = 'daily') => {
  vi.stubEnv('DIGEST', digest);
  const { handler } = await load();
  const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 0 };
  await handler(EVENT, context).catch(() => undefined);
  expect(lines).toMatchObject([{ function: name }]);
  const ledger = createDynamoDbAlertLedger(embedded.tables.ledger);
  const { memos } = await ledger.read('acme', instantOf(TICK));
  expect([...memos.keys()]).toContain(`near-timeout.${name}`);
});

it('collect-costs leaves it beside the spend that it has stored', async () => {
  const budgets = createDynamoDbBudgetStore(embedded.tables.budgets, MAX_RETENTION_DAYS);
  await budgets.put('acme', storedBudgetOf(), 0, 'a test');
  aws.answer = () => ({ body: JSON.stringify({ SecretString: 'sk-admin-x' }) });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(TICK) });
  const answer = daysWindow({ '2026-11-19': [costResult('proj_a', '11')] });
  openai.replay('costs', (...asked) => {
    // Of 60 seconds, 80 % are 48; 10 are kept to store what was read.
    vi.setSystemTime(Date.parse(TICK) + 48_000);
    return answer(...asked);
  });
  const { handler } = await import('../../functions/collect-costs.ts');
  await handler(EVENT, { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 60_000 });
  expect(lines).toMatchObject([{ outcome: 'done', problems: [] }]);
  expect(aws.calls.map(({ body }) => JSON.parse(body))).toEqual([
    { SecretId: `${ADMIN_KEY_SECRET_PREFIX}acme` },
  ]);
  const read = await createDynamoDbSlowReadStore(embedded.tables.spend).lastSlowRead('acme');
  expect(read).toEqual({ function: 'collect-costs', at: Date.parse(TICK) + 48_000 });
});
