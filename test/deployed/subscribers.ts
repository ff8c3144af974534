// Hands what SNS delivers to its Lambda and e-mail subscribers, to each in the envelope that it knows.
import type { Notification, Subscription } from './local-messaging.ts';
import { variantsOf } from './publish-rules.ts';

export interface Email {
  readonly topicArn: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** A message that was published by protocol arrives in the protocol's own variant, else in the default one. */
function messageFor(protocol: Subscription['protocol'], message: string): string {
  const variants = variantsOf(message);
  const variant = variants?.[protocol] ?? variants?.default;
  return typeof variant === 'string' ? variant : message;
}

export function emailOf(subscription: Subscription, { TopicArn, Subject, Message }: Notification): Email {
  return {
    topicArn: TopicArn,
    to: subscription.endpoint,
    subject: Subject ?? 'AWS Notification Message',
    text: messageFor('email', Message),
  };
}

export function lambdaEventOf(subscription: Subscription, notification: Notification): object {
  const { MessageId, TopicArn, Subject, Message, Timestamp, MessageAttributes } = notification;
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription.arn,
        Sns: {
          Type: 'Notification',
          MessageId,
          TopicArn,
          Subject: Subject ?? null,
          Message: messageFor('lambda', Message),
          Timestamp,
          SignatureVersion: '1',
          MessageAttributes,
        },
      },
    ],
  };
}
