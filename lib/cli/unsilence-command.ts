// `budget-alerts unsilence`: ends a silence, all over a budget, or every silence there is.
import { BudgetAlertsError } from '../errors.ts';
import { removeSilences } from '../run/remove-silences.ts';
import type { Instant } from '../time/instant.ts';
import { silenceLine } from './print-silences.ts';
import type { TargetOptions } from './target-options.ts';
import type { Terminal } from './terminal.ts';
import { withStoredState } from './with-stored-state.ts';

export interface UnsilenceOptions extends TargetOptions {
  readonly tick: Instant;
  /** A silence's id or a budget's; `null` with `all`. */
  readonly what: string | null;
  readonly all: boolean;
}

/** 0: removed; 1: there was nothing to remove. */
export function unsilenceCommand(options: UnsilenceOptions, terminal: Terminal): Promise<number> {
  const { what, all, tick } = options;
  return withStoredState(options, terminal, async ({ organization, state }) => {
    if ((what === null) !== all) {
      throw new BudgetAlertsError('silence-unknown', 'Name one silence or budget, or write --all.');
    }
    const input = { organization, tick };
    const { removed, remaining } = await removeSilences(what, input, state.budgets);
    const { names } = await state.names.projectNames(organization);
    for (const silence of removed) terminal.out(`Removed ${silenceLine(silence, names, tick)}`);
    for (const silence of remaining) terminal.out(`Still in force: ${silenceLine(silence, names, tick)}`);
    terminal.out('The next check announces what was held back, is silenced no longer and is still true.');
    return 0;
  });
}
