// The snapshot stage: fixes intents as alerts, with names, pace and where the spend went. Costs nothing without intents.
import type { Alert } from '../alert/alert.ts';
import { type AlertFacts, alertOfIntent } from '../alert/alert-of-intent.ts';
import type { LatchKey } from '../alert/latch.ts';
import { paceOf } from '../alert/pace.ts';
import type { Intent } from '../alert/plan-alerts.ts';
import { datasetOfBudget } from '../budget/budget-series.ts';
import { remembered } from '../budget/remembered.ts';
import { knowsRoute } from '../notify/routes.ts';
import { type Dataset, datasetId } from '../spend/dataset.ts';
import { type Item, itemisedTotals } from '../spend/itemised-totals.ts';
import type { Measure } from '../spend/measure.ts';
import { knowsDay } from '../spend/root.ts';
import type { SourceState } from '../spend/source-state.ts';
import type { SpendSnapshot } from '../spend/spend-store.ts';
import type { Instant } from '../time/instant.ts';
import { dayAfter, daysSoFar, firstDayOf, type Period, periodBefore } from '../time/period.ts';
import { ruleText } from '../time/period-rule.ts';
import { daysFrom, plusDays, type UtcDay } from '../time/utc-day.ts';
import { daysOfBudget } from './days-of-budget.ts';
import { namedDimensions, readNames } from './read-names.ts';
import type { SpendRead } from './read-spend.ts';
import type { RunState } from './run-state.ts';

export interface PlannedAlert {
  readonly alert: Alert;
  readonly latchKey: LatchKey;
}

export async function snapshotAlerts(
  intents: readonly Intent[],
  spend: SpendRead,
  { organization, tick }: { readonly organization: string; readonly tick: Instant },
  { names, routes }: Pick<RunState, 'names' | 'routes'>,
): Promise<PlannedAlert[]> {
  if (intents.length === 0) return [];
  const datasets = intents.map(({ observation }) => datasetOfBudget(observation.budget));
  const known = await readNames(organization, namedDimensions(datasets), names);
  const partsOf = remembered(measureKey, (intent) => partsOfPeriod(intent, spend, tick));
  const daysOf = remembered(budgetKey, ({ observation }) => daysOfBudget(observation, spend, tick));
  return intents.map((intent) => {
    const { budget, period, member, spent } = intent.observation;
    const facts: AlertFacts = {
      ...partsOf(intent),
      tick,
      completeThrough: sourceOf(intent, spend)?.completeThrough ?? null,
      names: known,
      pace: budget.measure.isLevel ? null : paceOf(daysOf(intent)(member), period, spent),
      knowsRoute: (route) => knowsRoute(routes, route),
    };
    return { alert: alertOfIntent(intent, facts), latchKey: intent.latchKey };
  });
}

function measureKey({ observation: { budget, period } }: Intent): string {
  const dataset = datasetId(datasetOfBudget(budget));
  return `${budget.measure.name} ${dataset} ${ruleText(budget.period)} ${period.start}`;
}

function budgetKey({ observation: { budget, period } }: Intent): string {
  return `${budget.id} ${period.start}`;
}

function sourceOf({ observation: { budget } }: Intent, { sources }: SpendRead): SourceState | undefined {
  const id = datasetId(datasetOfBudget(budget));
  return sources.find((source) => source.datasetId === id);
}

/** Where the spend went in the period, and in as many days of the one before. */
function partsOfPeriod(
  { observation: { budget, period } }: Intent,
  { snapshots }: SpendRead,
  tick: Instant,
): Pick<AlertFacts, 'items' | 'previousItems'> {
  const { measure } = budget;
  const dataset = datasetOfBudget(budget);
  const snapshot = snapshots.get(datasetId(dataset));
  if (snapshot === undefined) return { items: [], previousItems: null };
  const days = daysSoFar(period, tick);
  return {
    items: itemisedTotals(snapshot, days, measure, dataset),
    previousItems: previousItems(snapshot, periodBefore(budget.period, period), days, measure, dataset),
  };
}

/** `null` where there is no period before, and unless every one of the days was read: a gap would read as growth. */
function previousItems(
  snapshot: SpendSnapshot,
  before: Period | null,
  daysNow: readonly UtcDay[],
  measure: Measure,
  dataset: Dataset,
): readonly Item[] | null {
  if (before === null) return null;
  const first = firstDayOf(before);
  const days = daysFrom(first, plusDays(first, daysNow.length)).filter((day) => day < dayAfter(before));
  // Read for as many projects as the newest day, or part of them would look new.
  const projects = snapshot.root.days.get(
    daysNow.findLast((day) => snapshot.root.days.has(day)) ?? first,
  )?.projects;
  const isKnown = days.every(
    (day) => day >= snapshot.fromDay && knowsDay(snapshot.root, day, projects ?? null),
  );
  return isKnown ? itemisedTotals(snapshot, days, measure, dataset) : null;
}
