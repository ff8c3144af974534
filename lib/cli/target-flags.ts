// The flags that lead back to the same state: for commands that are printed to be copied.
import { shellWord } from '../notify/shell-command.ts';
import type { TargetOptions } from './target-options.ts';

export const DEFAULT_STATE_FOLDER = '.budget-alerts';

/** None for the default state folder. */
export function targetWords({ state, stack, organization }: TargetOptions): string[] {
  return [
    stack !== null ? ['--stack', stack] : state === DEFAULT_STATE_FOLDER ? [] : ['--state', state],
    organization === null ? [] : ['--organization', organization],
  ].flat();
}

/** As they follow a command in a shell: begins with a blank, empty where there are none. */
export function targetFlags(options: TargetOptions): string {
  return targetWords(options)
    .map((word) => ` ${shellWord(word)}`)
    .join('');
}
