// The one queue for whatever was given up: starts that never reached a function, runs that failed twice, unsent posts.
import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/**
 * One for all, as each message says where it comes from, and CloudWatch charges the alarm by the queue. Nothing is ever
 * sent back from here: the next tick has done again what is still worth doing.
 */
export function createDeadLetters(scope: Construct): Queue {
  return new Queue(scope, 'DeadLetterQueue', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
}
