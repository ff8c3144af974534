// `budget-alerts history`: every alert that the ledger remembers, and what became of it.
import { readHistory } from '../run/read-history.ts';
import type { Instant } from '../time/instant.ts';
import { historyDocument } from './history-document.ts';
import { historyText } from './print-history.ts';
import type { TargetOptions } from './target-options.ts';
import type { Terminal } from './terminal.ts';
import { withStoredState } from './with-stored-state.ts';

export interface HistoryOptions extends TargetOptions {
  readonly tick: Instant;
  /** `null`: every budget. The ledger remembers budgets that exist no more, too. */
  readonly budget: string | null;
  /** `null`: all that was said about periods that are open or ended in the last 35 days. */
  readonly since: string | null;
  readonly json: boolean;
}

/** 0: shown, though it may be nothing; 1: it could not be. */
export function historyCommand(options: HistoryOptions, terminal: Terminal): Promise<number> {
  const { tick, since, budget: budgetId, json } = options;
  return withStoredState(options, terminal, async ({ organization, state }) => {
    const alerts = await readHistory({ organization, tick, since, budgetId }, state);
    terminal.out(json ? JSON.stringify(historyDocument(tick, alerts), null, 2) : historyText(alerts));
    return 0;
  });
}
