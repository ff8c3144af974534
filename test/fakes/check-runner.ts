// Runs `budget-alerts check --json` in this process, as a user would call it, in a folder of its own.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheckOptions, checkCommand } from '../../lib/cli/check-command.ts';
import type { CheckDocument } from '../../lib/cli/check-document.ts';
import { instantOf } from './time-of.ts';

export interface CheckRunner extends Disposable {
  readonly directory: string;
  writeBudgets(yaml: string): void;
  run(
    at: string,
    more?: Partial<CheckOptions>,
  ): Promise<{ exitCode: number; document: CheckDocument; stderr: string }>;
  /** One parsed line per message. */
  outbox(): Record<string, unknown>[];
}

export function checkRunner(environment: NodeJS.ProcessEnv): CheckRunner {
  const directory = mkdtempSync(join(tmpdir(), 'budget-alerts-check-'));
  return {
    directory,
    writeBudgets: (yaml) => writeFileSync(join(directory, 'budgets.yaml'), yaml),
    async run(at, more = {}) {
      const out: string[] = [];
      const errors: string[] = [];
      const options = {
        budgets: 'budgets.yaml',
        state: 'state',
        stack: null,
        organization: null,
        topicArn: null,
        tick: instantOf(at),
        json: true,
        exitCode: false,
        ...more,
      };
      const exitCode = await checkCommand(options, {
        directory,
        environment,
        out: (text) => out.push(text),
        error: (text) => errors.push(text),
      });
      return { exitCode, document: JSON.parse(out.join('\n')), stderr: errors.join('\n') };
    },
    outbox: () => linesOf(join(directory, 'state', 'outbox.jsonl')),
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function linesOf(path: string): Record<string, unknown>[] {
  try {
    const lines = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}
