// Slack: the function that posts alerts, and its subscription to the alerts topic.
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription, type LambdaSubscriptionProps } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { createSlackFunction, type FunctionSettings } from './functions.ts';

export interface SlackProps {
  /**
   * The secret whose value is the URL of an incoming webhook (https://hooks.slack.com/services/…), as plain text. It
   * cannot be one that holds an admin key.
   */
  readonly webhookSecret: ISecret;
}

/** Every alert goes to the one channel that the webhook is for. */
export function connectSlack(
  scope: Construct,
  { webhookSecret }: SlackProps,
  alertsTopic: ITopic,
  settings: FunctionSettings,
  subscription: LambdaSubscriptionProps = {},
): LambdaFunction {
  const postToSlack = createSlackFunction(scope, webhookSecret, settings);
  const { deadLetters: deadLetterQueue } = settings;
  alertsTopic.addSubscription(new LambdaSubscription(postToSlack, { deadLetterQueue, ...subscription }));
  return postToSlack;
}
