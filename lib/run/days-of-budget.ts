// The days that a run has read of a budget's period, for each of its members.
import type { Observation } from '../alert/evaluate.ts';
import { type SummedDay, summedDays } from '../alert/summed-days.ts';
import { datasetOfBudget, seriesOf } from '../budget/budget-series.ts';
import { datasetId } from '../spend/dataset.ts';
import type { Instant } from '../time/instant.ts';
import type { SpendRead } from './read-spend.ts';

/** They are split up once for all members. */
export function daysOfBudget(
  observation: Pick<Observation, 'budget' | 'period'>,
  spend: SpendRead,
  tick: Instant,
): (member: string) => readonly SummedDay[] {
  const dataset = datasetId(datasetOfBudget(observation.budget));
  const snapshot = spend.snapshots.get(dataset);
  const source = spend.sources.find((candidate) => candidate.datasetId === dataset);
  if (snapshot === undefined || source === undefined) return () => [];
  const totals = spend.totals.get(seriesOf(observation.budget).key) ?? new Map();
  return summedDays(observation, totals, snapshot.root, source.provisionalFrom, tick);
}
