// An AWS endpoint that answers as a test says, and remembers what it was asked; the SDK finds it by its own variables.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AwsCall {
  /** `DynamoDB_20120810.Query`, `secretsmanager.GetSecretValue`, or the `Action` of a query-protocol body. */
  readonly action: string;
  readonly body: string;
}

export interface ScriptedAws extends AsyncDisposable {
  readonly calls: readonly AwsCall[];
  answer: (call: AwsCall) => { readonly status?: number; readonly body: string };
}

const VARIABLES = [
  'AWS_ENDPOINT_URL',
  'AWS_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_MAX_ATTEMPTS',
];

export async function startScriptedAws(): Promise<ScriptedAws> {
  const calls: AwsCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const target = request.headers['x-amz-target'];
      const action = typeof target === 'string' ? target : (new URLSearchParams(body).get('Action') ?? '');
      const call = { action, body };
      calls.push(call);
      const { status = 200, body: answer } = aws.answer(call);
      response.writeHead(status, {
        'content-type': answer.startsWith('<') ? 'text/xml' : 'application/x-amz-json-1.1',
      });
      response.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const before = VARIABLES.map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: '1',
  });
  const aws: ScriptedAws = {
    calls,
    answer: () => ({ status: 400, body: '{}' }),
    async [Symbol.asyncDispose]() {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return aws;
}
