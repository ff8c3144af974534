// What each kind of run moves in DynamoDB, measured on an organization of 50 projects with so many budgets.
import { HOUR_MS, type Instant, plusMs } from '../../lib/time/instant.ts';
import { memoryItemTable } from '../fakes/memory-item-table.ts';
import { type MeteredItemTable, meteredItemTable, type Units } from '../fakes/metered-item-table.ts';
import { instantOf } from '../fakes/time-of.ts';
import { benchState } from './bench-state.ts';
import { benchBudgets, benchSource } from './organization.ts';

const SIZE = { projects: 50, lineItems: 10 };
const CREATED = instantOf('2026-09-01T00:00:00Z');
/** The last day of a month: there is no more to read. */
const NOW = instantOf('2026-10-31T12:00:00Z');

export type RunName = 'collect-costs' | 'collect-usage' | 'check' | 'heartbeat';

export interface MeasuredRuns {
  /** A collect in which today has changed; a check and a heartbeat with nothing to say, as nearly all are. */
  readonly units: Readonly<Record<RunName, Units>>;
}

export async function measuredRuns(budgetCount: number): Promise<MeasuredRuns> {
  const tables = { budgets: metered(), spend: metered(), ledger: metered() };
  let now: Instant = NOW;
  let generation = 0;
  const source = benchSource(SIZE, NOW, () => generation);
  const state = benchState(tables, source, () => now);
  await state.declare(benchBudgets(budgetCount, SIZE.projects), CREATED);
  await state.collect('costs');
  await state.collect('completions');
  await state.check();
  await state.heartbeat();

  const measured = async (run: () => Promise<unknown>): Promise<Units> => {
    now = plusMs(now, HOUR_MS / 4);
    generation += 1;
    for (const { units } of Object.values(tables)) Object.assign(units, nothing());
    await run();
    return Object.values(tables).reduce((sum, { units }) => added(sum, units), nothing());
  };
  return {
    units: {
      'collect-costs': await measured(() => state.collect('costs')),
      'collect-usage': await measured(() => state.collect('completions')),
      check: await measured(() => state.check()),
      heartbeat: await measured(() => state.heartbeat()),
    },
  };
}

function metered(): MeteredItemTable {
  return meteredItemTable(memoryItemTable());
}

function nothing(): Units {
  return { requests: 0, readUnits: 0, writeUnits: 0 };
}

function added(a: Units, b: Units): Units {
  return {
    requests: a.requests + b.requests,
    readUnits: a.readUnits + b.readUnits,
    writeUnits: a.writeUnits + b.writeUnits,
  };
}
