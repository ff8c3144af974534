// A terminal that keeps what a command prints, so that a test can read it.
import type { Terminal } from '../../lib/cli/terminal.ts';

export interface CapturedTerminal extends Terminal {
  /** What was printed since it was last asked for. */
  printed(): string;
  complained(): string;
}

export function capturedTerminal(
  directory: string,
  environment: NodeJS.ProcessEnv = { USER: 'anna' },
): CapturedTerminal {
  const out: string[] = [];
  const errors: string[] = [];
  return {
    directory,
    environment,
    out: (text) => void out.push(text),
    error: (text) => void errors.push(text),
    printed: () => out.splice(0).join('\n'),
    complained: () => errors.splice(0).join('\n'),
  };
}
