// The flags that lead back to the same state: for commands that are printed to be copied.
import type { TargetOptions } from './open-target.ts';

export const DEFAULT_STATE_FOLDER = '.budget-alerts';

const NEEDS_NO_QUOTES = /^[\w./:@-]+$/;

/** Begins with a blank; empty for the default state folder. */
export function targetFlags({ state, stack, organization }: TargetOptions): string {
  const flags = [
    stack !== null ? ['--stack', stack] : state === DEFAULT_STATE_FOLDER ? [] : ['--state', state],
    organization === null ? [] : ['--organization', organization],
  ];
  return flags
    .flat()
    .map((word) => ` ${shellWord(word)}`)
    .join('');
}

function shellWord(word: string): string {
  return NEEDS_NO_QUOTES.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
