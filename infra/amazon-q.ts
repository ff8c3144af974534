// Amazon Q Developer in chat applications: a topic of its own, since it reads no messages but its own kind.
import type { SlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription, type LambdaSubscriptionProps } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { createAmazonQFunction } from './functions.ts';

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
  deadLetters: IQueue,
  subscription: LambdaSubscriptionProps = {},
): LambdaFunction {
  const topic = new Topic(scope, 'AmazonQTopic', {
    displayName: 'OpenAI budget alerts for Amazon Q',
    enforceSSL: true,
  });
  const sender = createAmazonQFunction(scope, topic, deadLetters);
  from.addSubscription(new LambdaSubscription(sender, { deadLetterQueue: deadLetters, ...subscription }));
  for (const channel of slackChannels) channel.addNotificationTopic(topic);
  return sender;
}
