// The reading stage of a check: a snapshot of every dataset that some budget needs, summed once.
import type { HasStood } from '../alert/plan-corrections.ts';
import type { StoredBudget, StoredBudgets } from '../budget/budget-store.ts';
import { neededDays } from '../budget/evaluated-periods.ts';
import type { Problem } from '../budget/problem.ts';
import { SPEND_KINDS, type SpendKind } from '../spend/catalogue.ts';
import { dailyTotals, type MeasureTotals } from '../spend/daily-totals.ts';
import { datasetOf } from '../spend/dataset.ts';
import type { Measure } from '../spend/measure.ts';
import { STANDS_AFTER_MS } from '../spend/read-plan.ts';
import { lastReadOf } from '../spend/read-segments.ts';
import { NO_ROOT, type Root } from '../spend/root.ts';
import { type SourceState, sourceStateOf } from '../spend/source-state.ts';
import type { SpendSnapshot, SpendStore } from '../spend/spend-store.ts';
import type { Instant } from '../time/instant.ts';
import { daysSoFar } from '../time/period.ts';
import type { UtcDay } from '../time/utc-day.ts';

export interface SpendRead {
  readonly snapshots: ReadonlyMap<SpendKind, SpendSnapshot>;
  /** By measure name. */
  readonly totals: ReadonlyMap<string, MeasureTotals>;
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
    SPEND_KINDS.map(async (kind) => {
      const needed = neededDays(budgets, kind, tick);
      const days = [...needed.keys()].sort();
      const [first] = days;
      if (first === undefined) return null;
      const snapshot = await store.read(organization, datasetOf(kind), first);
      const totals = dailyTotals(snapshot, days, measuresOf(budgets, kind));
      return { kind, snapshot, totals, state: sourceStateOf(kind, snapshot.root, needed, tick, settings) };
    }),
  );
  const needed = reads.filter((read) => read !== null);
  const totals = new Map(needed.flatMap((read) => [...read.totals]));
  const snapshots = new Map(needed.map(({ kind, snapshot }) => [kind, snapshot]));
  return {
    snapshots,
    totals,
    hasStood: ({ budget, period }, announcedAt) =>
      haveStood(
        snapshots.get(budget.measure.kind)?.root ?? NO_ROOT,
        daysSoFar(period, tick),
        announcedAt,
        tick,
      ),
    sources: needed.map(({ state }) => state),
    problems: [...totals].flatMap(([measure, ofDays]) => problemsOf(measure, ofDays)),
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

function measuresOf(budgets: readonly StoredBudget[], kind: SpendKind): Measure[] {
  const measures = budgets.map(({ budget }) => budget.measure).filter((measure) => measure.kind === kind);
  return [...new Map(measures.map((measure) => [measure.name, measure])).values()];
}

/** What the sums leave out is said: it is neither money that was added up nor money that was not spent. */
function problemsOf(measure: string, totals: MeasureTotals): Problem[] {
  const days = [...totals.values()];
  const unknownRows = days.reduce((sum, day) => sum + day.unknownRows, 0);
  const otherCurrencyRows = days.reduce((sum, day) => sum + day.otherCurrencyRows, 0);
  const warning = (code: string, message: string): Problem => {
    return { code, path: `measures.${measure}`, line: null, message, severity: 'warning' };
  };
  return [
    ...(unknownRows > 0
      ? [
          warning(
            'rows-without-value',
            `OpenAI sent ${unknownRows} rows without ${measure}: sums are lower bounds.`,
          ),
        ]
      : []),
    ...(otherCurrencyRows > 0
      ? [
          warning(
            'rows-in-other-currency',
            `${otherCurrencyRows} cost rows are not in USD and are not in any sum. Budgets are kept in USD.`,
          ),
        ]
      : []),
  ];
}
