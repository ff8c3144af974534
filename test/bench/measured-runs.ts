// What each kind of run moves in DynamoDB, measured on an organization of 50 projects with so many budgets.
import { createDynamoDbAlertLedger } from '../../lib/aws/dynamodb-alert-ledger.ts';
import { createDynamoDbBudgetStore } from '../../lib/aws/dynamodb-budget-store.ts';
import { createDynamoDbNameStore } from '../../lib/aws/dynamodb-name-store.ts';
import { createDynamoDbSlowReadStore } from '../../lib/aws/dynamodb-slow-read-store.ts';
import { createDynamoDbSpendStore } from '../../lib/aws/dynamodb-spend-store.ts';
import type { Message } from '../../lib/notify/message.ts';
import { applyChanges, planBudgets } from '../../lib/run/apply-budgets.ts';
import { check } from '../../lib/run/check.ts';
import { collect } from '../../lib/run/collect.ts';
import { heartbeat } from '../../lib/run/heartbeat.ts';
import type { SpendKind } from '../../lib/spend/catalogue.ts';
import type { UsageSource } from '../../lib/spend/usage-source.ts';
import { HOUR_MS, type Instant, plusMs } from '../../lib/time/instant.ts';
import { daysFrom, endOfDay, startOfDay, utcDayOf } from '../../lib/time/utc-day.ts';
import { bucketsInto } from '../fakes/buckets-into.ts';
import { budgetOf } from '../fakes/budgets-of.ts';
import { costRow, usageRow } from '../fakes/day-of-rows.ts';
import { memoryItemTable } from '../fakes/memory-item-table.ts';
import { type MeteredItemTable, meteredItemTable, type Units } from '../fakes/metered-item-table.ts';
import { instantOf } from '../fakes/time-of.ts';

const PROJECTS = 50;
const LINE_ITEMS = 10;
const ORGANIZATION = 'default';
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
  const accepted = {
    audience: () => Promise.resolve({ confirmed: 1, pending: 0 }),
    deliver: (_: Message) => Promise.resolve({ outcome: 'accepted' as const }),
  };
  const state = {
    budgets: createDynamoDbBudgetStore(tables.budgets),
    spend: createDynamoDbSpendStore(tables.spend, () => now),
    names: createDynamoDbNameStore(tables.spend),
    slowReads: createDynamoDbSlowReadStore(tables.spend),
    ledger: createDynamoDbAlertLedger(tables.ledger),
    source: sourceOf(() => generation),
    routes: { names: ['default'], notifierOf: () => accepted },
    operations: accepted,
    clock: { now: () => now },
    newRunId: () => `run${String(generation).padStart(7, '0')}`,
    flagsOf: () => [],
  };
  const deadline = () => plusMs(now, HOUR_MS);
  const collectKind = (kind: SpendKind) =>
    collect({ organization: ORGANIZATION, kinds: [kind], tick: now, deadline: deadline() }, state);
  const checkNow = () =>
    check({ organization: ORGANIZATION, tick: now, deadline: deadline(), alone: false }, state);
  const heartbeatNow = () =>
    heartbeat(
      { organization: ORGANIZATION, tick: now, deadline: deadline(), alone: false, signOfLifeOn: null },
      state,
    );

  const { changes } = await planBudgets(ORGANIZATION, budgets(budgetCount), CREATED, state.budgets);
  await applyChanges(ORGANIZATION, changes, 'bench', state.budgets);
  await collectKind('costs');
  await collectKind('completions');
  await checkNow();
  await heartbeatNow();

  const measured = async (run: () => Promise<unknown>): Promise<Units> => {
    now = plusMs(now, HOUR_MS / 4);
    generation += 1;
    for (const { units } of Object.values(tables)) Object.assign(units, nothing());
    await run();
    return Object.values(tables).reduce((sum, { units }) => added(sum, units), nothing());
  };
  return {
    units: {
      'collect-costs': await measured(() => collectKind('costs')),
      'collect-usage': await measured(() => collectKind('completions')),
      check: await measured(checkNow),
      heartbeat: await measured(heartbeatNow),
    },
  };
}

/** Nine in ten in dollars, one in ten in tokens; none is near its limit. */
function budgets(count: number) {
  return Array.from({ length: count }, (_, index) =>
    budgetOf({
      id: `budget-${index}`,
      projects: [projectId(index % PROJECTS)],
      limit: '1000000000',
      ...(index % 10 === 9 && { measure: 'completions.total_tokens' }),
    }),
  );
}

/** Every day has every project and line item; today's amounts grow with each read. */
function sourceOf(generation: () => number): UsageSource {
  return {
    async *pages({ kind }, range, _deadline, newRows) {
      const buckets = daysFrom(range.from, range.until).map((day, index) => {
        const grown = day === utcDayOf(NOW) ? generation() : 0;
        const rows = Array.from({ length: PROJECTS }, (_, project) => project).flatMap((project) =>
          kind === 'costs'
            ? Array.from({ length: LINE_ITEMS }, (_, item) =>
                costRow([
                  projectId(project),
                  `gpt-5-2025-08-07, item ${item}`,
                  amountText(project, item, index + grown),
                ]),
              )
            : [
                usageRow([
                  projectId(project),
                  'gpt-5-2025-08-07',
                  { input_tokens: 1e6 + grown, output_tokens: 1e5 },
                ]),
              ],
        );
        return { start: startOfDay(day), end: endOfDay(day), rows };
      });
      yield bucketsInto(newRows, buckets);
    },
    projectNames: async () =>
      new Map(Array.from({ length: PROJECTS }, (_, project) => [projectId(project), `Project ${project}`])),
    userNames: async () => new Map(),
    apiKeyNames: async () => new Map(),
    keyExpiry: async () => null,
  };
}

/** Sixteen digits, as OpenAI sends them, and as hard to compress. */
function amountText(...seeds: readonly number[]): string {
  const seed = seeds.reduce((hash, value) => (hash * 31 + value * 7_919 + 17) % 1_000_003, 7);
  return `${seed % 40}.${String((seed * 2_654_435_761) % 1e14).padStart(14, '0')}`;
}

/** Of the length of OpenAI's own. */
function projectId(index: number): string {
  return `proj_${String((index + 1) * 7_919).padStart(24, 'aBcDeFgH')}`;
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
