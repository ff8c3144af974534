// Chats with a webhook: what may be said of each in the props, the function that posts, and its subscription to a topic.
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription, type LambdaSubscriptionProps } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import {
  WEBHOOK_CHANNEL_NAMES,
  type WEBHOOK_CHANNELS,
  type WebhookChannelName,
} from '../lib/notify/webhook-channels.ts';
import type { FunctionSettings } from './create-function.ts';
import { createWebhookFunction } from './functions.ts';

export interface WebhookProps {
  /**
   * The secret whose value is the webhook's URL (of Slack: https://hooks.slack.com/services/…), as plain text. It cannot
   * be one that holds an admin key.
   */
  readonly webhookSecret: ISecret;
}

/** A prop for each chat: `slack`. */
export type WebhookChannelProps = { readonly [Channel in keyof typeof WEBHOOK_CHANNELS]?: WebhookProps };

/** By chat; undefined where the props name none. */
export type WebhookPosters = Readonly<Partial<Record<WebhookChannelName, LambdaFunction>>>;

/** Everything on the topic that passes the subscription's filter goes to the one channel that the webhook is for. */
export function connectWebhooks(
  scope: Construct,
  props: WebhookChannelProps,
  topic: ITopic,
  settings: FunctionSettings,
  subscription: LambdaSubscriptionProps = {},
): WebhookPosters {
  const posters: Partial<Record<WebhookChannelName, LambdaFunction>> = {};
  for (const [channel, { webhookSecret }] of webhooksOf(props)) {
    const poster = createWebhookFunction(scope, channel, webhookSecret, settings);
    topic.addSubscription(
      new LambdaSubscription(poster, { deadLetterQueue: settings.undelivered(topic), ...subscription }),
    );
    posters[channel] = poster;
  }
  return posters;
}

export function webhooksOf(props: WebhookChannelProps): [WebhookChannelName, WebhookProps][] {
  return WEBHOOK_CHANNEL_NAMES.flatMap((channel): [WebhookChannelName, WebhookProps][] => {
    const own = props[channel];
    return own === undefined ? [] : [[channel, own]];
  });
}
