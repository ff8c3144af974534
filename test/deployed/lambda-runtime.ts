// A Lambda function as its service runs it: a Runtime API, and a process of its own with the function's real bundle.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { json } from 'node:stream/consumers';
import * as v from 'valibot';
import { programsCoverage } from '../coverage/programs-coverage.ts';
import { type LoopbackAnswer, startLoopbackServer } from './loopback-server.ts';
import { REGION } from './physical-ids.ts';

export interface FunctionDefinition {
  /** Also the access key id of its calls to AWS. */
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** As `index.handler`. */
  readonly handler: string;
  /** A folder that holds the bundle and nothing else. */
  readonly taskRoot: string;
  readonly timeoutS: number;
  readonly memoryMb: number;
  readonly logGroup: string;
  /** The template's own, and of the local world only what the SDKs' own variables can say. */
  readonly environment: Readonly<Record<string, string>>;
  readonly slackPort: number;
}

export interface InvocationError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

export type InvocationResult =
  | { readonly ok: true; readonly requestId: string; readonly payload: unknown }
  | { readonly ok: false; readonly requestId: string; readonly error: InvocationError };

export interface LambdaRuntime {
  /** Synchronously: one attempt. Several wait for each other, as in a single execution environment. */
  invoke(event: unknown): Promise<InvocationResult>;
  /** Lines of standard output and standard error, since the start. */
  readonly log: readonly string[];
  close(): Promise<void>;
}

interface Invocation {
  readonly requestId: string;
  readonly event: unknown;
  readonly settle: (result: InvocationResult) => void;
}

const errorSchema = v.object({
  errorType: v.string(),
  errorMessage: v.string(),
  trace: v.array(v.string()),
});

/** As secret as those that Lambda gives a function, and as easy to tell apart from anything else. */
export const CREDENTIALS = {
  secretAccessKey: 'canaryQ7vT2mXb9LkZ3xW',
  sessionToken: 'canaryB4nC9wHs6VfM8kT',
} as const;

/** Of the one execution environment that each function has. */
export const LOG_STREAM = '2026/11/20/[$LATEST]local';

/** `npm run test:ric` puts AWS's own in its place. */
const CLIENT = process.env.LAMBDA_RUNTIME_CLIENT ?? join(import.meta.dirname, 'runtime-client.mjs');
const PRELOAD = join(import.meta.dirname, 'slack-redirect.mjs');

/** The process starts with the first invocation, and again after one that ended it. */
export async function startLambdaRuntime(definition: FunctionDefinition): Promise<LambdaRuntime> {
  const { timeoutS } = definition;
  const log: string[] = [];
  const pending: Invocation[] = [];
  let current: { readonly invocation: Invocation; readonly timer: NodeJS.Timeout } | null = null;
  /** The process waits for an invocation. */
  let takeNext: ((answer: LoopbackAnswer) => void) | null = null;
  /** `hasReported`: it has asked for an invocation, or said why it cannot. */
  let running: { readonly process: ChildProcess; hasReported: boolean } | null = null;
  let closing = false;

  async function answerTo(request: IncomingMessage): Promise<LoopbackAnswer> {
    const path = (request.url ?? '').replace('/2018-06-01/runtime/', '');
    if (running !== null) running.hasReported = true;
    if (path === 'invocation/next') {
      return await new Promise((resolve) => {
        takeNext = resolve;
        dispatch();
      });
    }
    const document: unknown = await json(request);
    if (path.endsWith('/response')) finish({ ok: true, payload: document });
    else if (path === 'init/error') failFirst(v.parse(errorSchema, document));
    else finish({ ok: false, error: v.parse(errorSchema, document) });
    return { status: 202 };
  }

  function dispatch(): void {
    if (takeNext === null || current !== null) return;
    const invocation = pending.shift();
    if (invocation === undefined) return;
    const deadlineMs = Date.now() + timeoutS * 1_000;
    current = { invocation, timer: setTimeout(timedOut, timeoutS * 1_000) };
    takeNext({
      status: 200,
      headers: {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': invocation.requestId,
        'lambda-runtime-deadline-ms': String(deadlineMs),
        'lambda-runtime-invoked-function-arn': definition.arn,
      },
      body: JSON.stringify(invocation.event),
    });
    takeNext = null;
  }

  type End =
    | { readonly ok: true; readonly payload: unknown }
    | { readonly ok: false; readonly error: InvocationError };

  function finish(end: End): void {
    if (current === null) return;
    clearTimeout(current.timer);
    const { settle, requestId } = current.invocation;
    current = null;
    settle({ ...end, requestId });
  }

  function timedOut(): void {
    finish(failure('Sandbox.Timedout', `Task timed out after ${timeoutS.toFixed(2)} seconds`));
    running?.process.kill('SIGKILL');
  }

  /** The process did not come as far as to ask for an invocation. */
  function failFirst(error: InvocationError): void {
    const invocation = pending.shift();
    invocation?.settle({ ok: false, error, requestId: invocation.requestId });
  }

  function startProcess(): void {
    const started = spawn(process.execPath, ['--import', PRELOAD, CLIENT, definition.handler], {
      cwd: definition.taskRoot,
      env: environmentOf(definition, server.port),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const mine = { process: started, hasReported: false };
    running = mine;
    for (const stream of [started.stdout, started.stderr]) {
      createInterface({ input: stream }).on('line', (line) => log.push(line));
    }
    started.once('exit', (code, signal) => {
      running = null;
      takeNext = null;
      if (closing) return;
      const end = failure('Runtime.ExitError', `The process ended with ${code ?? signal}.`);
      if (current !== null) finish(end);
      else if (!mine.hasReported) failFirst(end.error);
      if (pending.length > 0) startProcess();
    });
  }

  const server = await startLoopbackServer(answerTo);

  return {
    log,
    invoke(event) {
      return new Promise((settle) => {
        pending.push({ requestId: randomUUID(), event, settle });
        if (running === null) startProcess();
        dispatch();
      });
    },
    async close() {
      closing = true;
      if (current !== null) clearTimeout(current.timer);
      if (running !== null) {
        const { process: child } = running;
        const exited = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        await exited;
      }
      await server.close();
    },
  };
}

function failure(
  errorType: string,
  errorMessage: string,
): { readonly ok: false; readonly error: InvocationError } {
  return { ok: false, error: { errorType, errorMessage, trace: [] } };
}

/** Nothing of this process's own environment: what a function reads, somebody must have given it. The counts are Node's. */
function environmentOf(definition: FunctionDefinition, port: number): Record<string, string> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: definition.logicalId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: CREDENTIALS.sessionToken,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: LOG_STREAM,
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
    LAMBDA_TASK_ROOT: definition.taskRoot,
    _HANDLER: definition.handler,
    LOCAL_SLACK_PORT: String(definition.slackPort),
    ...programsCoverage(),
    ...definition.environment,
  };
}
