// The collect use case: what does OpenAI say about the days that budgets need, and what of it is new?

import type { BudgetStore } from '../budget/budget-store.ts';
import { type DatasetToRead, datasetsToRead } from '../budget/datasets-to-read.ts';
import type { Problem } from '../budget/problem.ts';
import { daysOfBuckets } from '../spend/bucket-days.ts';
import type { SpendKind } from '../spend/catalogue.ts';
import { type Dataset, maxDaysPerRequest, sourceNameOf } from '../spend/dataset.ts';
import type { DayTable } from '../spend/day-table.ts';
import { fieldOfWord } from '../spend/dimension-word.ts';
import type { NameStore } from '../spend/name-store.ts';
import { planReads } from '../spend/read-plan.ts';
import type { Root } from '../spend/root.ts';
import type { Settings } from '../spend/settings.ts';
import type { SpendStore } from '../spend/spend-store.ts';
import { updateFromFailure, updateFromRead } from '../spend/spend-update.ts';
import { listOfRows, type SourceBucket, SourceError, type UsageSource } from '../spend/usage-source.ts';
import type { Instant } from '../time/instant.ts';
import { type UtcDay, utcDayOf } from '../time/utc-day.ts';
import { type NamedDimension, namedDimensions } from './read-names.ts';
import { refreshNames } from './refresh-names.ts';

export interface CollectInput {
  readonly organization: string;
  readonly kinds: readonly SpendKind[];
  readonly tick: Instant;
  /** Real time by which the run must have ended. */
  readonly deadline: Instant;
  /** For how many days spend is kept; absent: the most there is. */
  readonly retentionDays?: number;
}

export interface CollectPorts {
  readonly budgets: BudgetStore;
  readonly source: UsageSource;
  readonly spend: SpendStore;
  readonly names: NameStore;
  readonly newRunId: () => string;
}

export interface CollectReport {
  /** False: no budget looks at these kinds now, so nothing was asked. */
  readonly needed: boolean;
  readonly requests: number;
  readonly daysRead: number;
  readonly daysChanged: number;
  /** Results of kinds that nobody asked for: they are in no sum. */
  readonly ignoredRows: number;
  /** Another collect committed meanwhile; what this one read was dropped. */
  readonly overtaken: boolean;
  /** Time ran out while it was catching up: the next run goes on where this one stopped. */
  readonly outOfTime: boolean;
  readonly problems: readonly Problem[];
}

/** A dataset that cannot be read is a problem of the budgets that need it: the others are read all the same. */
export async function collect(input: CollectInput, ports: CollectPorts): Promise<CollectReport> {
  const declared = await ports.budgets.active(input.organization);
  const datasets = datasetsToRead(declared.budgets, input.kinds, input.tick);
  const dimensions = namedDimensions(datasets.map(({ dataset }) => dataset));
  const spending = new Map(dimensions.map((dimension) => [dimension, new Set<string>()]));
  const reads: DatasetRead[] = [];
  for (const needed of datasets) {
    reads.push(await readDataset(input, needed, reads.length > 0, declared.settings, spending, ports));
  }

  const namesProblem = datasets.length === 0 ? null : await refreshNames(input, spending, ports);
  const sum = (count: Count) => reads.reduce((total, read) => total + read[count], 0);
  return {
    needed: datasets.length > 0,
    requests: sum('requests'),
    daysRead: sum('daysRead'),
    daysChanged: sum('daysChanged'),
    ignoredRows: sum('ignoredRows'),
    overtaken: reads.some(({ overtaken }) => overtaken),
    outOfTime: reads.some(({ outOfTime }) => outOfTime),
    problems: [
      ...reads.flatMap(({ problem }) => (problem === null ? [] : [problem])),
      ...reads.flatMap(ignored),
      ...(namesProblem === null ? [] : [namesProblem]),
    ],
  };
}

type Count = 'requests' | 'daysRead' | 'daysChanged' | 'ignoredRows';

interface DatasetRead extends Omit<CollectReport, 'needed' | 'problems'> {
  readonly dataset: Dataset;
  /** Days with results, none of which is of the kind that was asked for. */
  readonly foreignDays: ReadonlySet<UtcDay>;
  readonly problem: Problem | null;
}

/** What the rows hold of the dimensions that have names. */
type SpendingIds = ReadonlyMap<NamedDimension, Set<string>>;

/** Adds to `spending` whom its rows name. */
async function readDataset(
  { organization, tick, deadline, retentionDays }: CollectInput,
  { dataset, days: needed, projects }: DatasetToRead,
  othersCameFirst: boolean,
  settings: Settings,
  spending: SpendingIds,
  { source, spend, newRunId }: CollectPorts,
): Promise<DatasetRead> {
  let root: Root = await spend.root(organization, dataset);
  const plan = planReads(new Set(needed.keys()), root, tick, maxDaysPerRequest(dataset), settings, projects);
  const counts = { requests: 0, daysRead: 0, daysChanged: 0, ignoredRows: 0 };
  const foreignDays = new Set<UtcDay>();
  const read = (end: Partial<DatasetRead>): DatasetRead => {
    return { ...counts, dataset, foreignDays, overtaken: false, outOfTime: false, problem: null, ...end };
  };

  for (const [position, range] of plan.ranges.entries()) {
    try {
      counts.requests += 1;
      const buckets = await bucketsOf(source.pages(dataset, range, deadline, listOfRows, projects));
      for (const { start, rows, ignoredRows = 0 } of buckets) {
        counts.ignoredRows += ignoredRows;
        if (ignoredRows > 0 && rows.length === 0) foreignDays.add(utcDayOf(start));
      }
      const days = daysOfBuckets(dataset, range, buckets, tick);
      for (const table of days.values()) addIds(spending, table);
      const isLast = position === plan.ranges.length - 1;
      const sweeps = plan.revision && isLast;
      const update = updateFromRead(root, days, tick, newRunId(), sweeps, projects, retentionDays);
      const result = await spend.commit(organization, dataset, root, update);
      if (!result.committed) return read({ overtaken: true });
      root = result.root;
      counts.daysRead += days.size;
      counts.daysChanged += update.changed.size;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      // Running out of time while catching up is no fault of the source: the next run goes on where this one stopped.
      if (error.code === 'openai-deadline' && (othersCameFirst || position > 0))
        return read({ outOfTime: true });
      await spend.commit(organization, dataset, root, updateFromFailure(root, error, tick, newRunId()));
      return read({ problem: problemOf(dataset, error) });
    }
  }
  return read({});
}

function addIds(ids: SpendingIds, table: DayTable): void {
  for (const [dimension, known] of ids) {
    for (const id of table.dimensions.get(fieldOfWord(dimension))?.values ?? []) {
      if (id !== null) known.add(id);
    }
  }
}

async function bucketsOf(pages: AsyncIterable<readonly SourceBucket[]>): Promise<SourceBucket[]> {
  const buckets: SourceBucket[] = [];
  for await (const page of pages) buckets.push(...page);
  return buckets;
}

function problemOf(dataset: Dataset, error: SourceError): Problem {
  return {
    code: error.code,
    path: `sources.${sourceNameOf(dataset)}`,
    line: null,
    message: error.message,
    severity: 'error',
  };
}

/** Rows of other kinds may stand beside ours; that there is nothing else on some days looks like ours under a new name. */
function ignored({ dataset, foreignDays }: DatasetRead): Problem[] {
  if (foreignDays.size === 0) return [];
  return [
    {
      code: 'rows-of-another-kind',
      path: `sources.${sourceNameOf(dataset)}`,
      line: null,
      message:
        `OpenAI sent only rows of a kind that is not known here for ${[...foreignDays].sort().join(', ')}, and they are ` +
        'in no sum: it may be lower than what was spent. Update openai-budget-alerts, or report it.',
      severity: 'warning',
    },
  ];
}
