// Lambda: makes an organization's stored budgets those that the stack declares, whenever a deployment changes them.
import { codeOf } from '../lib/aws/code-of.ts';
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
import { startRunLog } from '../lib/aws/run-log.ts';
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
  const log = startRunLog('seed-budgets', context.awsRequestId);
  const request = parseCustomResourceRequest(event);
  const { failure, counts } = await seed(request);
  log(failure === null ? 'done' : 'failed', { request: request.RequestType, ...counts });
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
    const plan = await planBudgets(organization, budgets, SYSTEM_CLOCK.now(), store);
    const changes = plan.changes.filter(({ action }) => action !== 'remove' || prune);
    if (settings !== null) await applySettings(organization, plan.settings, settings, store);
    const problems = await applyChanges(organization, changes, 'cdk deploy', store);
    const changed = changes.filter(({ action }) => action !== 'unchanged').length;
    return {
      failure: problems.length === 0 ? null : problems.map(({ message }) => message).join('\n'),
      counts: { organization, declared: budgets.length, changed },
    };
  } catch (error) {
    const failure =
      error instanceof BudgetAlertsError
        ? error.message
        : 'The budgets could not be stored; the log of seed-budgets says why.';
    return { failure, counts: { error: codeOf(error) } };
  }
}
