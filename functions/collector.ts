// What the two collectors share: their edges, and a run of the collect use case over their kinds of spend.
import { ADMIN_KEY_SECRET_PREFIX } from '../lib/aws/deployment-names.ts';
import { createDynamoDbBudgetStore } from '../lib/aws/dynamodb-budget-store.ts';
import { createDynamoDbClient } from '../lib/aws/dynamodb-client.ts';
import { createDynamoDbItemTable } from '../lib/aws/dynamodb-item-table.ts';
import { createDynamoDbNameStore } from '../lib/aws/dynamodb-name-store.ts';
import { createDynamoDbSlowReadStore } from '../lib/aws/dynamodb-slow-read-store.ts';
import { createDynamoDbSpendStore } from '../lib/aws/dynamodb-spend-store.ts';
import { readEnvironment } from '../lib/aws/function-environment.ts';
import { environmentRetentionDays } from '../lib/aws/retention-days.ts';
import { type InvocationContext, runFunction } from '../lib/aws/run-function.ts';
import { createSecretReader } from '../lib/aws/secret-reader.ts';
import { newRunId, SYSTEM_CLOCK } from '../lib/aws/system.ts';
import type { Problem } from '../lib/budget/problem.ts';
import { BudgetAlertsError } from '../lib/errors.ts';
import { DEFAULT_BASE_URL } from '../lib/openai/base-url.ts';
import { createUsageSource, type OpenAiUsageSource } from '../lib/openai/usage-source.ts';
import { collect } from '../lib/run/collect.ts';
import { isSlowRead } from '../lib/run/near-timeout.ts';
import type { SpendKind } from '../lib/spend/catalogue.ts';
import { SourceError } from '../lib/spend/usage-source.ts';
import { plusMs } from '../lib/time/instant.ts';

/** Time to store a failure and to log, when reading took all there was. */
const RESERVE_MS = 10_000;
/** OpenAI publishes no limit for these endpoints; at one request a second nobody has reported one. */
const MIN_INTERVAL_MS = 1_000;
/** A day larger than this does not fit into the function's memory. */
const MAX_DAY_BYTES = 48 * 1024 * 1024;

type Handler = (event: unknown, context: InvocationContext) => Promise<void>;

export function createCollector(name: string, kinds: readonly SpendKind[]): Handler {
  const environment = readEnvironment(['BUDGETS_TABLE_NAME', 'SPEND_TABLE_NAME']);
  const retentionDays = environmentRetentionDays();
  const client = createDynamoDbClient();
  const spendTable = createDynamoDbItemTable(client, environment.SPEND_TABLE_NAME);
  const stores = {
    budgets: createDynamoDbBudgetStore(
      createDynamoDbItemTable(client, environment.BUDGETS_TABLE_NAME),
      retentionDays,
    ),
    spend: createDynamoDbSpendStore(spendTable, SYSTEM_CLOCK.now),
    names: createDynamoDbNameStore(spendTable),
  };
  const slowReads = createDynamoDbSlowReadStore(spendTable);
  const secrets = createSecretReader();
  /** By the id of the secret: a source is as good as its key. */
  const sources = new Map<string, OpenAiUsageSource>();

  /** To the use case, a key that cannot be had is a source that cannot be read: it is recorded, and operations told. */
  const readAdminKey = async (secretId: string): Promise<string> => {
    try {
      return await secrets.read(secretId);
    } catch (error) {
      if (!(error instanceof BudgetAlertsError)) throw error;
      throw new SourceError('openai-key-missing', error.message);
    }
  };

  const sourceOf = (secretId: string): OpenAiUsageSource => {
    const source =
      sources.get(secretId) ??
      createUsageSource({
        adminKey: () => readAdminKey(secretId),
        keyPlace: `into the secret ${secretId}`,
        baseUrl: process.env.OPENAI_BASE_URL?.trim() || DEFAULT_BASE_URL,
        minIntervalMs: MIN_INTERVAL_MS,
        maxBodyBytes: MAX_DAY_BYTES / 2,
        maxDayBytes: MAX_DAY_BYTES,
      });
    sources.set(secretId, source);
    return source;
  };

  return (event, context) =>
    runFunction(name, event, context, async (scheduled) => {
      const { organization, tick, adminKeySecretId, deadline, nearTimeoutAt } = scheduled;
      const secretId = adminKeySecretId ?? `${ADMIN_KEY_SECRET_PREFIX}${organization}`;
      const input = { organization, kinds, tick, deadline: plusMs(deadline, -RESERVE_MS), retentionDays };
      const report = await collect(input, { ...stores, source: sourceOf(secretId), newRunId });
      const { problems, requests, daysRead, daysChanged, ignoredRows, overtaken } = report;
      if (problems.some(({ code }) => code === 'openai-key-rejected')) secrets.forget(secretId);
      const now = SYSTEM_CLOCK.now();
      if (isSlowRead(report, now, nearTimeoutAt)) {
        // What was read is stored: a word about it that is lost must not make the run fail.
        await slowReads.rememberSlowRead(organization, { function: name, at: now }).catch(() => undefined);
      }
      return {
        counts: { requests, daysRead, daysChanged, ignoredRows, overtaken },
        problems,
        explanations: problems.filter(({ code }) => code.startsWith('openai-')).map(whatFailed),
        completed: problems.every(({ severity }) => severity !== 'error'),
      };
    });
}

/** The first sentence of a SourceError: which request, what came of it, and its id. What to do is told to operations. */
function whatFailed({ message }: Problem): string {
  return message.split('. ')[0] ?? message;
}
