// The real use cases over the real stores, as one run of a function meets them in a simulated world.
import type { AlertLedger } from '../../lib/alert/alert-ledger.ts';
import { createDynamoDbAlertLedger } from '../../lib/aws/dynamodb-alert-ledger.ts';
import { createDynamoDbBudgetStore } from '../../lib/aws/dynamodb-budget-store.ts';
import { createDynamoDbNameStore } from '../../lib/aws/dynamodb-name-store.ts';
import { createDynamoDbSlowReadStore } from '../../lib/aws/dynamodb-slow-read-store.ts';
import { createDynamoDbSpendStore } from '../../lib/aws/dynamodb-spend-store.ts';
import type { ItemTable } from '../../lib/aws/item-table.ts';
import type { BudgetStore } from '../../lib/budget/budget-store.ts';
import type { Notifier } from '../../lib/notify/notifier.ts';
import { addSilence } from '../../lib/run/add-silence.ts';
import { applyChanges, planBudgets } from '../../lib/run/apply-budgets.ts';
import { type CheckReport, check } from '../../lib/run/check.ts';
import { type CollectReport, collect } from '../../lib/run/collect.ts';
import { type HeartbeatReport, heartbeat } from '../../lib/run/heartbeat.ts';
import { removeSilences } from '../../lib/run/remove-silences.ts';
import type { RunState } from '../../lib/run/run-state.ts';
import type { SpendStore } from '../../lib/spend/spend-store.ts';
import { formatInstant } from '../../lib/time/instant.ts';
import { budgetAsDeclared, instant } from './as-declared.ts';
import type { ModelBudget } from './declared.ts';
import { faultyChannel } from './faulty-channel.ts';
import { faultySource } from './faulty-source.ts';
import { faultyTable } from './faulty-table.ts';
import type { Edit } from './people.ts';
import { HOUR } from './utc-periods.ts';
import type { Program } from './virtual-time.ts';
import { ORGANIZATION, type World } from './world.ts';

/** How a mutant of the protocol differs from it. Nothing in the program knows of it. */
export interface Alterations {
  readonly table?: (table: ItemTable, name: keyof World['tables']) => ItemTable;
  readonly ledger?: (ledger: AlertLedger) => AlertLedger;
  readonly spend?: (store: SpendStore) => SpendStore;
  /** Not for people at a command line. */
  readonly budgets?: (store: BudgetStore) => BudgetStore;
  readonly channel?: (notifier: Notifier) => Notifier;
  readonly leasesAreVoid?: boolean;
}

export interface Runs {
  collect(program: Program, kind: 'costs' | 'completions'): Promise<CollectReport>;
  check(program: Program): Promise<CheckReport>;
  heartbeat(program: Program): Promise<HeartbeatReport>;
  edit(program: Program, edit: Edit): Promise<void>;
}

/** The function ends itself so long before it is ended. */
const RESERVE_MS = 10_000;

export function runsIn(world: World, altered: Alterations): Runs {
  let names = 0;
  const newRunId = () => {
    names += 1;
    return `run${String(names).padStart(7, '0')}`;
  };

  function stateOf(program: Program): RunState {
    const { time, faults } = world;
    const clock = { now: () => instant(time.now() + program.skewMs) };
    const table = (name: keyof World['tables']) => {
      const faulty = faultyTable(world.tables[name], program, world);
      return altered.table?.(faulty, name) ?? faulty;
    };
    const spendTable = table('spend');
    const budgets = createDynamoDbBudgetStore(table('budgets'));
    const spend = createDynamoDbSpendStore(spendTable, clock.now);
    const ledger = createDynamoDbAlertLedger(table('ledger'));
    const alerts = faultyChannel('alerts', program, { time, faults, accepted: world.watchers.accepted });
    const channel = altered.channel?.(alerts) ?? alerts;
    return {
      budgets: altered.budgets?.(budgets) ?? budgets,
      spend: altered.spend?.(spend) ?? spend,
      names: createDynamoDbNameStore(spendTable),
      slowReads: createDynamoDbSlowReadStore(spendTable),
      ledger: altered.ledger?.(ledger) ?? ledger,
      routes: { names: ['default'], notifierOf: () => channel },
      operations: faultyChannel('operations', program, {
        time,
        faults,
        accepted: (acceptance) => world.notices.push(acceptance),
      }),
      clock,
      newRunId,
      flagsOf: () => [],
    };
  }

  const whenOf = (program: Program) => ({
    organization: ORGANIZATION,
    tick: instant(program.tick),
    deadline: instant(program.diesAt + program.skewMs),
  });

  return {
    collect(program, kind) {
      const when = whenOf(program);
      const deadline = instant(when.deadline - RESERVE_MS);
      const ports = {
        ...stateOf(program),
        source: faultySource(program, { ...world, knownOf: (m) => world.known[m] }),
      };
      return collect({ ...when, deadline, kinds: [kind] }, ports);
    },
    check: (program) =>
      check({ ...whenOf(program), alone: altered.leasesAreVoid ?? false }, stateOf(program)),
    heartbeat: (program) =>
      heartbeat({ ...whenOf(program), alone: false, signOfLifeOn: null }, stateOf(program)),
    async edit(program, edit) {
      const { names: nameStore } = stateOf(program);
      const budgets = createDynamoDbBudgetStore(faultyTable(world.tables.budgets, program, world));
      const when = { organization: ORGANIZATION, tick: instant(program.startedAt) };
      switch (edit.what) {
        case 'budgets':
          return applyAll(edit.budgets, world, program, budgets);
        case 'silence': {
          const until = formatInstant(instant(when.tick + edit.hours * HOUR));
          const wanted = {
            budget: edit.budgetId,
            member: edit.member,
            until,
            reason: 'simulated',
            by: 'anna',
          };
          await addSilence(wanted, when, { budgets, names: nameStore, newRunId });
          return;
        }
        case 'unsilence':
          await removeSilences(null, when, budgets);
      }
    },
  };
}

async function applyAll(
  wanted: readonly ModelBudget[],
  world: World,
  program: Program,
  budgets: BudgetStore,
): Promise<void> {
  world.intended.clear();
  for (const budget of wanted) world.intended.set(budget.id, budget);
  const declared = wanted.map(budgetAsDeclared);
  const { changes } = await planBudgets(ORGANIZATION, declared, instant(program.startedAt), budgets);
  await applyChanges(ORGANIZATION, changes, 'anna', budgets);
}
