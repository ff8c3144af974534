// The simulated organization's HTTP server, on 127.0.0.1 only: virtual time, a record of requests, faults on order.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Instant } from '../../time/instant.ts';
import type { AdminKey } from './admin-key.ts';
import { answerRequest } from './answer-request.ts';
import type { Answer } from './api-answer.ts';
import { type Fault, faultyAnswer, sendAndDrop } from './fault.ts';
import type { BucketMemory } from './spend-page.ts';
import type { World } from './world.ts';

export interface SimulatedOrganizationOptions {
  readonly world: World;
  /** Virtual time, until `setNow` moves it. */
  readonly now: Instant;
  /** The oldest first. */
  readonly adminKeys: readonly AdminKey[];
  /** 0, the default: any that is free. */
  readonly port?: number;
}

/** Keys are never part of it. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  /** As it was sent, without `?`. */
  readonly query: string;
  /** Virtual time of the request. */
  readonly now: Instant;
  readonly status: number;
}

export interface SimulatedOrganization {
  /** With `/v1`, without a slash at the end. */
  readonly baseUrl: string;
  readonly requests: readonly RequestRecord[];
  setNow(instant: Instant): void;
  /**
   * The next `count` requests meet `fault`, or those of them whose path contains `path`. Of several such orders the
   * oldest comes first.
   */
  failNext(count: number, fault: Fault, path?: string): void;
  /** Answers that are under way are cut off. */
  close(): Promise<void>;
}

interface Order {
  remaining: number;
  readonly fault: Fault;
  readonly path: string;
}

const HOST = '127.0.0.1';

export async function startSimulatedOrganization(
  options: SimulatedOrganizationOptions,
): Promise<SimulatedOrganization> {
  const { world, adminKeys } = options;
  const memory: BucketMemory = new Map();
  const requests: RequestRecord[] = [];
  const orders: Order[] = [];
  const delays = new Set<NodeJS.Timeout>();
  let now = options.now;

  function handle(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const method = request.method ?? 'GET';
    const { path, query } = targetOf(request);
    const parameters = new URLSearchParams(query);
    const authorization = request.headers.authorization;
    const right = answerRequest(world, adminKeys, { method, path, parameters, authorization }, now, memory);
    const fault = takeFault(path);
    const answer = fault === null ? right : faultyAnswer(fault, right);
    const headers = {
      'content-type': answer.contentType,
      'openai-version': '2020-10-01',
      'openai-processing-ms': '7',
      'x-request-id': requestId(requests.length),
      ...(fault?.kind === 'status' ? fault.headers : {}),
    };
    requests.push({ method, path, query, now, status: answer.status });
    if (fault?.kind === 'dropped') sendAndDrop(response, answer, headers);
    else if (fault?.kind === 'slow') sendLater(fault.delayMs, response, answer, headers);
    else send(response, answer, headers);
  }

  function takeFault(path: string): Fault | null {
    const at = orders.findIndex((order) => path.includes(order.path));
    const order = orders[at];
    if (order === undefined) return null;
    order.remaining -= 1;
    if (order.remaining === 0) orders.splice(at, 1);
    return order.fault;
  }

  function requestId(serial: number): string {
    return `req_${createHash('sha256').update(`${world.seed} ${serial}`).digest('hex').slice(0, 32)}`;
  }

  function sendLater(
    delayMs: number,
    response: ServerResponse,
    answer: Answer,
    headers: Record<string, string>,
  ): void {
    const delay = setTimeout(() => {
      delays.delete(delay);
      send(response, answer, headers);
    }, delayMs);
    delays.add(delay);
  }

  const server = createServer(handle);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, HOST, () => resolve());
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  if (port === undefined) throw new Error('The simulated organization listens on no port.');

  return {
    baseUrl: `http://${HOST}:${port}/v1`,
    requests,
    setNow(instant) {
      now = instant;
    },
    failNext(count, fault, path = '') {
      if (count > 0) orders.push({ remaining: count, fault, path });
    },
    async close() {
      for (const delay of delays) clearTimeout(delay);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function send(response: ServerResponse, answer: Answer, headers: Record<string, string>): void {
  response.writeHead(answer.status, { ...headers, 'content-length': Buffer.byteLength(answer.body) });
  response.end(answer.body);
}

function targetOf({ url = '' }: IncomingMessage): { readonly path: string; readonly query: string } {
  const at = url.indexOf('?');
  return at < 0 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at + 1) };
}
