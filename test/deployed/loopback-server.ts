// A server that only this machine can reach, on any free port, with answers that are known whole.
import { createServer, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';

export interface LoopbackAnswer {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Uint8Array | string;
}

export interface LoopbackServer {
  readonly port: number;
  /** Requests that have no answer yet are cut off. */
  close(): Promise<void>;
}

/** `lost`: the connection ends without a word. An error while answering is the answer, with status 500. */
export async function startLoopbackServer(
  answerTo: (request: IncomingMessage) => Promise<LoopbackAnswer | 'lost'>,
): Promise<LoopbackServer> {
  const server = createServer(async (request, response) => {
    const answer = await answerTo(request).catch(
      (error: unknown): LoopbackAnswer => ({ status: 500, body: String(error) }),
    );
    if (answer === 'lost') response.destroy();
    else response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port');
  return {
    port: address.port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
