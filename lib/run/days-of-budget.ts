// The days that a run has read of a budget's period, for each of its members.
import type { Observation } from '../alert/evaluate.ts';
import { type SummedDay, summedDays } from '../alert/summed-days.ts';
import type { Instant } from '../time/instant.ts';
import type { SpendRead } from './read-spend.ts';

/** They are split up once for all members. */
export function daysOfBudget(
  observation: Observation,
  spend: SpendRead,
  tick: Instant,
): (member: string) => readonly SummedDay[] {
  const { measure } = observation.budget;
  const snapshot = spend.snapshots.get(measure.kind);
  const source = spend.sources.find(({ kind }) => kind === measure.kind);
  if (snapshot === undefined || source === undefined) return () => [];
  const totals = spend.totals.get(measure.name) ?? new Map();
  return summedDays(observation, totals, snapshot.root, source.provisionalFrom, tick);
}
