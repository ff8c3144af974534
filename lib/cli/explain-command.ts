// `budget-alerts explain BUDGET`: how its sums came about, what was said of them, and what would be said next.
import { explainBudget } from '../run/explain-budget.ts';
import type { Instant } from '../time/instant.ts';
import { explainDocument } from './explain-document.ts';
import { explainText } from './print-explain.ts';
import type { TargetOptions } from './target-options.ts';
import type { Terminal } from './terminal.ts';
import { withStoredState } from './with-stored-state.ts';

export interface ExplainOptions extends TargetOptions {
  readonly tick: Instant;
  readonly budget: string;
  /** A project's id or its name; `null`: every member. */
  readonly member: string | null;
  readonly json: boolean;
}

/** 0: shown; 1: there is no such budget or member. */
export function explainCommand(options: ExplainOptions, terminal: Terminal): Promise<number> {
  const { tick, budget: budgetId, member, json } = options;
  return withStoredState(options, terminal, async ({ organization, state }) => {
    const explanation = await explainBudget({ organization, tick, budgetId, member }, state);
    terminal.out(json ? JSON.stringify(explainDocument(explanation), null, 2) : explainText(explanation));
    return 0;
  });
}
