// Lambda: subscribed to the alerts topic, publishes each message to the topic that Amazon Q Developer listens to.
import { readEnvironment } from '../lib/aws/function-environment.ts';
import { createSnsClient } from '../lib/aws/sns-client.ts';
import { topicRegion } from '../lib/aws/topic-region.ts';
import { createAmazonQPublisher } from './amazon-q-publisher.ts';

const topicArn = readEnvironment(['AMAZON_Q_TOPIC_ARN']).AMAZON_Q_TOPIC_ARN;

export const handler = createAmazonQPublisher({ topicArn, client: createSnsClient(topicRegion(topicArn)) });
