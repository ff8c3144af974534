// A folder with a budgets file and an OpenAI of recorded bodies, as somebody has who works from a laptop.
import { type CapturedTerminal, capturedTerminal } from './captured-terminal.ts';
import { type CheckRunner, checkRunner } from './check-runner.ts';
import { type ReplayedOpenAi, startReplayedOpenAi } from './replayed-openai.ts';

export interface ReplayedFolder extends AsyncDisposable {
  readonly openai: ReplayedOpenAi;
  readonly runner: CheckRunner;
  readonly terminal: CapturedTerminal;
  /** Of the checks; what it loses or gets later counts. */
  readonly environment: NodeJS.ProcessEnv;
}

export async function startReplayedFolder(
  budgets: string,
  projects: readonly { readonly id: string; readonly name: string }[],
  makeTerminal: (directory: string, environment: NodeJS.ProcessEnv) => CapturedTerminal = (directory) =>
    capturedTerminal(directory),
): Promise<ReplayedFolder> {
  const openai = await startReplayedOpenAi();
  const list = { object: 'list', data: projects, last_id: projects.at(-1)?.id ?? null, has_more: false };
  openai.replay('projects', () => ({ body: list }));
  const environment = { OPENAI_ADMIN_KEY: 'sk-admin-x', OPENAI_BASE_URL: openai.baseUrl };
  const runner = checkRunner(environment);
  runner.writeBudgets(budgets);
  return {
    openai,
    runner,
    terminal: makeTerminal(runner.directory, environment),
    environment,
    async [Symbol.asyncDispose]() {
      runner[Symbol.dispose]();
      await openai[Symbol.asyncDispose]();
    },
  };
}
