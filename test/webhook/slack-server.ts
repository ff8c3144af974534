// Slack's webhooks on this machine: requests for https://hooks.slack.com reach it, answers are a test's.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { SLACK } from '../../lib/webhook/slack.ts';
import { parseWebhookUrl } from '../../lib/webhook/webhook-url.ts';

export interface SlackAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
  /** `silent` never answers, `reset` closes the connection instead, `cut` amid the body; `endless` never stops answering. */
  readonly fault?: 'silent' | 'reset' | 'cut' | 'endless';
}

interface Post {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface SlackServer extends AsyncDisposable {
  /** Leads to this server, whatever host is asked for. TLS is left out; everything else is as in earnest. */
  readonly dispatcher: Dispatcher;
  readonly posts: readonly Post[];
  /** The bytes of an endless answer that were taken. */
  readonly bytesTaken: number;
}

export const WEBHOOK = parseWebhookUrl('https://hooks.slack.com/services/T000/B000/secretXXXX', SLACK);
export const OK: SlackAnswer = { body: 'ok' };

/** One answer for each post; the last one for all that follow. */
export async function startSlack(...answers: readonly SlackAnswer[]): Promise<SlackServer> {
  const posts: Post[] = [];
  let bytesTaken = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    const body = Buffer.concat(chunks).toString('utf8');
    const position = posts.push({ method, host: headers.host ?? '', path: url, headers, body }) - 1;
    const answer = answers[position] ?? answers.at(-1) ?? OK;
    if (answer.fault === 'silent') return;
    if (answer.fault === 'reset') {
      request.socket.destroy();
      return;
    }
    if (answer.fault === 'cut') {
      response.writeHead(answer.status ?? 200, { 'content-length': 1_000 });
      response.write(answer.body ?? 'ok', () => request.socket.destroy());
      return;
    }
    response.writeHead(answer.status ?? 200, answer.headers);
    if (answer.fault !== 'endless') {
      response.end(answer.body ?? '');
      return;
    }
    const more = () => {
      if (response.destroyed) return;
      response.write('x'.repeat(8_192), () => {
        bytesTaken += 8_192;
        setImmediate(more);
      });
    };
    more();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const dispatcher = new Agent({
    connect: (_, callback) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => callback(null, socket));
      socket.once('error', (error) => callback(error, null));
    },
  });
  return {
    dispatcher,
    posts,
    get bytesTaken() {
      return bytesTaken;
    },
    async [Symbol.asyncDispose]() {
      await dispatcher.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
