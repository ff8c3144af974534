// The collect use case: what does OpenAI say about the days that budgets need, and what of it is new?
import type { BudgetStore, StoredBudgets } from '../budget/budget-store.ts';
import { neededDays } from '../budget/evaluated-periods.ts';
import type { Problem } from '../budget/problem.ts';
import { daysOfBuckets } from '../spend/bucket-days.ts';
import { CATALOGUE, type SpendKind } from '../spend/catalogue.ts';
import { type Dataset, datasetOf } from '../spend/dataset.ts';
import type { NameStore } from '../spend/name-store.ts';
import { planReads } from '../spend/read-plan.ts';
import type { Root } from '../spend/root.ts';
import type { SpendStore } from '../spend/spend-store.ts';
import { updateFromFailure, updateFromRead } from '../spend/spend-update.ts';
import { type SourceBucket, SourceError, type UsageSource } from '../spend/usage-source.ts';
import type { DayRange } from '../time/day-range.ts';
import type { Instant } from '../time/instant.ts';
import type { UtcDay } from '../time/utc-day.ts';
import { refreshNames } from './refresh-names.ts';

export interface CollectInput {
  readonly organization: string;
  readonly kind: SpendKind;
  readonly tick: Instant;
  /** Real time by which the run must have ended. */
  readonly deadline: Instant;
}

export interface CollectPorts {
  readonly budgets: BudgetStore;
  readonly source: UsageSource;
  readonly spend: SpendStore;
  readonly names: NameStore;
  readonly newRunId: () => string;
}

export interface CollectReport {
  readonly kind: SpendKind;
  /** False: no budget looks at this kind now, so nothing was asked. */
  readonly needed: boolean;
  readonly requests: number;
  readonly daysRead: number;
  readonly daysChanged: number;
  /** Another collect committed meanwhile; what this one read was dropped. */
  readonly overtaken: boolean;
  readonly problems: readonly Problem[];
}

export async function collect(input: CollectInput, ports: CollectPorts): Promise<CollectReport> {
  const declared = await ports.budgets.active(input.organization);
  const needed = new Set(neededDays(declared.budgets, input.kind, input.tick).keys());
  if (needed.size === 0) return nothingNeeded(input.kind);

  const read = await readDataset(input, datasetOf(input.kind), needed, declared, ports);
  const namesProblem = await refreshNames(input, read.projectIds, ports);
  return {
    ...read.report,
    problems: [...read.report.problems, ...(namesProblem === null ? [] : [namesProblem])],
  };
}

async function readDataset(
  { organization, kind, tick, deadline }: CollectInput,
  dataset: Dataset,
  needed: ReadonlySet<UtcDay>,
  { settings }: StoredBudgets,
  { source, spend, newRunId }: CollectPorts,
): Promise<{ report: CollectReport; projectIds: ReadonlySet<string> }> {
  let root: Root = await spend.root(organization, dataset);
  const plan = planReads(needed, root, tick, CATALOGUE[kind].maxDaysPerRequest, settings);
  const projectIds = new Set<string>();
  const counts = { requests: 0, daysRead: 0, daysChanged: 0 };
  const report = (end: Partial<CollectReport>) => ({
    report: { kind, needed: true, ...counts, overtaken: false, problems: [], ...end },
    projectIds,
  });

  for (const [position, range] of plan.ranges.entries()) {
    try {
      counts.requests += 1;
      const buckets = await bucketsOf(source, dataset, range, deadline);
      const days = daysOfBuckets(dataset, range, buckets);
      for (const table of days.values()) {
        for (const id of table.dimensions.get('project_id')?.values ?? [])
          if (id !== null) projectIds.add(id);
      }
      const isLast = position === plan.ranges.length - 1;
      const update = updateFromRead(root, days, tick, newRunId(), plan.revision && isLast);
      const result = await spend.commit(organization, dataset, root, update);
      if (!result.committed) return report({ overtaken: true });
      root = result.root;
      counts.daysRead += days.size;
      counts.daysChanged += update.changed.size;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      // Running out of time while catching up is no fault of the source: the next run goes on where this one stopped.
      if (error.code === 'openai-deadline' && position > 0) return report({});
      await spend.commit(organization, dataset, root, updateFromFailure(root, error, tick, newRunId()));
      return report({ problems: [problemOf(kind, error)] });
    }
  }
  return report({});
}

async function bucketsOf(
  source: UsageSource,
  dataset: Dataset,
  range: DayRange,
  deadline: Instant,
): Promise<SourceBucket[]> {
  const buckets: SourceBucket[] = [];
  for await (const page of source.pages(dataset, range, deadline)) buckets.push(...page);
  return buckets;
}

function problemOf(kind: SpendKind, error: SourceError): Problem {
  return {
    code: error.code,
    path: `sources.${kind}`,
    line: null,
    message: error.message,
    severity: 'error',
  };
}

function nothingNeeded(kind: SpendKind): CollectReport {
  return {
    kind,
    needed: false,
    requests: 0,
    daysRead: 0,
    daysChanged: 0,
    overtaken: false,
    problems: [],
  };
}
