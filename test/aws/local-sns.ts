// A topic with a queue as its subscriber, on SNS and SQS of this machine.
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { createSnsClient, type SnsClientOptions } from '../../lib/aws/sns-client.ts';

export interface LocalSns extends AsyncDisposable {
  readonly server: FauxqsServer;
  readonly topicArn: string;
  readonly client: ReturnType<typeof createSnsClient>;
  /** What SNS handed to the queue: its envelopes, oldest first. */
  envelopes(): readonly Envelope[];
}

export interface Envelope {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
}

export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

export async function startLocalSns(options: SnsClientOptions = {}): Promise<LocalSns> {
  const server = await startFauxqs({ port: 0, logger: false, host: '127.0.0.1' });
  const { topicArn } = server.createTopic('alerts');
  const { queueName } = server.createQueue('subscriber');
  server.subscribe({ topic: 'alerts', queue: queueName });
  const client = createSnsClient({
    endpoint: `http://127.0.0.1:${server.port}`,
    region: 'us-east-1',
    credentials: CREDENTIALS,
    ...options,
  });
  let stopped = false;
  return {
    server,
    topicArn,
    client,
    envelopes: () =>
      (server.inspectQueue(queueName)?.messages.ready ?? []).map(({ body }) => JSON.parse(body)),
    async [Symbol.asyncDispose]() {
      client.destroy();
      if (!stopped) await server.stop();
      stopped = true;
    },
  };
}
