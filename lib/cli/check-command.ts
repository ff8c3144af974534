// `budget-alerts check`: one whole run on this machine, for people or (`--json`) for programs.
import { resolve } from 'node:path';
import type { Problem } from '../budget/problem.ts';
import { BudgetAlertsError } from '../errors.ts';
import { openLocalState } from '../local/local-state.ts';
import { OUTBOX_FILE } from '../local/outbox-notifier.ts';
import { type Instant, SECOND_MS } from '../time/instant.ts';
import { type CheckDocument, checkDocument } from './check-document.ts';
import { checkLocally, LOCAL_ORGANIZATION } from './check-locally.ts';
import { openAiFromEnvironment } from './openai-from-environment.ts';
import { checkText } from './print-check.ts';
import { hasErrors } from './print-problems.ts';
import { type BudgetsFile, readBudgetsFile } from './read-budgets-file.ts';
import type { Terminal } from './terminal.ts';

const LOCK_PATIENCE_MS = 30 * SECOND_MS;

export interface CheckOptions {
  readonly budgets: string;
  readonly state: string;
  readonly tick: Instant;
  readonly json: boolean;
  readonly exitCode: boolean;
}

interface Outcome {
  readonly document: CheckDocument;
  readonly names: ReadonlyMap<string, string>;
}

/** 0 fine; 1 could not do it; 2, with `exitCode`, some budget has reached its limit. 1 wins over 2. */
export async function checkCommand(options: CheckOptions, terminal: Terminal): Promise<number> {
  const file = await readBudgetsFile(resolve(terminal.directory, options.budgets));
  const { document, names } = await run(options, file, terminal).catch((error: unknown): Outcome => {
    if (!(error instanceof BudgetAlertsError)) throw error;
    return nothingChecked(options, [...file.problems, problemOfError(error)]);
  });
  terminal.out(
    options.json
      ? JSON.stringify(document, null, 2)
      : checkText(document, names, options.budgets, resolve(terminal.directory, options.state, OUTBOX_FILE)),
  );
  if (hasErrors(document.problems)) return 1;
  return options.exitCode && document.budgets.some(({ atLimit }) => atLimit) ? 2 : 0;
}

async function run(options: CheckOptions, file: BudgetsFile, terminal: Terminal): Promise<Outcome> {
  if (file.budgets === null) return nothingChecked(options, file.problems);
  const { tick } = options;
  const wanted = { budgets: file.budgets, keepUnnamed: hasErrors(file.problems), tick };
  const directory = resolve(terminal.directory, options.state);
  const onWait = (holder: string) => terminal.error(`Waiting for ${holder} to finish with ${directory} …`);

  await using source = openAiFromEnvironment(terminal.environment);
  await using state = await openLocalState(directory, () => tick, LOCK_PATIENCE_MS, onWait);
  const { report, problems } = await checkLocally(wanted, state, source);
  const { names } = await state.names.projectNames(LOCAL_ORGANIZATION);
  return { document: checkDocument(tick, report, [...file.problems, ...problems]), names };
}

function nothingChecked({ tick }: CheckOptions, problems: readonly Problem[]): Outcome {
  return { document: checkDocument(tick, null, problems), names: new Map() };
}

function problemOfError({ code, message }: BudgetAlertsError): Problem {
  return { code, path: '', line: null, message, severity: 'error' };
}
