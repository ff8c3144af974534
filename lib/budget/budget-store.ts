// The port to declared budgets.
import type { Settings } from '../spend/settings.ts';
import type { Instant } from '../time/instant.ts';
import type { Budget } from './budget.ts';
import type { Problem } from './problem.ts';
import type { Silence } from './silence.ts';

export interface StoredBudget {
  readonly budget: Budget;
  /** Counts writes of this budget; a change is made only to the version that was seen. */
  readonly version: number;
  /** Since when the budget decides as it does now; cosmetic edits leave it alone. */
  readonly decidedAt: Instant;
  /** When its limit was last lowered; `null`: never. */
  readonly limitLoweredAt: Instant | null;
}

export interface StoredBudgets {
  readonly settings: Settings;
  readonly budgets: readonly StoredBudget[];
  /** A row that cannot be read is a problem of its own and never hides the others. */
  readonly rejected: readonly Problem[];
  /** Those that are over among them. */
  readonly silences: readonly Silence[];
}

export interface BudgetStore {
  active(organization: string): Promise<StoredBudgets>;
  /** `seenVersion` 0: must not exist yet. False: somebody else changed it meanwhile. */
  put(organization: string, stored: StoredBudget, seenVersion: number, updatedBy: string): Promise<boolean>;
  putSettings(organization: string, settings: Settings): Promise<void>;
  putSilence(organization: string, silence: Silence): Promise<void>;
  removeSilence(organization: string, silenceId: string): Promise<void>;
  remove(organization: string, budgetId: string, seenVersion: number): Promise<boolean>;
}
