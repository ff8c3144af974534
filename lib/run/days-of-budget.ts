// The days that a run has read of a budget's period, for each of its members.
import type { Observation } from '../alert/evaluate.ts';
import { type SummedDay, summedDays } from '../alert/summed-days.ts';
import { datasetOfBudget, seriesOf } from '../budget/budget-series.ts';
import { valueAt } from '../lists/value-at.ts';
import { datasetId } from '../spend/dataset.ts';
import type { Instant } from '../time/instant.ts';
import type { SpendRead } from './read-spend.ts';

/** They are split up once for all members. */
export function daysOfBudget(
  observation: Pick<Observation, 'budget' | 'period'>,
  spend: SpendRead,
  tick: Instant,
): (member: string) => readonly SummedDay[] {
  const { snapshot, source } = valueAt(spend.datasets, datasetId(datasetOfBudget(observation.budget)));
  const totals = valueAt(spend.totals, seriesOf(observation.budget).key);
  return summedDays(observation, totals, snapshot.root, source.provisionalFrom, tick);
}
