// `budget-alerts check`: one whole run on this machine, or a check of a deployed system, for people or for programs.

import { resolve } from 'node:path';
import { hasError } from '../budget/budget-problem.ts';
import type { Problem } from '../budget/problem.ts';
import { DEFAULT_ROUTE } from '../budget/route.ts';
import { BudgetAlertsError } from '../errors.ts';
import { check } from '../run/check.ts';
import { NAMED_DIMENSIONS, readNames } from '../run/read-names.ts';
import { type Instant, MINUTE_MS, plusMs } from '../time/instant.ts';
import { type CheckDocument, checkDocument } from './check-document.ts';
import { checkLocally } from './check-locally.ts';
import { openTarget } from './open-target.ts';
import { openAiFromEnvironment } from './openai-from-environment.ts';
import { checkText } from './print-check.ts';
import { readBudgetsFile } from './read-budgets-file.ts';
import type { TargetOptions } from './target-options.ts';
import type { Terminal } from './terminal.ts';

/** Leases last a minute beyond this. */
const CHECK_WITHIN_MS = MINUTE_MS;

export interface CheckOptions extends TargetOptions {
  readonly budgets: string;
  readonly tick: Instant;
  readonly json: boolean;
  readonly exitCode: boolean;
}

interface Outcome {
  readonly document: CheckDocument;
  readonly names: ReadonlyMap<string, string>;
  readonly channel: string;
}

/** 0 fine; 1 could not do it; 2, with `exitCode`, some budget has reached its limit. 1 wins over 2. */
export async function checkCommand(options: CheckOptions, terminal: Terminal): Promise<number> {
  const run = options.stack === null ? checkFile : checkStack;
  const { document, names, channel } = await run(options, terminal);
  terminal.out(
    options.json ? JSON.stringify(document, null, 2) : checkText(document, names, options.budgets, channel),
  );
  if (hasError(document.problems)) return 1;
  return options.exitCode && document.budgets.some(({ atLimit }) => atLimit) ? 2 : 0;
}

/** The file's budgets are applied to the state folder, what they need is collected, then checked. */
async function checkFile(options: CheckOptions, terminal: Terminal): Promise<Outcome> {
  const { tick } = options;
  const file = await readBudgetsFile(resolve(terminal.directory, options.budgets));
  if (file.budgets === null) return nothingChecked(tick, file.problems);
  const wanted = {
    budgets: file.budgets,
    settings: file.settings,
    keepUnnamed: hasError(file.problems),
    tick,
  };
  try {
    await using source = openAiFromEnvironment(terminal.environment);
    await using target = await openTarget(options, tick, terminal);
    const { report, problems } = await checkLocally(wanted, target, source);
    const document = checkDocument(tick, report, [...file.problems, ...problems]);
    const names = await readNames(target.organization, NAMED_DIMENSIONS, target.state.names);
    return { document, names, channel: target.channelOf(DEFAULT_ROUTE) };
  } catch (error) {
    return nothingChecked(tick, [...file.problems, problemOfError(error)]);
  }
}

/** What was collected and declared in the deployment is checked as its own function would, now. */
async function checkStack(options: CheckOptions, terminal: Terminal): Promise<Outcome> {
  const { tick } = options;
  try {
    await using target = await openTarget(options, tick, terminal);
    const { organization, state, alone } = target;
    const deadline = plusMs(state.clock.now(), CHECK_WITHIN_MS);
    const report = await check({ organization, tick, deadline, alone }, state);
    const names = await readNames(organization, NAMED_DIMENSIONS, state.names);
    return { document: checkDocument(tick, report, []), names, channel: target.channelOf(DEFAULT_ROUTE) };
  } catch (error) {
    return nothingChecked(tick, [problemOfError(error)]);
  }
}

function nothingChecked(tick: Instant, problems: readonly Problem[]): Outcome {
  return { document: checkDocument(tick, null, problems), names: new Map(), channel: '' };
}

function problemOfError(error: unknown): Problem {
  if (!(error instanceof BudgetAlertsError)) throw error;
  return { code: error.code, path: '', line: null, message: error.message, severity: 'error' };
}
