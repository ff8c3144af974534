// Reads a budgets file from disk; whatever is wrong with it is a list of problems, never an exception.
import { readFile } from 'node:fs/promises';
import type { Budget } from '../budget/budget.ts';
import { parseBudgets } from '../budget/parse-budgets.ts';
import type { Problem } from '../budget/problem.ts';
import { DEFAULT_SETTINGS, type Settings } from '../spend/settings.ts';
import { readSourceNode } from '../yaml/read-source-node.ts';

export interface BudgetsFile {
  /** `null`: the file could not be read at all, so nothing can be checked. */
  readonly budgets: readonly Budget[] | null;
  readonly settings: Settings;
  readonly problems: readonly Problem[];
}

export async function readBudgetsFile(path: string): Promise<BudgetsFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return { budgets: null, settings: DEFAULT_SETTINGS, problems: [unreadable(path, error)] };
  }
  return parseBudgetsText(text);
}

export function parseBudgetsText(text: string): BudgetsFile {
  const source = readSourceNode(text);
  if (!source.ok) return { budgets: null, settings: DEFAULT_SETTINGS, problems: [source.problem] };
  return parseBudgets(source.node);
}

function unreadable(path: string, error: unknown): Problem {
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  const message = missing
    ? `There is no budgets file ${path}. Name one with --budgets, or see the README for an example.`
    : `${path} could not be read: ${error instanceof Error ? error.message : String(error)}`;
  return { code: 'budgets-file-unreadable', path: '', line: null, message, severity: 'error' };
}
