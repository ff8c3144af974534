// The two topics: alerts for the people who own the spend, operations for those who look after this system.
import { ArnFormat, Stack, Token, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, type EmailSubscriptionProps } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

export interface Topics {
  readonly alerts: ITopic;
  readonly operations: Topic;
}

interface TopicProps {
  /** Taken instead of a new one. */
  readonly alertsTopic: ITopic | undefined;
  readonly encryptionKey: IKey | undefined;
  readonly email: readonly string[];
  readonly operationsEmail: readonly string[];
}

/** Nobody but the check's own role may publish alerts: that topic lets no service in. */
export function createTopics(scope: Construct, props: TopicProps): Topics {
  const { alertsTopic, encryptionKey, email, operationsEmail } = props;
  const alerts = alertsTopic ?? createTopic(scope, 'AlertsTopic', 'OpenAI budget alerts', encryptionKey);
  const operations = createTopic(scope, 'OperationsTopic', 'OpenAI budget alerts operations', encryptionKey);
  letAlarmsPublish(operations);
  subscribeAddresses(alerts, email);
  subscribeAddresses(operations, operationsEmail);
  return { alerts, operations };
}

export function createTopic(scope: Construct, id: string, displayName: string, key: IKey | undefined): Topic {
  return new Topic(scope, id, {
    displayName,
    enforceSSL: true,
    ...(key !== undefined && { masterKey: key }),
  });
}

/**
 * A topic without a policy of its own lets CloudWatch in. `enforceSSL` makes one, of a single Deny, and the alarms are
 * mute, which nobody sees until one should have spoken.
 */
function letAlarmsPublish(topic: Topic): void {
  const { account } = Stack.of(topic);
  const everyAlarm = Stack.of(topic).formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AllowAlarmsToPublish',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': everyAlarm },
      },
    }),
  );
}

/** Whoever is named twice gets one mail. SNS asks each address once whether it wants them. */
export function subscribeAddresses(
  topic: ITopic,
  addresses: readonly string[],
  props: EmailSubscriptionProps = {},
): void {
  for (const address of new Set(addresses)) {
    if (!Token.isUnresolved(address) && !/^[^\s@]+@[^\s@]+$/.test(address)) {
      throw new Error(`Not an e-mail address: ${JSON.stringify(address)}. Write it as name@example.com.`);
    }
    const subscription = topic.addSubscription(new EmailSubscription(address, props));
    Validations.of(subscription).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason:
        'SNS tries an e-mail again for hours by itself, and a mail that bounces later never reaches a queue. The daily ' +
        'heartbeat reports subscribers that are lost.',
    });
  }
}
