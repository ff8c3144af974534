// The use cases over real stores in memory: a scripted source, a notifier that can refuse, a clock that can be turned.

import type { Latch } from '../../lib/alert/latch.ts';
import { createDynamoDbAlertLedger } from '../../lib/aws/dynamodb-alert-ledger.ts';
import { createDynamoDbBudgetStore } from '../../lib/aws/dynamodb-budget-store.ts';
import { createDynamoDbNameStore } from '../../lib/aws/dynamodb-name-store.ts';
import { createDynamoDbSlowReadStore } from '../../lib/aws/dynamodb-slow-read-store.ts';
import { createDynamoDbSpendStore } from '../../lib/aws/dynamodb-spend-store.ts';
import type { Budget } from '../../lib/budget/budget.ts';
import type { Silence } from '../../lib/budget/silence.ts';
import type { Message } from '../../lib/notify/message.ts';
import type { Delivery, Notifier } from '../../lib/notify/notifier.ts';
import { applyChanges, planBudgets } from '../../lib/run/apply-budgets.ts';
import { type CheckReport, check } from '../../lib/run/check.ts';
import { type CollectReport, collect } from '../../lib/run/collect.ts';
import { type HeartbeatReport, heartbeat } from '../../lib/run/heartbeat.ts';
import type { RunState } from '../../lib/run/run-state.ts';
import type { SpendKind } from '../../lib/spend/catalogue.ts';
import type { KeyExpiry } from '../../lib/spend/key-expiry.ts';
import type { NameStore } from '../../lib/spend/name-store.ts';
import type { SourceBucket, SourceRow, UsageSource } from '../../lib/spend/usage-source.ts';
import { type Instant, plusMs } from '../../lib/time/instant.ts';
import { daysFrom, endOfDay, startOfDay, type UtcDay } from '../../lib/time/utc-day.ts';
import { bucketsInto } from './buckets-into.ts';
import { type BudgetCase, budgetOf } from './budgets-of.ts';
import { type Fate, type MemoryItemTable, memoryItemTable, type Operation } from './memory-item-table.ts';
import { instantOf } from './time-of.ts';

const ORGANIZATION = 'org';

export interface RunWorld {
  /** What OpenAI says from now on; a day that is absent answers with no rows, `null` with no bucket at all. */
  rows: Map<string, readonly SourceRow[] | null>;
  /** The same for usage: `rows` are costs. */
  readonly usageRows: Map<string, readonly SourceRow[] | null>;
  /** Day → how many costs rows of another kind its bucket holds besides. */
  readonly ignoredRows: Map<string, number>;
  /** Thrown by the source instead of an answer. */
  failure: Error | null;
  names: Map<string, string>;
  /** `names`, until told otherwise; may throw. */
  projectNames: () => ReadonlyMap<string, string>;
  /** What OpenAI says of the admin key; may throw. */
  keyExpiry: () => KeyExpiry | null;
  readonly remembered: NameStore;
  /** For whoever only looks. */
  readonly stores: Pick<RunState, 'budgets' | 'spend' | 'names' | 'ledger'>;
  readonly state: RunState;
  /** What the channel answers. */
  deliver: (message: Message) => Delivery | Promise<Delivery>;
  deliverNotice: (message: Message) => Delivery;
  readonly notices: Message[];
  hasAudience: boolean;
  /** Routes of the deployment. */
  routeNames: string[];
  /** Nobody listens on these, whoever does elsewhere. */
  readonly unheardRoutes: Set<string>;
  /** Confirmed subscriptions while there is an audience. */
  confirmed: number;
  operationsHear: boolean;
  audienceQuestions: number;
  readonly messages: Message[];
  /** `costs 2026-11-01/2026-11-21` */
  readonly requests: string[];
  now: Instant;
  ledgerFate: (operation: Operation) => Fate;
  readonly tables: Readonly<Record<'budgets' | 'spend' | 'ledger', MemoryItemTable>>;
  apply(tick: string, ...budgets: readonly BudgetCase[]): Promise<void>;
  declare(tick: string, budgets: readonly Budget[]): Promise<void>;
  collect(tick: string, kind?: SpendKind): Promise<CollectReport>;
  silence(silence: Silence): Promise<void>;
  unsilence(silenceId: string): Promise<void>;
  heartbeat(tick: string, signOfLifeOn?: number): Promise<HeartbeatReport>;
  /** What was said or held back about every period, however long ago. */
  latches(): Promise<readonly Latch[]>;
  check(tick: string, more?: { readonly deadline?: Instant; readonly alone?: boolean }): Promise<CheckReport>;
}

/** `sourceAt`: another source than the scripted one, which goes by the world's time. */
export function runWorld(sourceAt?: (now: () => Instant) => UsageSource): RunWorld {
  const tables = {
    budgets: memoryItemTable(),
    spend: memoryItemTable(),
    ledger: memoryItemTable({ fate: (operation) => world.ledgerFate(operation) }),
  };
  let runs = 0;
  const scripted: UsageSource = {
    async *pages(dataset, range, _deadline, newRows) {
      world.requests.push(`${dataset.kind} ${range.from}/${range.until}`);
      if (world.failure !== null) throw world.failure;
      const rows = dataset.kind === 'costs' ? world.rows : world.usageRows;
      const days = daysFrom(range.from, range.until);
      yield bucketsInto(
        newRows,
        days.flatMap((day) => bucketOf(day, rows.get(day), world.ignoredRows.get(day))),
      );
    },
    projectNames: async () => world.projectNames(),
    userNames: async () => world.names,
    apiKeyNames: async () => world.names,
    keyExpiry: async () => world.keyExpiry(),
  };
  const carrierOf = (route: string): Notifier => ({
    audience: () => {
      world.audienceQuestions += 1;
      const isHeard = world.hasAudience && !world.unheardRoutes.has(route);
      return Promise.resolve({ confirmed: isHeard ? world.confirmed : 0, pending: 1 });
    },
    async deliver(message: Message) {
      const delivery = await world.deliver(message);
      if (delivery.outcome !== 'refused') world.messages.push(message);
      return delivery;
    },
  });
  const ports = {
    budgets: createDynamoDbBudgetStore(tables.budgets),
    spend: createDynamoDbSpendStore(tables.spend, () => world.now),
    names: createDynamoDbNameStore(tables.spend),
    slowReads: createDynamoDbSlowReadStore(tables.spend),
    ledger: createDynamoDbAlertLedger(tables.ledger),
    source: sourceAt?.(() => world.now) ?? scripted,
    routes: {
      get names() {
        return world.routeNames;
      },
      notifierOf: carrierOf,
    },
    flagsOf: (organization: string) => ['--stack', 'Prod', '--organization', organization],
    operations: {
      audience: () => Promise.resolve({ confirmed: world.operationsHear ? 1 : 0, pending: 0 }),
      deliver(message: Message) {
        const delivery = world.deliverNotice(message);
        if (delivery.outcome !== 'refused') world.notices.push(message);
        return Promise.resolve(delivery);
      },
    },
    clock: { now: () => world.now },
    newRunId: () => {
      runs += 1;
      return `run${String(runs).padStart(7, '0')}`;
    },
  };
  const world: RunWorld = {
    rows: new Map(),
    usageRows: new Map(),
    ignoredRows: new Map(),
    failure: null,
    names: new Map(),
    projectNames: () => world.names,
    keyExpiry: () => null,
    remembered: ports.names,
    stores: ports,
    state: ports,
    deliver: () => ({ outcome: 'accepted' }),
    deliverNotice: () => ({ outcome: 'accepted' }),
    notices: [],
    hasAudience: true,
    routeNames: ['default'],
    unheardRoutes: new Set(),
    confirmed: 1,
    operationsHear: true,
    audienceQuestions: 0,
    messages: [],
    requests: [],
    now: instantOf('2026-11-20T10:00:00Z'),
    ledgerFate: () => 'works',
    tables,
    apply: (tick, ...budgets) => world.declare(tick, budgets.map(budgetOf)),
    async declare(tick, budgets) {
      const { changes } = await planBudgets(ORGANIZATION, budgets, instantOf(tick), ports.budgets);
      await applyChanges(ORGANIZATION, changes, 'test', ports.budgets);
    },
    collect: (tick, kind = 'costs') =>
      collect(
        {
          organization: ORGANIZATION,
          kinds: [kind],
          tick: instantOf(tick),
          deadline: plusMs(world.now, 60_000),
        },
        ports,
      ),
    silence: (silence) => ports.budgets.putSilence(ORGANIZATION, silence),
    unsilence: (silenceId) => ports.budgets.removeSilence(ORGANIZATION, silenceId),
    latches: async () => (await ports.ledger.read(ORGANIZATION, instantOf('2000-01-01'))).latches,
    check: (tick, { deadline = plusMs(world.now, 60_000), alone = false } = {}) =>
      check({ organization: ORGANIZATION, tick: instantOf(tick), deadline, alone }, ports),
    heartbeat: (tick, signOfLifeOn) => {
      const when = { tick: instantOf(tick), deadline: plusMs(world.now, 60_000), alone: false };
      return heartbeat({ organization: ORGANIZATION, ...when, signOfLifeOn: signOfLifeOn ?? null }, ports);
    },
  };
  return world;
}

function bucketOf(
  day: UtcDay,
  rows: readonly SourceRow[] | null | undefined,
  ignoredRows = 0,
): SourceBucket[] {
  const bucket = { start: startOfDay(day), end: endOfDay(day), rows: rows ?? [] };
  return rows === null ? [] : [{ ...bucket, ...(ignoredRows > 0 && { ignoredRows }) }];
}
