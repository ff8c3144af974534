// The snapshot stage: fixes intents as alerts, with names and with where the spend went. Costs nothing without intents.
import type { Alert } from '../alert/alert.ts';
import { alertOfIntent } from '../alert/alert-of-intent.ts';
import type { LatchKey } from '../alert/latch.ts';
import type { Intent } from '../alert/plan-alerts.ts';
import { type Item, itemisedTotals } from '../spend/itemised-totals.ts';
import type { NameStore } from '../spend/name-store.ts';
import type { Instant } from '../time/instant.ts';
import { daysSoFar } from '../time/period.ts';
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
  const projectNames = (await names.projectNames(organization)).names;
  const itemised = new Map<string, readonly Item[]>();
  const itemsOf = ({ observation: { budget, period } }: Intent): readonly Item[] => {
    const key = `${budget.measure.name} ${period.start} ${period.end}`;
    const snapshot = spend.snapshots.get(budget.measure.kind);
    const items =
      itemised.get(key) ??
      (snapshot === undefined ? [] : itemisedTotals(snapshot, daysSoFar(period, tick), budget.measure));
    itemised.set(key, items);
    return items;
  };
  return intents.map((intent) => {
    const { kind } = intent.observation.budget.measure;
    const completeThrough = spend.sources.find((source) => source.kind === kind)?.completeThrough ?? null;
    const facts = { tick, completeThrough, items: itemsOf(intent), projectNames };
    return { alert: alertOfIntent(intent, facts), latchKey: intent.latchKey };
  });
}
