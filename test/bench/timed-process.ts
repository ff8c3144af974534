// Starts a program as a process of its own and measures it from outside, from its start to its end.
import { spawn } from 'node:child_process';

export interface TimedProcess {
  readonly wallMs: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @throws Error where it ends with anything but 0; `what` names it there */
export async function timedProcess(
  what: string,
  nodeArguments: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<TimedProcess> {
  const began = performance.now();
  const child = spawn(process.execPath, nodeArguments, { stdio: ['ignore', 'pipe', 'pipe'], env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  const wallMs = performance.now() - began;
  if (code !== 0) throw new Error(`${what} ended with ${code}: ${stderr.slice(0, 2_000)}`);
  return { wallMs, stdout, stderr };
}
