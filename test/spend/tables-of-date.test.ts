// A date of a zone from the UTC days it lies in: all of it or nothing, and nothing of its neighbours.
import { describe, expect, it } from 'vitest';
import { dailyTotals } from '../../lib/spend/daily-totals.ts';
import { datasetOf, rowMeasures, tableDimensions } from '../../lib/spend/dataset.ts';
import { type DayTable, dayTableOf } from '../../lib/spend/day-table.ts';
import { MEASURES } from '../../lib/spend/measure.ts';
import type { ProjectFilter } from '../../lib/spend/project-filter.ts';
import { NO_ROOT, type Root } from '../../lib/spend/root.ts';
import type { SpendSnapshot } from '../../lib/spend/spend-store.ts';
import { tablesOfDate } from '../../lib/spend/tables-of-date.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { usageRow } from '../fakes/day-of-rows.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const HOURLY = datasetOf('completions', '1h');
const TICK = instantOf('2026-11-22T12:00Z');

/** Hour of UTC → tokens. */
function day(tokens: Readonly<Record<number, number>>): DayTable {
  const rows = Object.entries(tokens).map(([hour, count]) => {
    const row = usageRow(['proj_a', 'gpt-5', { input_tokens: count }]);
    return { ...row, dimensions: [...row.dimensions, String(Number(hour) * 60)] };
  });
  return dayTableOf(tableDimensions(HOURLY), rowMeasures(HOURLY), rows);
}

function snapshotOf(
  days: Readonly<Record<string, DayTable>>,
  filters: Readonly<Record<string, ProjectFilter>> = {},
): SpendSnapshot {
  const changedAt = instantOf('2026-11-22T06:00Z');
  const versions = Object.keys(days).map((name) => {
    const version = { run: 'run', parts: 1, hash: name, changedAt, projects: filters[name] ?? null };
    return [dayOf(name), version] as const;
  });
  const root: Root = { ...NO_ROOT, version: 1, days: new Map(versions) };
  return {
    root,
    fromDay: dayOf('2026-11-01'),
    tablesOf: (wanted) => (days[wanted] === undefined ? null : [days[wanted]]),
  };
}

function tokensByDate(snapshot: SpendSnapshot, zone: string): Record<string, string> {
  const measure = MEASURES.get('completions.input_tokens');
  if (measure === undefined) throw new TypeError('it is in the catalogue');
  const series = { key: 'tokens', measure, dimensions: [], dayZone: zone };
  const days = [...snapshot.root.days.keys()];
  const totals = dailyTotals(snapshot, days, [series], TICK).get('tokens') ?? new Map();
  return Object.fromEntries(
    [...totals].map(([date, { groups }]) => {
      const amounts = [...groups.values()].map(({ amount }) => String(amount / amountOf('1')));
      return [date, amounts.join() || '0'];
    }),
  );
}

describe('the dates of a zone', () => {
  const days = {
    '2026-11-20': day({ 0: 1, 4: 2, 5: 4, 22: 8, 23: 16 }),
    '2026-11-21': day({ 4: 32, 5: 64, 22: 128, 23: 256 }),
    '2026-11-22': day({ 4: 512, 5: 1_024 }),
  };

  it.each([
    ['UTC', { '2026-11-20': '31', '2026-11-21': '480', '2026-11-22': '1536' }],
    // From 23:00 to 23:00; 20 November began on the 19th, which was never read.
    ['Europe/Berlin', { '2026-11-21': '240', '2026-11-22': '1792' }],
    // From 05:00 to 05:00.
    ['America/New_York', { '2026-11-20': '60', '2026-11-21': '960', '2026-11-22': '1024' }],
  ])('in %s hold their own hours', (zone, expected) => {
    expect(tokensByDate(snapshotOf(days), zone)).toEqual(expected);
  });

  it.each(['UTC', 'Europe/Berlin'])('in %s are unknown before the first day that was asked for', (zone) => {
    const snapshot = { ...snapshotOf(days), fromDay: dayOf('2026-11-21') };
    expect(tablesOfDate(snapshot, dayOf('2026-11-20'), zone, TICK)).toBeNull();
    expect(tablesOfDate(snapshot, dayOf('2026-11-22'), zone, TICK)).not.toBeNull();
  });

  it('are unknown where one of their UTC days is', () => {
    const { '2026-11-20': first, '2026-11-22': last } = days;
    const known = tokensByDate(snapshotOf({ '2026-11-20': first, '2026-11-22': last }), 'America/New_York');
    expect(known).toEqual({ '2026-11-22': '1024' });
  });

  it('were read for the projects that all of their UTC days were read for', () => {
    const filters = { '2026-11-21': ['proj_a', 'proj_b'], '2026-11-22': ['proj_b', 'proj_c'] };
    const measure = MEASURES.get('completions.input_tokens');
    const series = measure && [{ key: 'tokens', measure, dimensions: [], dayZone: 'Europe/Berlin' }];
    const snapshot = snapshotOf(days, filters);
    const totals = dailyTotals(snapshot, [...snapshot.root.days.keys()], series ?? [], TICK).get('tokens');
    expect(totals?.get(dayOf('2026-11-21'))?.projects).toEqual(['proj_a', 'proj_b']);
    expect(totals?.get(dayOf('2026-11-22'))?.projects).toEqual(['proj_b']);
  });
});
