// Runs a command on state that is there already: a folder is never made by looking into it.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { BudgetAlertsError } from '../errors.ts';
import type { Instant } from '../time/instant.ts';
import { openTarget, type Target } from './open-target.ts';
import { plainText } from './plain-text.ts';
import type { TargetOptions } from './target-options.ts';
import type { Terminal } from './terminal.ts';

/** The command's exit code; 1, after saying why, where the state or the command fails. */
export async function withStoredState(
  options: TargetOptions & { readonly tick: Instant },
  terminal: Terminal,
  command: (target: Target) => Promise<number>,
): Promise<number> {
  try {
    requireFolder(options, terminal);
    await using target = await openTarget(options, options.tick, terminal);
    return await command(target);
  } catch (error) {
    if (!(error instanceof BudgetAlertsError)) throw error;
    terminal.error(plainText(error.message, true));
    return 1;
  }
}

function requireFolder({ state, stack }: TargetOptions, { directory }: Terminal): void {
  const folder = resolve(directory, state);
  if (stack !== null || existsSync(folder)) return;
  const message = `There is no state folder ${folder}. \`budget-alerts check\` makes one; --state names another, --stack a deployed stack.`;
  throw new BudgetAlertsError('state-missing', message);
}
