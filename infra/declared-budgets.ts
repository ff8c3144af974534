// Budgets that an app declares, in a file or as objects: read by the parser of the command, or refused with every reason.

import { readFileSync } from 'node:fs';
import { specOfBudget } from '../lib/budget/budget-spec.ts';
import { exceedsRetention } from '../lib/budget/exceeds-retention.ts';
import { parseBudgets } from '../lib/budget/parse-budgets.ts';
import type { Problem } from '../lib/budget/problem.ts';
import { unknownRoutes } from '../lib/budget/unknown-routes.ts';
import { readSourceNode } from '../lib/yaml/read-source-node.ts';
import type { PeriodDeclaration } from './period-declaration.ts';

type AmountDeclaration = number | string;

interface PlannedDeclaration {
  /** Of every period that is not named. */
  readonly default: AmountDeclaration;
  readonly [period: string]: AmountDeclaration;
}

interface OverrideDeclaration {
  readonly limit: AmountDeclaration;
}

/** `*` in a member stands for any characters; `batch` is true or false. */
type ScopeDeclaration = string | boolean | readonly (string | boolean)[];

/** A budget in the words of the budgets file; the parser says what each may be. */
export interface BudgetDeclaration {
  /** Unique in the organization. 1 to 64 letters, digits, `_` and `-`. */
  readonly id: string;
  /**
   * Shown to people.
   *
   * @default - the id
   */
  readonly name?: string;
  /**
   * Dollars for cost, whole numbers for everything else. A text is exact where a JavaScript number is not. With
   * `default`, amounts of certain periods by their names, such as `{ default: 5000, '2026-12': 8000 }`.
   */
  readonly limit: AmountDeclaration | PlannedDeclaration;
  /** When it begins anew, in `timezone`. */
  readonly period: PeriodDeclaration;
  /**
   * The IANA name of the zone in which its days begin.
   *
   * @default 'UTC'
   */
  readonly timezone?: string;
  /**
   * Whose spend counts.
   *
   * @default - the whole organization
   */
  readonly scope?: Readonly<Record<string, ScopeDeclaration>>;
  /**
   * `cost`, or a usage kind and one of OpenAI's fields, such as `completions.total_tokens`.
   *
   * @default 'cost'
   */
  readonly measure?: string;
  /**
   * A percentage of the limit as text, or an amount.
   *
   * @default ['80%', '100%']
   */
  readonly thresholds?: readonly (number | string | ThresholdDeclaration)[];
  /**
   * One budget for each member of a dimension.
   *
   * @default - one budget
   */
  readonly each?: 'project' | 'user' | 'api_key' | 'model' | 'line_item';
  /**
   * Members that `each` leaves out.
   *
   * @default - none
   */
  readonly except?: readonly string[];
  /**
   * Members of `each` that have a limit of their own.
   *
   * @default - none
   */
  readonly overrides?: Readonly<Record<string, OverrideDeclaration>>;
  /**
   * On every message about it, for filter policies.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Routes of this deployment on which it is heard.
   *
   * @default ['default']
   */
  readonly notify?: string | readonly string[];
}

/** A threshold that says something differently from its budget. */
export interface ThresholdDeclaration {
  /** A percentage of the limit as text, or an amount. */
  readonly at: number | string;
  /**
   * How bad it is.
   *
   * @default - critical from 100 % of the limit, warning from 80 %, info below
   */
  readonly severity?: 'info' | 'warning' | 'critical';
  /**
   * Routes of this deployment on which it is heard.
   *
   * @default - those of its budget
   */
  readonly notify?: string | readonly string[];
}

export interface DeclaredBudgets {
  /** Canonical texts. */
  readonly specs: readonly string[];
  /** JSON; `null`: only a file says. */
  readonly settings: string | null;
  /** What should be looked at and refuses nothing. */
  readonly warnings: readonly string[];
}

/**
 * CloudFormation hands them to a function by an event of 256 KB at most, the texts before a change beside those after
 * it, each quote escaped.
 */
const MAX_SPEC_BYTES = 90_000;

/**
 * @param routes the deployment's, the default one among them
 * @param retentionDays for how many days the deployment keeps spend
 * @throws Error which names everything that is wrong
 */
export function declaredBudgets(
  declared: string | readonly BudgetDeclaration[],
  routes: readonly string[],
  retentionDays: number,
): DeclaredBudgets {
  const isFile = typeof declared === 'string';
  const place = isFile ? declared : 'budgets';
  // JSON is YAML, and so a number is read from its digits, as in a file.
  const source = readSourceNode(isFile ? textOf(declared) : JSON.stringify({ budgets: declared }));
  if (!source.ok) throw refusal(place, [source.problem]);
  const { budgets, settings, problems: found } = parseBudgets(source.node);
  const problems = isFile ? found : found.map((problem) => ({ ...problem, line: null }));
  if (problems.some(({ severity }) => severity === 'error')) throw refusal(place, problems);
  const unfit = [
    ...unknownRoutes(budgets, routes).map(({ budgetId, route }) => strangeRoute(budgetId, route, routes)),
    ...budgets.flatMap((budget) => exceedsRetention(budget, retentionDays) ?? []),
  ];
  if (unfit.length > 0) throw refusal(place, unfit);
  const specs = budgets.map(specOfBudget);
  const bytes = Buffer.byteLength(JSON.stringify(specs));
  if (bytes > MAX_SPEC_BYTES) {
    throw new Error(
      `${place} holds ${bytes} bytes of budgets, and a deployment passes on ${MAX_SPEC_BYTES} of an organization's. ` +
        'Leave `budgets` away and store them with `budget-alerts apply`, or let `each: project` stand for many.',
    );
  }
  return {
    specs,
    settings: isFile ? JSON.stringify(settings) : null,
    warnings: problems.map((problem) => lineOf(place, problem)),
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The budgets file ${path} cannot be read (${reason}). Its path counts from where the app is run.`,
    );
  }
}

function strangeRoute(budgetId: string, route: string, routes: readonly string[]): Problem {
  const message = `there is no route ${JSON.stringify(route)} in this deployment: it has ${routes.join(', ')}.`;
  return {
    code: 'route-unknown',
    path: `budgets.${budgetId}.notify`,
    line: null,
    message,
    severity: 'error',
  };
}

function refusal(place: string, problems: readonly Problem[]): Error {
  const lines = problems.map((problem) => `  ${lineOf(place, problem)}`);
  return new Error(`These budgets cannot be deployed:\n${lines.join('\n')}`);
}

function lineOf(place: string, { line, path, message }: Problem): string {
  const where = line === null ? place : `${place}:${line}`;
  return path === '' ? `${where}: ${message}` : `${where}: ${path}: ${message}`;
}
