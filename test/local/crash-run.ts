// What the program that dies and the test that looks after it have in common: a budgets file, a tick, a source.
import { parseBudgetsText } from '../../lib/cli/read-budgets-file.ts';
import { createUsageSource, type OpenAiUsageSource } from '../../lib/openai/usage-source.ts';
import type { Death } from '../fakes/dying-ports.ts';
import { instantOf } from '../fakes/time-of.ts';

export interface CrashRun {
  readonly directory: string;
  readonly baseUrl: string;
  readonly yaml: string;
  /** The tick. */
  readonly at: string;
  readonly death: Death;
}

export function localRunOf(yaml: string, at: string) {
  const { budgets, settings, problems } = parseBudgetsText(yaml);
  if (budgets === null || problems.length > 0) throw new Error(JSON.stringify(problems));
  return { budgets, settings, keepUnnamed: false, tick: instantOf(at) };
}

export function sourceAt(baseUrl: string): OpenAiUsageSource {
  return createUsageSource({ adminKey: () => Promise.resolve('sk-admin-x'), baseUrl, minIntervalMs: 0 });
}
