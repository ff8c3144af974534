// A topic with a queue as its subscriber, on SNS and SQS of this machine.
import type { AddressInfo } from 'node:net';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  type SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { buildApp } from 'fauxqs';
import * as v from 'valibot';
import { createSnsClient } from '../../lib/aws/sns-client.ts';

export interface LocalSns extends AsyncDisposable {
  readonly client: SNSClient;
  /** Of the topic that the queue hears. */
  readonly topicArn: string;
  createTopic(name: string): Promise<string>;
  subscribe(topicArn: string): Promise<void>;
  deleteTopic(): Promise<void>;
  /** What SNS handed to the queue, oldest first. */
  envelopes(): Promise<readonly Envelope[]>;
}

const QUEUE = 'subscriber';

const envelope = v.object({
  Subject: v.optional(v.string()),
  Message: v.string(),
  MessageAttributes: v.optional(v.record(v.string(), v.object({ Type: v.string(), Value: v.string() })), {}),
});
const inspected = v.object({
  messages: v.object({ ready: v.array(v.object({ body: v.pipe(v.string(), v.parseJson(), envelope) })) }),
});

type Envelope = v.InferOutput<typeof envelope>;

export async function startLocalSns(): Promise<LocalSns> {
  const app = buildApp({ logger: false, defaultRegion: 'us-east-1' });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const endpoint = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const client = createSnsClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });

  const createTopic = async (name: string) => {
    const { TopicArn } = await client.send(new CreateTopicCommand({ Name: name }));
    if (TopicArn === undefined) throw new Error(`the topic ${name} was not made`);
    return TopicArn;
  };
  const subscribe = async (arn: string) => {
    const queueArn = `arn:aws:sqs:us-east-1:000000000000:${QUEUE}`;
    await client.send(new SubscribeCommand({ TopicArn: arn, Protocol: 'sqs', Endpoint: queueArn }));
  };

  await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.CreateQueue' },
    body: JSON.stringify({ QueueName: QUEUE }),
  });
  const topicArn = await createTopic('alerts');
  await subscribe(topicArn);
  return {
    client,
    topicArn,
    createTopic,
    subscribe,
    async deleteTopic() {
      await client.send(new DeleteTopicCommand({ TopicArn: topicArn }));
    },
    async envelopes() {
      const answer = await fetch(`${endpoint}/_fauxqs/queues/${QUEUE}`);
      return v.parse(inspected, await answer.json()).messages.ready.map(({ body }) => body);
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      await app.close();
    },
  };
}
