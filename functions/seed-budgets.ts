// Lambda: makes an organization's stored budgets those that the stack declares, whenever a deployment changes them.
import {
  answerCustomResource,
  type CustomResourceRequest,
  parseCustomResourceRequest,
} from '../lib/aws/custom-resource.ts';
import { createDynamoDbBudgetStore } from '../lib/aws/dynamodb-budget-store.ts';
import { createDynamoDbClient } from '../lib/aws/dynamodb-client.ts';
import { createDynamoDbItemTable } from '../lib/aws/dynamodb-item-table.ts';
import { readEnvironment } from '../lib/aws/function-environment.ts';
import type { InvocationContext } from '../lib/aws/run-function.ts';
import { logRun } from '../lib/aws/run-log.ts';
import { parseSeedRequest } from '../lib/aws/seed-request.ts';
import { SYSTEM_CLOCK } from '../lib/aws/system.ts';
import { BudgetAlertsError } from '../lib/errors.ts';
import { applyChanges, applySettings, planBudgets } from '../lib/run/apply-budgets.ts';

const environment = readEnvironment(['BUDGETS_TABLE_NAME']);
const store = createDynamoDbBudgetStore(
  createDynamoDbItemTable(createDynamoDbClient(), environment.BUDGETS_TABLE_NAME),
);

/** The stack is answered in every case; if that fails, Lambda repeats the whole, which then changes nothing more. */
export async function handler(event: unknown, context: InvocationContext): Promise<void> {
  const startedAtMs = performance.now();
  const request = parseCustomResourceRequest(event);
  const { failure, counts } = await seed(request);
  logRun({
    function: 'seed-budgets',
    outcome: failure === null ? 'done' : 'failed',
    awsRequestId: context.awsRequestId,
    durationMs: Math.round(performance.now() - startedAtMs),
    request: request.RequestType,
    ...counts,
  });
  await answerCustomResource(request, request.LogicalResourceId, failure);
}

interface Seeded {
  readonly failure: string | null;
  readonly counts: Readonly<Record<string, number | string>>;
}

/** Deleting a declaration deletes no budget: the table outlives the stack, and people may go on with it. */
async function seed({ RequestType, ResourceProperties }: CustomResourceRequest): Promise<Seeded> {
  if (RequestType === 'Delete') return { failure: null, counts: {} };
  try {
    const { organization, budgets, settings, prune } = parseSeedRequest(ResourceProperties);
    const planned = await planBudgets(organization, budgets, SYSTEM_CLOCK.now(), store);
    const changes = planned.filter(({ action }) => action !== 'remove' || prune);
    if (settings !== null) await applySettings(organization, settings, store);
    const problems = await applyChanges(organization, changes, 'cdk deploy', store);
    const changed = changes.filter(({ action }) => action !== 'unchanged').length;
    return {
      failure: problems.length === 0 ? null : problems.map(({ message }) => message).join('\n'),
      counts: { organization, declared: budgets.length, changed },
    };
  } catch (error) {
    const known = error instanceof BudgetAlertsError;
    const failure = known
      ? error.message
      : 'The budgets could not be stored; the log of seed-budgets says why.';
    const name = error instanceof Error ? error.name : typeof error;
    return { failure, counts: { error: known ? error.code : name } };
  }
}
