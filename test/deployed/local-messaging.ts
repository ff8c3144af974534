// The stack's topics, queues and subscriptions in fauxqs, with a queue for each subscriber that it cannot deliver to.
import type { AddressInfo } from 'node:net';
import { buildApp } from 'fauxqs';
import * as v from 'valibot';
import { ACCOUNT_ID, arnOf, REGION } from './physical-ids.ts';
import { type ResolvedStack, resourcesOf } from './resolve-template.ts';

const topicSchema = v.looseObject({ FifoTopic: v.optional(v.never()) });
const queueSchema = v.looseObject({ FifoQueue: v.optional(v.never()) });
const subscriptionSchema = v.strictObject({
  TopicArn: v.string(),
  /** The others need a delivery of their own. */
  Protocol: v.picklist(['email', 'lambda']),
  Endpoint: v.string(),
  FilterPolicy: v.optional(v.unknown()),
  FilterPolicyScope: v.optional(v.string()),
  RawMessageDelivery: v.optional(v.boolean()),
  RedrivePolicy: v.optional(v.object({ deadLetterTargetArn: v.string() })),
});

export interface Subscription {
  readonly logicalId: string;
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: 'email' | 'lambda';
  readonly endpoint: string;
  readonly deadLetterQueueArn: string | null;
}

/** SNS's envelope, as a queue without raw delivery gets it. */
const notificationSchema = v.object({
  Type: v.literal('Notification'),
  MessageId: v.string(),
  TopicArn: v.string(),
  Subject: v.optional(v.string()),
  Message: v.string(),
  Timestamp: v.string(),
  MessageAttributes: v.optional(v.record(v.string(), v.object({ Type: v.string(), Value: v.string() })), {}),
});

export type Notification = v.InferOutput<typeof notificationSchema>;

export interface LocalMessaging {
  readonly endpoint: string;
  readonly subscriptions: readonly Subscription[];
  /** Nothing that was published before this reaches the subscriber. */
  confirm(subscription: Subscription): Promise<void>;
  /** Subscribes somebody who is not in the template. */
  subscribe(topicArn: string): Promise<void>;
  /** What the subscription's filter policy let through since the last call. */
  take(subscription: Subscription): Promise<Notification[]>;
  sendToQueue(queueArn: string, body: string): Promise<void>;
  /** What lies in a queue, which stays there. */
  messagesIn(queueArn: string): Promise<string[]>;
  close(): Promise<void>;
}

const BATCH = 10;
const received = v.object({
  Messages: v.optional(v.array(v.object({ Body: v.string(), ReceiptHandle: v.string() })), []),
});
const inspected = v.object({ messages: v.object({ ready: v.array(v.object({ body: v.string() })) }) });

/** E-mail subscriptions wait to be confirmed; Lambda's are confirmed by themselves. */
export async function startLocalMessaging(stack: ResolvedStack): Promise<LocalMessaging> {
  const app = buildApp({ logger: false, defaultRegion: REGION });
  await app.listen({ port: 0, host: '127.0.0.1' });
  // Fastify types its server as one of several kinds.
  const endpoint = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

  async function query(parameters: Readonly<Record<string, string>>): Promise<void> {
    const response = await fetch(endpoint, { method: 'POST', body: new URLSearchParams(parameters) });
    if (!response.ok) throw new Error(`SNS refused ${JSON.stringify(parameters)}: ${await response.text()}`);
  }

  async function sqs(operation: string, input: object): Promise<unknown> {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(`SQS refused ${operation}: ${await response.text()}`);
    return await response.json();
  }

  const urlOf = (queueArn: string): string => `${endpoint}/${ACCOUNT_ID}/${nameOf(queueArn)}`;
  const topicArns = resourcesOf(stack, ['AWS::SNS::Topic'], topicSchema).map(({ arn }) => arn);
  const queueArns = resourcesOf(stack, ['AWS::SQS::Queue'], queueSchema).map(({ arn }) => arn);
  const declared = resourcesOf(stack, ['AWS::SNS::Subscription'], subscriptionSchema);
  const attributesOf = new Map<string, Readonly<Record<string, string>>>();
  const subscriptions = declared.map(({ logicalId, properties }): Subscription => {
    if (!topicArns.includes(properties.TopicArn)) {
      throw new Error(`${logicalId} subscribes to ${properties.TopicArn}, which is no topic of the stack.`);
    }
    attributesOf.set(logicalId, filterAttributes(properties));
    return {
      logicalId,
      arn: `${properties.TopicArn}:${logicalId}`,
      topicArn: properties.TopicArn,
      protocol: properties.Protocol,
      endpoint: properties.Endpoint,
      deadLetterQueueArn: properties.RedrivePolicy?.deadLetterTargetArn ?? null,
    };
  });

  async function confirm(subscription: Subscription): Promise<void> {
    const attributes = Object.entries(attributesOf.get(subscription.logicalId) ?? {});
    await query({
      Action: 'Subscribe',
      TopicArn: subscription.topicArn,
      Protocol: 'sqs',
      Endpoint: subscriberQueue(subscription),
      ...Object.fromEntries(
        attributes.flatMap(([key, value], index) => [
          [`Attributes.entry.${index + 1}.key`, key],
          [`Attributes.entry.${index + 1}.value`, value],
        ]),
      ),
    });
  }

  for (const arn of topicArns) await query({ Action: 'CreateTopic', Name: nameOf(arn) });
  for (const arn of [...queueArns, ...subscriptions.map(subscriberQueue)]) {
    await sqs('CreateQueue', { QueueName: nameOf(arn) });
  }
  for (const subscription of subscriptions)
    if (subscription.protocol === 'lambda') await confirm(subscription);

  return {
    endpoint,
    subscriptions,
    confirm,
    async subscribe(topicArn) {
      const Endpoint = arnOf('sqs', `listener-${nameOf(topicArn)}`.slice(0, 80));
      await sqs('CreateQueue', { QueueName: nameOf(Endpoint) });
      await query({ Action: 'Subscribe', TopicArn: topicArn, Protocol: 'sqs', Endpoint });
    },
    async take(subscription) {
      const QueueUrl = urlOf(subscriberQueue(subscription));
      const notifications: Notification[] = [];
      for (;;) {
        const answer = await sqs('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: BATCH });
        const { Messages } = v.parse(received, answer);
        if (Messages.length === 0) return notifications;
        for (const { Body, ReceiptHandle } of Messages) {
          notifications.push(v.parse(notificationSchema, JSON.parse(Body)));
          await sqs('DeleteMessage', { QueueUrl, ReceiptHandle });
        }
      }
    },
    async sendToQueue(queueArn, body) {
      await sqs('SendMessage', { QueueUrl: urlOf(queueArn), MessageBody: body });
    },
    async messagesIn(queueArn) {
      const response = await fetch(`${endpoint}/_fauxqs/queues/${nameOf(queueArn)}`);
      return v.parse(inspected, await response.json()).messages.ready.map(({ body }) => body);
    },
    close: () => app.close(),
  };
}

function nameOf(arn: string): string {
  return arn.split(':').at(-1) ?? '';
}

function subscriberQueue({ logicalId }: Subscription): string {
  return arnOf('sqs', `subscriber-${logicalId}`.slice(0, 80));
}

function filterAttributes(properties: v.InferOutput<typeof subscriptionSchema>): Record<string, string> {
  const { FilterPolicy, FilterPolicyScope } = properties;
  return {
    ...(FilterPolicy === undefined ? {} : { FilterPolicy: JSON.stringify(FilterPolicy) }),
    ...(FilterPolicyScope === undefined ? {} : { FilterPolicyScope }),
  };
}
