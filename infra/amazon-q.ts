// Amazon Q Developer in chat applications: a topic of its own, since it reads no messages but its own kind.
import type { SlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription, type LambdaSubscriptionProps } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { FunctionSettings } from './create-function.ts';
import { createAmazonQFunction } from './functions.ts';
import { createTopic } from './topics.ts';

export interface AmazonQProps {
  /**
   * Channel configurations that show the messages: Slack's. Those of other chats subscribe to the topic in the console.
   *
   * @default - none yet
   */
  readonly slackChannels?: readonly SlackChannelConfiguration[];
}

export function connectAmazonQ(
  scope: Construct,
  { slackChannels = [] }: AmazonQProps,
  from: ITopic,
  encryptionKey: IKey | undefined,
  settings: FunctionSettings,
  subscription: LambdaSubscriptionProps = {},
): void {
  const topic = createTopic(scope, 'AmazonQTopic', 'OpenAI budget alerts for Amazon Q', encryptionKey);
  const sender = createAmazonQFunction(scope, topic, settings);
  from.addSubscription(
    new LambdaSubscription(sender, { deadLetterQueue: settings.undelivered(from), ...subscription }),
  );
  for (const channel of slackChannels) channel.addNotificationTopic(topic);
}
