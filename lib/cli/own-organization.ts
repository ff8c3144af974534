// `npm start` on the reader's own organization: their budgets.yaml, or one proposed from their history, then a check.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SYSTEM_CLOCK } from '../aws/system.ts';
import { BudgetAlertsError } from '../errors.ts';
import { type Amount, addAmounts, ZERO_AMOUNT } from '../money/amount.ts';
import { daysOfBuckets } from '../spend/bucket-days.ts';
import { datasetOf } from '../spend/dataset.ts';
import { dayTotals } from '../spend/day-totals.ts';
import { COST } from '../spend/measure.ts';
import { listOfRows, SourceError, type UsageSource } from '../spend/usage-source.ts';
import { type Instant, MINUTE_MS, plusMs } from '../time/instant.ts';
import { plusDays, utcDayOf } from '../time/utc-day.ts';
import { checkCommand } from './check-command.ts';
import { openAiFromEnvironment } from './openai-from-environment.ts';
import { PROPOSAL_DAYS, type ProposalFacts, proposedBudgets } from './proposed-budgets.ts';
import type { Terminal } from './terminal.ts';

const BUDGETS_FILE = 'budgets.yaml';
const READ_WITHIN_MS = 5 * MINUTE_MS;

export async function ownOrganization(tick: Instant, terminal: Terminal): Promise<number> {
  const path = resolve(terminal.directory, BUDGETS_FILE);
  if (!existsSync(path)) {
    try {
      await using source = openAiFromEnvironment(terminal.environment);
      terminal.out(
        `There is no ${BUDGETS_FILE} yet: reading the last ${PROPOSAL_DAYS} days to propose one …`,
      );
      await writeFile(path, proposedBudgets(await readFacts(source, tick)), { flag: 'wx' });
      terminal.out(`Wrote ${path}. Look at it, edit it, run this again.\n`);
    } catch (error) {
      if (!(error instanceof BudgetAlertsError)) throw error;
      terminal.error(error.message);
      return 1;
    }
  }
  const where = { state: '.budget-alerts', stack: null, organization: null, topicArn: null };
  const options = { ...where, budgets: BUDGETS_FILE, tick, json: false, exitCode: false };
  return checkCommand(options, terminal);
}

async function readFacts(source: UsageSource, tick: Instant): Promise<ProposalFacts> {
  const tomorrow = plusDays(utcDayOf(tick), 1);
  const range = { from: plusDays(tomorrow, -PROPOSAL_DAYS), until: tomorrow };
  const deadline = plusMs(SYSTEM_CLOCK.now(), READ_WITHIN_MS);
  const dataset = datasetOf('costs');

  const costByProject = new Map<string | null, Amount>();
  for await (const page of source.pages(dataset, range, deadline, listOfRows)) {
    for (const table of daysOfBuckets(dataset, range, page, tick).values()) {
      for (const {
        members: [id = null],
        amount,
      } of dayTotals([table], COST, ['project_id']).groups.values()) {
        costByProject.set(id, addAmounts(costByProject.get(id) ?? ZERO_AMOUNT, amount));
      }
    }
  }
  return { costByProject, names: await namesOrNone(source, deadline) };
}

async function namesOrNone(source: UsageSource, deadline: Instant): Promise<ReadonlyMap<string, string>> {
  try {
    return await source.projectNames(deadline);
  } catch (error) {
    if (error instanceof SourceError) return new Map();
    throw error;
  }
}
