// What runs of a benchmark work on: the program's own stores over the given tables, a topic that accepts everything.
import { createDynamoDbAlertLedger } from '../../lib/aws/dynamodb-alert-ledger.ts';
import { createDynamoDbBudgetStore } from '../../lib/aws/dynamodb-budget-store.ts';
import { createDynamoDbNameStore } from '../../lib/aws/dynamodb-name-store.ts';
import { createDynamoDbSlowReadStore } from '../../lib/aws/dynamodb-slow-read-store.ts';
import { createDynamoDbSpendStore } from '../../lib/aws/dynamodb-spend-store.ts';
import type { ItemTable } from '../../lib/aws/item-table.ts';
import type { TableRole } from '../../lib/aws/table-definitions.ts';
import type { Budget } from '../../lib/budget/budget.ts';
import type { Message } from '../../lib/notify/message.ts';
import { applyChanges, planBudgets } from '../../lib/run/apply-budgets.ts';
import { type CheckReport, check } from '../../lib/run/check.ts';
import { type CollectReport, collect } from '../../lib/run/collect.ts';
import { type HeartbeatReport, heartbeat } from '../../lib/run/heartbeat.ts';
import type { SpendKind } from '../../lib/spend/catalogue.ts';
import type { UsageSource } from '../../lib/spend/usage-source.ts';
import { HOUR_MS, type Instant, plusMs } from '../../lib/time/instant.ts';

const ORGANIZATION = 'default';

export interface BenchState {
  /** Requests of SNS, whatever they ask. */
  readonly published: { requests: number };
  declare(budgets: readonly Budget[], at: Instant): Promise<void>;
  collect(kind: SpendKind): Promise<CollectReport>;
  check(): Promise<CheckReport>;
  heartbeat(): Promise<HeartbeatReport>;
}

/** `now`: the time of a run, and its tick. */
export function benchState(
  tables: Readonly<Record<TableRole, ItemTable>>,
  source: UsageSource,
  now: () => Instant,
): BenchState {
  const published = { requests: 0 };
  const accepting = {
    audience: () => {
      published.requests += 1;
      return Promise.resolve({ confirmed: 1, pending: 0 });
    },
    deliver: (_: Message) => {
      published.requests += 1;
      return Promise.resolve({ outcome: 'accepted' as const });
    },
  };
  let runs = 0;
  const state = {
    budgets: createDynamoDbBudgetStore(tables.budgets),
    spend: createDynamoDbSpendStore(tables.spend, now),
    names: createDynamoDbNameStore(tables.spend),
    slowReads: createDynamoDbSlowReadStore(tables.spend),
    ledger: createDynamoDbAlertLedger(tables.ledger),
    source,
    routes: { names: ['default'], notifierOf: () => accepting },
    operations: accepting,
    clock: { now },
    newRunId() {
      runs += 1;
      return `run${String(runs).padStart(7, '0')}`;
    },
    flagsOf: () => [],
  };
  const when = () => ({ organization: ORGANIZATION, tick: now(), deadline: plusMs(now(), HOUR_MS) });
  return {
    published,
    async declare(budgets, at) {
      const { changes } = await planBudgets(ORGANIZATION, budgets, at, state.budgets);
      await applyChanges(ORGANIZATION, changes, 'bench', state.budgets);
    },
    collect: (kind) => collect({ ...when(), kinds: [kind] }, state),
    check: () => check({ ...when(), alone: false }, state),
    heartbeat: () => heartbeat({ ...when(), alone: false, signOfLifeOn: null }, state),
  };
}
