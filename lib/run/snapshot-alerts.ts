// The snapshot stage: fixes intents as alerts, with names and with where the spend went. Costs nothing without intents.
import type { Alert } from '../alert/alert.ts';
import { alertOfIntent } from '../alert/alert-of-intent.ts';
import type { LatchKey } from '../alert/latch.ts';
import type { Intent } from '../alert/plan-alerts.ts';
import { datasetOfBudget } from '../budget/budget-series.ts';
import { datasetId } from '../spend/dataset.ts';
import { type Item, itemisedTotals } from '../spend/itemised-totals.ts';
import type { NameStore } from '../spend/name-store.ts';
import type { Instant } from '../time/instant.ts';
import { daysSoFar } from '../time/period.ts';
import { namedDimensions, readNames } from './read-names.ts';
import type { SpendRead } from './read-spend.ts';

export interface PlannedAlert {
  readonly alert: Alert;
  readonly latchKey: LatchKey;
}

export async function snapshotAlerts(
  intents: readonly Intent[],
  spend: SpendRead,
  { organization, tick }: { readonly organization: string; readonly tick: Instant },
  names: NameStore,
): Promise<PlannedAlert[]> {
  if (intents.length === 0) return [];
  const known = await readNames(
    organization,
    namedDimensions(intents.map(({ observation }) => datasetOfBudget(observation.budget))),
    names,
  );
  const itemised = new Map<string, readonly Item[]>();
  const itemsOf = ({ observation: { budget, period } }: Intent): readonly Item[] => {
    const dataset = datasetOfBudget(budget);
    const key = `${budget.measure.name} ${datasetId(dataset)} ${period.key}`;
    const snapshot = spend.snapshots.get(datasetId(dataset));
    const items =
      itemised.get(key) ??
      (snapshot === undefined
        ? []
        : itemisedTotals(snapshot, daysSoFar(period, tick), budget.measure, dataset));
    itemised.set(key, items);
    return items;
  };
  return intents.map((intent) => {
    const id = datasetId(datasetOfBudget(intent.observation.budget));
    const completeThrough = spend.sources.find((source) => source.datasetId === id)?.completeThrough ?? null;
    const facts = { tick, completeThrough, items: itemsOf(intent), names: known };
    return { alert: alertOfIntent(intent, facts), latchKey: intent.latchKey };
  });
}
