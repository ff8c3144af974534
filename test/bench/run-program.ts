// Runs one of the benchmarks' own programs, named by its path from here, as a process of its own, and reads the JSON that it prints.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a program prints is numbers by name. */
export function runProgram(name: string, ...args: readonly string[]): Promise<Record<string, number>> {
  return runProgramUnder([], name, ...args);
}

/** Under flags of Node's own. */
export async function runProgramUnder(
  nodeFlags: readonly string[],
  name: string,
  ...args: readonly string[]
): Promise<Record<string, number>> {
  const program = join(import.meta.dirname, `${name}.ts`);
  const { stdout } = await run(process.execPath, [...nodeFlags, program, ...args]);
  return JSON.parse(stdout);
}
