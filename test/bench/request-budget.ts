// The request budget: how many requests of AWS each kind of run may make. They are most of a run's time, and its money.

import { HOUR_MS, type Instant, plusMs } from '../../lib/time/instant.ts';
import { memoryItemTable } from '../fakes/memory-item-table.ts';
import { instantOf } from '../fakes/time-of.ts';
import { type BenchState, benchState } from './bench-state.ts';
import type { Goal } from './goal.ts';
import { benchBudgets, benchSource, type OrganizationSize } from './organization.ts';

const CREATED = instantOf('2026-09-01T00:00:00Z');
const NOW = instantOf('2026-10-31T12:00:00Z');
const FIFTY = { projects: 50, lineItems: 10 };
const THOUSAND = { projects: 1_000, lineItems: 10 };
const BUDGETS = 200;
/** Limits, of dollars as of tokens. */
const FAR = '1000000000';
const LOW = '1';
/** A check runs four times an hour, and notes once an hour that it did. */
const QUARTER_MS = HOUR_MS / 4;

interface Counts {
  readonly total: number;
  readonly writes: number;
  readonly published: number;
}

/**
 * State is read in Queries, each of a whole partition: budgets, ledger, and every dataset's days; and it is written on
 * change only, as a refused conditional write is charged like one that succeeds. An item for each alert would be a write
 * for each alert in every run, 600 of them here. Pages are not counted: each megabyte of a partition is one more read.
 */
export async function requestBudget(): Promise<Goal[]> {
  const calm = await world(FIFTY, FAR);
  await calm.state.check();
  const idle = await calm.counted(() => calm.state.check());

  const loud = await world(FIFTY, LOW);
  let said = { alerts: 0, messages: 0 };
  const first = await loud.counted(async () => {
    const { delivered } = await loud.state.check();
    said = {
      alerts: delivered.length,
      messages: new Set(delivered.map(({ message }) => message.messageId)).size,
    };
  });
  const latches = loud.latches();
  const alerted = await loud.counted(() => loud.state.check());

  const large = await world(THOUSAND, FAR);
  const unchanged = await large.counted(() => large.state.collect('costs'));
  if (said.alerts < BUDGETS) throw new Error(`Only ${said.alerts} alerts were announced`);
  const requests = { unit: 'requests' } as const;
  return [
    {
      what: 'idle check, 50 projects, 200 budgets × 3 thresholds: all requests of AWS',
      atMost: 4,
      is: idle.total,
      ...requests,
    },
    { what: '… writes among them', atMost: 0, is: idle.writes, ...requests },
    {
      what: 'the same when all have alerted: all requests of AWS',
      atMost: 4,
      is: alerted.total,
      ...requests,
    },
    { what: '… writes among them', atMost: 0, is: alerted.writes, ...requests },
    { what: 'writes for each latch with something new', atMost: 2, is: (first.writes - NOTED) / latches },
    { what: 'publishes for each group', atMost: 1, is: publishes(first, said.messages) },
    {
      what: 'collect, 1,000 projects, nothing changed: writes',
      atMost: 3,
      is: unchanged.writes,
      ...requests,
    },
  ];
}

/** That a check was made is one write. */
const NOTED = 1;

/** One request asks who listens. */
function publishes({ published }: Counts, messages: number): number {
  return (published - 1) / messages;
}

async function world(size: OrganizationSize, limit: string) {
  const tables = { budgets: memoryItemTable(), spend: memoryItemTable(), ledger: memoryItemTable() };
  let now: Instant = NOW;
  const state: BenchState = benchState(
    tables,
    benchSource(size, NOW, () => 0),
    () => now,
  );
  await state.declare(benchBudgets(BUDGETS, size.projects, limit), CREATED);
  await state.collect('costs');
  await state.collect('completions');

  const sum = (of: 'reads' | 'writes') =>
    Object.values(tables).reduce((total, { requests }) => total + requests[of], 0);
  return {
    state,
    latches: () =>
      [...(tables.ledger.items.partitions.get('default')?.keys() ?? [])].filter((sk) => /^\d/.test(sk))
        .length,
    async counted(run: () => Promise<unknown>): Promise<Counts> {
      now = plusMs(now, QUARTER_MS);
      const before = { reads: sum('reads'), writes: sum('writes'), published: state.published.requests };
      await run();
      const writes = sum('writes') - before.writes;
      const published = state.published.requests - before.published;
      return { total: sum('reads') - before.reads + writes + published, writes, published };
    },
  };
}
