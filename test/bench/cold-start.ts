// The rows of the table that are about cold starts, which nearly all runs are: an idle check beside a handler that does nothing.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { writeBundle } from '../../infra/write-bundle.ts';
import { forkServer } from './fork-server.ts';
import type { Goal } from './goal.ts';
import { median } from './median.ts';
import { profileUnder, type Share } from './profile-of.ts';
import { timedProcess } from './timed-process.ts';

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
  /** Before the bundle is loaded, behind that, and after the invocation. */
  readonly startedMb: number;
  readonly loadedMb: number;
  readonly rssMb: number;
  /** Of V8's heap, after the invocation. */
  readonly heapUsedMb: number;
}

type Begin = (which: 'check' | 'nothing', options?: string) => Promise<Start>;

export async function measureColdStart(rounds: number): Promise<Goal[]> {
  return await besideTables(async (begin) => {
    const [ratios, memories]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds * STARTS; round += 1) {
      const nothing = await begin('nothing');
      const ours = await begin('check');
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
  });
}

/** Where the time of a cold start goes. */
export async function profileOfAStart(): Promise<Share[]> {
  return await besideTables((begin) =>
    profileUnder(async (flags) => {
      await begin('check', [NODE_OPTIONS, ...flags].join(' '));
      return {};
    }),
  );
}

/** Of what the memory after an idle check consists, and what flags would change of it. */
export async function memoryOfAStart(): Promise<[string, string][]> {
  return await besideTables(async (begin) => {
    const medianOf = async (of: keyof Start, options?: string): Promise<string> => {
      const starts: Start[] = [];
      for (let round = 0; round < STARTS; round += 1) starts.push(await begin('check', options));
      return `${median(starts.map((start) => start[of])).toFixed(1)} MB`;
    };
    return [
      ['Node, before the bundle is loaded', await medianOf('startedMb')],
      ['the bundle loaded', await medianOf('loadedMb')],
      ['checked', await medianOf('rssMb')],
      ['… of it objects on the heap, Node’s own among them', await medianOf('heapUsedMb')],
      ['checked, without source maps', await medianOf('rssMb', '')],
      [
        'checked, with a young generation of 1 MB',
        await medianOf('rssMb', `${NODE_OPTIONS} --max-semi-space-size=1`),
      ],
    ];
  });
}

async function besideTables<Result>(measure: (begin: Begin) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-cold-start-'));
  try {
    using server = await forkServer(join(PROGRAMS, 'serve-tables.ts'), (said) => said as Served);
    const check = join(folder, 'check-budgets');
    await mkdir(check);
    writeBundle('check-budgets', check);
    const files = { check: join(check, 'index.mjs'), nothing: join(folder, 'hello.mjs') };
    await writeFile(files.nothing, 'export const handler = async () => "hello";\n');
    return await measure((which, options = NODE_OPTIONS) => start(files[which], server.said, options));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** They are short, and much else may happen in a tenth of a second. */
const STARTS = 5;

async function start(file: string, { port, tick }: Served, nodeOptions: string): Promise<Start> {
  const program = join(PROGRAMS, 'invoke-once.js');
  const event = JSON.stringify({ organization: 'default', tick });
  const { wallMs, stderr } = await timedProcess(basename(file), [program, file, event], {
    NODE_OPTIONS: nodeOptions,
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
  });
  return { wallMs, ...JSON.parse(stderr) };
}
