// Commands of ours as people copy them from a message into a shell.
import type { TargetFlags } from './message.ts';

const NEEDS_NO_QUOTES = /^[\w./:@%+=,-]+$/;

/** `budget-alerts explain every-project --member 'proj a' --stack Prod` */
export function shellCommand(words: readonly string[], flags: TargetFlags): string {
  return ['budget-alerts', ...words, ...flags].map(shellWord).join(' ');
}

/** Lists every budget, and whether all that they stand on works. */
export function statusCommand(flags: TargetFlags): string {
  return shellCommand(['status'], flags);
}

/** In single quotes where a POSIX shell would see more than a word. */
export function shellWord(word: string): string {
  return NEEDS_NO_QUOTES.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
