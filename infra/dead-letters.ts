// The one queue for whatever was given up: starts that never reached a function, runs that failed for good, unsent posts.
import { Duration, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

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
