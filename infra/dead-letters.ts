// The one queue for whatever was given up: starts that never reached a function, runs that failed for good, unsent posts.
import { Duration, Lazy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Lets SNS put into the queue what it cannot hand to subscribers of a topic, and gives the queue for their subscriptions. */
export type Undelivered = (topic: ITopic) => IQueue;

/**
 * One for all, as each message says where it comes from, and CloudWatch charges the alarm by the queue. Nothing is ever
 * sent back from here: the next tick has done again what is still worth doing.
 */
export function createDeadLetters(scope: Construct, encryptionKey: IKey | undefined): Queue {
  const queue = new Queue(scope, 'DeadLetterQueue', {
    ...(encryptionKey === undefined
      ? { encryption: QueueEncryption.SQS_MANAGED }
      : { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey }),
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  const reason = 'It is itself where dead letters go, and nothing reads from it that could fail.';
  Validations.of(queue).acknowledge(
    { id: 'AwsSolutions-SQS3', reason },
    { id: 'Serverless-SQSRedrivePolicy', reason },
  );
  return queue;
}

/**
 * CDK adds a statement to the policy of a subscription's queue for each subscription, and SQS takes no more than 20.
 * Of a queue that it only knows by its ARN it leaves the policy alone, so that one statement can be for all topics.
 */
export function undeliveredInto(queue: Queue): Undelivered {
  const topics = new Set<ITopic>();
  const reference = Queue.fromQueueArn(queue, 'Undelivered', queue.queueArn);
  return (topic) => {
    if (topics.size === 0) {
      queue.addToResourcePolicy(
        new PolicyStatement({
          sid: 'LetTopicsHandOverWhatIsUndelivered',
          principals: [new ServicePrincipal('sns.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn],
          conditions: {
            ArnEquals: {
              'aws:SourceArn': Lazy.list({ produce: () => [...topics].map(({ topicArn }) => topicArn) }),
            },
          },
        }),
      );
    }
    topics.add(topic);
    return reference;
  };
}
