// The snapshot stage: fixes intents as alerts, with names, pace and where the spend went. Costs nothing without intents.
import type { Alert } from '../alert/alert.ts';
import { type AlertFacts, alertOfIntent } from '../alert/alert-of-intent.ts';
import type { LatchKey } from '../alert/latch.ts';
import { paceOf } from '../alert/pace.ts';
import type { Intent } from '../alert/plan-alerts.ts';
import { datasetOfBudget, dayZoneOfBudget } from '../budget/budget-series.ts';
import { remembered } from '../budget/remembered.ts';
import { valueAt } from '../lists/value-at.ts';
import { knowsRoute } from '../notify/routes.ts';
import { datasetId } from '../spend/dataset.ts';
import { type Item, type Itemised, itemisedTotals } from '../spend/itemised-totals.ts';
import { knownDate } from '../spend/known-date.ts';
import { covers } from '../spend/project-filter.ts';
import type { CalendarDate } from '../time/calendar-date.ts';
import type { Instant } from '../time/instant.ts';
import { dayAfter, daysSoFar, firstDayOf, type Period, periodBefore } from '../time/period.ts';
import { ruleText } from '../time/period-rule.ts';
import { daysFrom, plusDays } from '../time/utc-day.ts';
import { dateIn } from '../time/zone.ts';
import { daysOfBudget } from './days-of-budget.ts';
import { namedDimensions, readNames } from './read-names.ts';
import type { DatasetSpend, SpendRead } from './read-spend.ts';
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
    const { budget, member } = intent.observation;
    const facts: AlertFacts = {
      ...partsOf(intent),
      tick,
      completeThrough: spendOf(intent, spend).source.completeThrough,
      names: known,
      pace: budget.measure.isLevel ? null : paceOf(daysOf(intent)(member), intent.observation),
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

/** There is nothing to say of what was not read. */
function spendOf({ observation: { budget } }: Intent, { datasets }: SpendRead): DatasetSpend {
  return valueAt(datasets, datasetId(datasetOfBudget(budget)));
}

/** Where the spend went in the period, and with what to compare it. */
function partsOfPeriod(
  intent: Intent,
  spend: SpendRead,
  tick: Instant,
): Pick<AlertFacts, 'items' | 'previousItems'> {
  const { budget, period } = intent.observation;
  const { measure } = budget;
  const dataset = datasetOfBudget(budget);
  const { snapshot } = spendOf(intent, spend);
  const itemised: Itemised = { snapshot, measure, dataset, dayZone: dayZoneOfBudget(budget), tick };
  const days = daysSoFar(period, tick, itemised.dayZone);
  return {
    items: itemisedTotals(itemised, days),
    previousItems: previousItems(itemised, periodBefore(budget.period, period), days),
  };
}

/**
 * As many ended days of the period before, and today as it is now: a few hours beside a whole day would read as a fall.
 * `null` where there is no period before or no ended day, and unless every one of the days was read: a gap would read as
 * growth.
 */
function previousItems(
  itemised: Itemised,
  before: Period | null,
  daysNow: readonly CalendarDate[],
): readonly Item[] | null {
  if (before === null) return null;
  const { snapshot, dayZone, tick } = itemised;
  const today = daysNow.filter((day) => day === dateIn(dayZone, tick));
  if (today.length === daysNow.length) return null;
  const first = firstDayOf(before, dayZone);
  const end = dayAfter(before, dayZone);
  const days = daysFrom(first, plusDays(first, daysNow.length - today.length)).filter((day) => day < end);
  const known = (day: CalendarDate) => knownDate(snapshot.root, day, dayZone, tick);
  // Read for as many projects as the newest day, or part of them would look new.
  const newest = daysNow.map(known).findLast(({ changedAt }) => changedAt !== null);
  const isKnown = days
    .map(known)
    .every(
      ({ changedAt, projects, utcDays }) =>
        changedAt !== null &&
        covers(projects, newest?.projects ?? null) &&
        utcDays.every((day) => day >= snapshot.fromDay),
    );
  return isKnown ? [...itemisedTotals(itemised, days), ...itemisedTotals(itemised, today)] : null;
}
