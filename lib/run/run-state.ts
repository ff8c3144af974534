// What every use case works on: stores, a channel, real time, fresh names. The same on a laptop and in AWS.
import type { AlertLedger } from '../alert/alert-ledger.ts';
import type { BudgetStore } from '../budget/budget-store.ts';
import type { TargetFlags } from '../notify/message.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { Routes } from '../notify/routes.ts';
import type { NameStore } from '../spend/name-store.ts';
import type { SlowReadStore } from '../spend/slow-read-store.ts';
import type { SpendStore } from '../spend/spend-store.ts';
import type { Clock } from './clock.ts';

export interface RunState {
  readonly budgets: BudgetStore;
  readonly spend: SpendStore;
  readonly names: NameStore;
  readonly slowReads: SlowReadStore;
  readonly ledger: AlertLedger;
  /** To the people who own the spend. */
  readonly routes: Routes;
  /** To the people who run this system. */
  readonly operations: Notifier;
  readonly clock: Clock;
  readonly newRunId: () => string;
  /** Flags with which the command works on an organization of this state, for commands in messages. */
  readonly flagsOf: (organization: string) => TargetFlags;
}
