// `budget-alerts status`: where everything stands by what is stored; nothing is fetched, sent or changed.
import { hasError } from '../budget/budget-problem.ts';
import { readStatus } from '../run/read-status.ts';
import type { Instant } from '../time/instant.ts';
import { statusText } from './print-status.ts';
import { statusDocument } from './status-document.ts';
import type { TargetOptions } from './target-options.ts';
import type { Terminal } from './terminal.ts';
import { withStoredState } from './with-stored-state.ts';

export interface StatusOptions extends TargetOptions {
  readonly tick: Instant;
  readonly json: boolean;
}

/** 0: shown; 1: it could not be, or some stored budget cannot be read. */
export function statusCommand(options: StatusOptions, terminal: Terminal): Promise<number> {
  const { tick, json } = options;
  return withStoredState(options, terminal, async ({ organization, state }) => {
    const report = await readStatus({ organization, tick }, state);
    terminal.out(json ? JSON.stringify(statusDocument(report), null, 2) : statusText(report, organization));
    return hasError(report.problems) ? 1 : 0;
  });
}
