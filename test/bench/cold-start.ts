// The rows of the table that are about cold starts, which nearly all runs are: an idle check beside a handler that does nothing.
import { fork, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { bundleFunction } from '../../infra/bundle-function.ts';
import type { Goal } from './goal.ts';
import { median } from './median.ts';

const PROGRAMS = join(import.meta.dirname, 'programs');
/** As the stack sets them. */
const NODE_OPTIONS = '--enable-source-maps';

interface Served {
  readonly port: number;
  readonly tick: string;
}

interface Start {
  /** From the start of the process to its end. */
  readonly wallMs: number;
  readonly rssMb: number;
}

export async function measureColdStart(rounds: number): Promise<Goal[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-cold-start-'));
  const server = fork(join(PROGRAMS, 'serve-tables.ts'));
  try {
    const served = await new Promise<Served>((resolve, reject) => {
      server.once('message', (said) => resolve(said as Served));
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    const check = await writtenBundle(folder);
    const hello = join(folder, 'hello.mjs');
    await writeFile(hello, 'export const handler = async () => "hello";\n');
    const [ratios, memories]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds * STARTS; round += 1) {
      const nothing = await start(hello, served);
      const ours = await start(check, served);
      ratios.push(ours.wallMs / nothing.wallMs);
      memories.push(ours.rssMb);
    }
    return [
      {
        what: 'cold start, an idle check, against a handler that does nothing',
        atMost: 4.7,
        is: median(ratios),
      },
      { what: 'memory after it, small organization', atMost: 72, unit: 'MB', is: median(memories) },
    ];
  } finally {
    server.disconnect();
    await rm(folder, { recursive: true });
  }
}

/** They are short, and much else may happen in a tenth of a second. */
const STARTS = 5;

async function writtenBundle(folder: string): Promise<string> {
  const target = join(folder, 'check-budgets');
  await mkdir(target);
  for (const { path, contents } of bundleFunction('check-budgets').outputFiles) {
    await writeFile(join(target, basename(path)), contents);
  }
  return join(target, 'index.mjs');
}

async function start(file: string, { port, tick }: Served): Promise<Start> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [join(PROGRAMS, 'invoke-once.js'), file, JSON.stringify({ organization: 'default', tick })],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        NODE_OPTIONS,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'bench',
        AWS_SECRET_ACCESS_KEY: 'bench',
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
        BUDGETS_TABLE_NAME: 'budgets',
        SPEND_TABLE_NAME: 'spend',
        LEDGER_TABLE_NAME: 'ledger',
        ALERTS_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:alerts',
        OPERATIONS_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:operations',
        ROUTE_TOPICS: '{}',
        STACK_NAME: 'bench',
      },
    },
  );
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  const wallMs = performance.now() - began;
  if (code !== 0) throw new Error(`${basename(file)} ended with ${code}: ${said.slice(0, 2_000)}`);
  return { wallMs, rssMb: JSON.parse(said).rssMb };
}
