// `budget-alerts validate FILE`: everything that is wrong with a budgets file, at once, with line and fix.

import { resolve } from 'node:path';
import { hasError } from '../budget/budget-problem.ts';
import { problemLines } from './print-problems.ts';
import { readBudgetsFile } from './read-budgets-file.ts';
import type { Terminal } from './terminal.ts';

/** 0: the file can be used (warnings may be shown); 1: it cannot. */
export async function validateCommand(path: string, terminal: Terminal): Promise<number> {
  const { budgets, problems } = await readBudgetsFile(resolve(terminal.directory, path));
  for (const line of problemLines(problems, path)) terminal.out(line);
  if (budgets === null || hasError(problems)) {
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    terminal.out(`${path} cannot be used: ${errors} error${errors === 1 ? '' : 's'}.`);
    return 1;
  }
  terminal.out(`${path} is fine: ${budgets.length} budget${budgets.length === 1 ? '' : 's'}.`);
  return 0;
}
