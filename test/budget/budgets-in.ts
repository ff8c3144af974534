// Shorthand of the budget tests: budgets as people write them, in YAML.
import { readFileSync } from 'node:fs';
import type { Budget } from '../../lib/budget/budget.ts';
import type { Field } from '../../lib/budget/field.ts';
import { type ParsedBudgets, parseBudgets } from '../../lib/budget/parse-budgets.ts';
import type { Problem } from '../../lib/budget/problem.ts';
import { readSourceNode } from '../../lib/yaml/read-source-node.ts';

export function budgetsIn(yaml: string): ParsedBudgets {
  const read = readSourceNode(yaml);
  if (!read.ok) throw new Error(read.problem.message);
  return parseBudgets(read.node);
}

export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/budgets/${name}`, import.meta.url), 'utf8');
}

/** The problems of a sound budget `a` (5,000 dollars a month) after `lines` were added or put in their places. */
export function problemsWith(...lines: string[]): readonly Problem[] {
  return budgetsIn(fileWith(lines)).problems;
}

/** `.period.monthly period-invalid: …`, the path without the budget's own part. */
export function answers(...lines: string[]): string[] {
  return problemsWith(...lines).map(({ path, code, message }) => {
    return `${path.slice('budgets[0]'.length)} ${code}: ${message}`;
  });
}

/** A value at the path `key`, for the reader of one key alone. */
export function fieldOf(yaml: string): Field {
  const read = readSourceNode(yaml);
  if (!read.ok) throw new Error(read.problem.message);
  return { node: read.node, path: 'key' };
}

/** The same budget, where it is to be read without any problem. */
export function budgetWith(...lines: string[]): Budget {
  const { budgets, problems } = budgetsIn(fileWith(lines));
  const [budget] = budgets;
  if (budget === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return budget;
}

function fileWith(lines: readonly string[]): string {
  const given = new Set(lines.map((line) => line.split(':')[0]));
  const defaults = ['id: a', 'limit: 5000', 'period: monthly'].filter(
    (line) => !given.has(line.split(':')[0]),
  );
  return ['budgets:', '  -', ...[...defaults, ...lines].map((line) => `    ${line}`)].join('\n');
}
