// An SNS that answers as a test says, or breaks as a test says, and remembers every request that reached it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SNSClient } from '@aws-sdk/client-sns';
import { createSnsClient } from '../../lib/aws/sns-client.ts';

export interface SnsAnswer {
  readonly status?: number;
  readonly body?: string;
  /** `silent` never answers, `reset` closes the connection instead, `trickle` sends a header and then nothing. */
  readonly fault?: 'silent' | 'reset' | 'trickle';
}

/** One answer to everything, or one by the request's `Action`. */
type SnsScript = SnsAnswer | ((action: string | null) => SnsAnswer);

export interface ScriptedSns extends AsyncDisposable {
  readonly client: SNSClient;
  /** The parameters of each request: `Action`, `TopicArn`, ... */
  readonly requests: readonly URLSearchParams[];
  readonly connections: number;
  answer: SnsScript;
}

export const TOPIC_ARN = 'arn:aws:sns:us-east-1:111122223333:alerts';

export const PUBLISHED = inXml('Publish', '<MessageId>5a1b7c1e-0000-4000-8000-000000000000</MessageId>');

export function errorBody(code: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>No.</Message></Error></ErrorResponse>`;
}

export function topicAttributes(attributes: Readonly<Record<string, string>>): string {
  const entries = Object.entries(attributes).map(([key, value]) => {
    return `<entry><key>${key}</key><value>${value}</value></entry>`;
  });
  return inXml('GetTopicAttributes', `<Attributes>${entries.join('')}</Attributes>`);
}

export async function startScriptedSns(answer: SnsScript = { body: PUBLISHED }): Promise<ScriptedSns> {
  const requests: URLSearchParams[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const asked = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    requests.push(asked);
    const script = sns.answer;
    const {
      status = 200,
      body = '',
      fault,
    } = typeof script === 'function' ? script(asked.get('Action')) : script;
    if (fault === 'silent') return;
    if (fault === 'reset') {
      request.socket.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'text/xml' });
    if (fault === 'trickle') response.write('<PublishResponse>');
    else response.end(body);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = createSnsClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const sns: ScriptedSns = {
    client,
    requests,
    get connections() {
      return connections;
    },
    answer,
    async [Symbol.asyncDispose]() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return sns;
}

function inXml(action: string, result: string): string {
  return `<${action}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><${action}Result>${result}</${action}Result></${action}Response>`;
}
