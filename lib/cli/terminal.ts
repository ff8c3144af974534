// What a command knows of the world it was called in, so that it can be called from a test just as well.

export interface Terminal {
  /** The caller's folder: `npm run` changes into the package's, and keeps the caller's in INIT_CWD. */
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  out(text: string): void;
  error(text: string): void;
}

export function processTerminal(): Terminal {
  return {
    directory: process.env.INIT_CWD ?? process.cwd(),
    environment: process.env,
    out: (text) => process.stdout.write(`${text}\n`),
    error: (text) => process.stderr.write(`${text}\n`),
  };
}
