// The reading stage of a check: a snapshot of every dataset that some budget needs, summed once.

import type { HasStood } from '../alert/plan-corrections.ts';
import { datasetOfBudget, dayZoneOfBudget, seriesOf } from '../budget/budget-series.ts';
import type { StoredBudgets } from '../budget/budget-store.ts';
import { datasetsToRead } from '../budget/datasets-to-read.ts';
import type { NeededDataset } from '../budget/needed-datasets.ts';
import type { Problem } from '../budget/problem.ts';
import { elementAt } from '../lists/element-at.ts';
import { valueAt } from '../lists/value-at.ts';
import { SPEND_KINDS } from '../spend/catalogue.ts';
import { dailyTotals, type MeasureTotals, type Series } from '../spend/daily-totals.ts';
import { datasetId } from '../spend/dataset.ts';
import { STANDS_AFTER_MS } from '../spend/read-plan.ts';
import { lastReadOf } from '../spend/read-segments.ts';
import type { Root } from '../spend/root.ts';
import { type SourceState, sourceStateOf } from '../spend/source-state.ts';
import type { SpendSnapshot, SpendStore } from '../spend/spend-store.ts';
import type { Instant } from '../time/instant.ts';
import { utcDaysSoFar } from '../time/period.ts';
import type { UtcDay } from '../time/utc-day.ts';

export interface DatasetSpend {
  readonly snapshot: SpendSnapshot;
  readonly source: SourceState;
}

export interface SpendRead {
  /** By dataset id: of every budget that has a period to be evaluated. */
  readonly datasets: ReadonlyMap<string, DatasetSpend>;
  /** By series. */
  readonly totals: ReadonlyMap<string, MeasureTotals>;
  /** In the catalogue's order. */
  readonly sources: readonly SourceState[];
  readonly problems: readonly Problem[];
  readonly hasStood: HasStood;
}

export async function readSpend(
  organization: string,
  { budgets, settings }: StoredBudgets,
  tick: Instant,
  store: SpendStore,
): Promise<SpendRead> {
  const reads = await Promise.all(
    datasetsToRead(budgets, SPEND_KINDS, tick).map(async (wanted) => {
      const days = [...wanted.days.keys()].sort();
      const snapshot = await store.read(organization, wanted.dataset, elementAt(days, 0));
      const series = seriesIn(wanted);
      const totals = dailyTotals(snapshot, days, series, tick);
      const source = sourceStateOf(wanted, snapshot.root, wanted.days, tick, settings);
      return { id: wanted.id, series, snapshot, totals, source };
    }),
  );
  const totals = new Map(reads.flatMap((read) => [...read.totals]));
  const datasets = new Map(reads.map(({ id, snapshot, source }) => [id, { snapshot, source }]));
  return {
    datasets,
    totals,
    hasStood: ({ budget, period }, announcedAt) => {
      const read = datasets.get(datasetId(datasetOfBudget(budget)));
      const days = utcDaysSoFar(period, tick, dayZoneOfBudget(budget));
      return read !== undefined && haveStood(read.snapshot.root, days, announcedAt, tick);
    },
    sources: reads.map(({ source }) => source),
    problems: problemsOf(reads),
  };
}

/**
 * What changed after the announcement must have been found the same by a read three days later: that nobody looked,
 * since the source failed, is not that it has stood.
 */
function haveStood(
  { days, reads }: Root,
  wanted: readonly UtcDay[],
  announcedAt: Instant,
  tick: Instant,
): boolean {
  return wanted.every((day) => {
    const changedAt = days.get(day)?.changedAt;
    if (changedAt === undefined || tick - changedAt < STANDS_AFTER_MS) return false;
    const lastRead = lastReadOf(reads, day);
    return changedAt <= announcedAt || (lastRead !== null && lastRead - changedAt >= STANDS_AFTER_MS);
  });
}

function seriesIn({ budgets }: NeededDataset): Series[] {
  const series = budgets.map(({ budget }) => seriesOf(budget));
  return [...new Map(series.map((one) => [one.key, one])).values()];
}

/** What the sums leave out is said, once for each measure: it was neither added up nor not spent. */
function problemsOf(
  reads: readonly {
    readonly series: readonly Series[];
    readonly totals: ReadonlyMap<string, MeasureTotals>;
  }[],
): Problem[] {
  const found = new Map<string, Problem>();
  for (const { series, totals } of reads) {
    for (const { key, measure } of series) {
      const days = [...valueAt(totals, key).values()];
      const unknownRows = days.reduce((sum, day) => sum + day.unknownRows, 0);
      const otherCurrencyRows = days.reduce((sum, day) => sum + day.otherCurrencyRows, 0);
      const warn = (code: string, message: string): void => {
        if (found.has(`${measure.name} ${code}`)) return;
        const path = `measures.${measure.name}`;
        found.set(`${measure.name} ${code}`, { code, path, line: null, message, severity: 'warning' });
      };
      if (unknownRows > 0) {
        warn(
          'rows-without-value',
          `OpenAI sent ${unknownRows} rows without ${measure.name}: sums are lower bounds.`,
        );
      }
      if (otherCurrencyRows > 0) {
        warn(
          'rows-in-other-currency',
          `${otherCurrencyRows} cost rows are not in USD and are not in any sum. Budgets are kept in USD.`,
        );
      }
    }
  }
  return [...found.values()];
}
