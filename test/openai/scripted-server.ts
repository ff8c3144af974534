// A loopback HTTP server that gives the answers of a script, one for each request, and remembers what was asked.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface ScriptedAnswer {
  /** 200 if absent. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: string | Uint8Array | object;
  /** `cut` closes the connection in the middle of the body, `silent` never answers, `reset` closes at once. */
  readonly fault?: 'cut' | 'silent' | 'reset';
}

export interface SeenRequest {
  readonly url: URL;
  /** As it came over the wire. */
  readonly rawUrl: string;
  readonly headers: IncomingHttpHeaders;
}

export type Script = readonly ScriptedAnswer[] | ((request: SeenRequest, index: number) => ScriptedAnswer);

export interface ScriptedServer extends AsyncDisposable {
  readonly baseUrl: string;
  readonly requests: readonly SeenRequest[];
}

export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const rawUrl = request.url ?? '';
    const seen = { url: new URL(rawUrl, 'http://127.0.0.1'), rawUrl, headers: request.headers };
    const index = requests.push(seen) - 1;
    const answer = typeof script === 'function' ? script(seen, index) : script[index];
    send(response, answer ?? { status: 418, body: 'the script has ended' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A recorded or official body, by its file name. */
export function fixture(name: string): string {
  return readFileSync(join(import.meta.dirname, '..', 'fixtures', 'openai', name), 'utf8');
}

function send(response: ServerResponse, answer: ScriptedAnswer): void {
  if (answer.fault === 'silent') return;
  if (answer.fault === 'reset') {
    response.destroy();
    return;
  }
  const body = bytesOf(answer.body ?? '');
  response.writeHead(answer.status ?? 200, {
    'content-type': 'application/json',
    'content-length': body.length,
    ...answer.headers,
  });
  if (answer.fault === 'cut') {
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
    return;
  }
  response.end(body);
}

function bytesOf(body: string | Uint8Array | object): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
