// Commits in tests: what a collect hands to the store, from the days that a case is about.
import { randomUUID } from 'node:crypto';
import type { DayTable } from '../../lib/spend/day-table.ts';
import { dayTableText, hashOfText } from '../../lib/spend/day-table-text.ts';
import type { SpendUpdate } from '../../lib/spend/spend-store.ts';
import { dayOf, instantOf } from './time-of.ts';

const CHANGED_AT = instantOf('2026-11-20T10:00:00Z');

export function spendUpdateOf(
  days: Readonly<Record<string, DayTable>>,
  change: Partial<SpendUpdate> = {},
): SpendUpdate {
  return {
    run: randomUUID(),
    changed: new Map(
      Object.entries(days).map(([day, table]) => [
        dayOf(day),
        { table, hash: hashOfText(dayTableText(table)), changedAt: CHANGED_AT, projects: null },
      ]),
    ),
    forgotten: [],
    reads: [],
    doubted: new Map(),
    source: { lastSuccessAt: CHANGED_AT, failing: null },
    sweepOrphans: false,
    ...change,
  };
}
