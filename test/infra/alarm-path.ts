// Walks from each alarm to its topic, the topic's policy and its key, and says where an alarm would be stopped.
import { type IamRequest, listOf, type PolicyDocument, passes } from './iam-policy.ts';
import { ACCOUNT, type Resource } from './synthesized.ts';

const CLOUDWATCH: Omit<IamRequest, 'action' | 'resource'> = {
  service: 'cloudwatch.amazonaws.com',
  context: {
    'aws:SourceAccount': ACCOUNT,
    'aws:SourceArn': `arn:aws:cloudwatch:eu-west-1:${ACCOUNT}:alarm:Any name`,
    'aws:SecureTransport': 'true',
  },
};

/** One sentence for each alarm that nobody would hear. */
export function muteAlarms(resources: readonly Resource[]): string[] {
  return resources
    .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
    .flatMap(({ logicalId, properties }) => {
      const topics = listOf<string>(properties.AlarmActions);
      if (topics.length === 0) return [`${logicalId} has no action`];
      return topics.flatMap((topic) => {
        const obstacle = obstacleAt(resources, topic);
        return obstacle === null ? [] : [`${logicalId}: ${obstacle}`];
      });
    });
}

function obstacleAt(resources: readonly Resource[], topicId: string): string | null {
  const topic = resources.find(({ type, logicalId }) => type === 'AWS::SNS::Topic' && logicalId === topicId);
  if (topic === undefined) return `${topicId} is no topic of this template`;
  const policies = resources.filter(
    ({ type, properties }) => type === 'AWS::SNS::TopicPolicy' && properties.Topics.includes(topicId),
  );
  // Without any, SNS's own lets the account's alarms in.
  for (const { properties } of policies) {
    if (
      !passes(documentOf(properties.PolicyDocument), {
        ...CLOUDWATCH,
        action: 'sns:Publish',
        resource: topicId,
      })
    ) {
      return `the policy of ${topicId} does not let CloudWatch publish`;
    }
  }
  const keyArn: unknown = topic.properties.KmsMasterKeyId;
  if (keyArn === undefined) return null;
  const key = resources.find(
    ({ type, logicalId }) => type === 'AWS::KMS::Key' && `${logicalId}.Arn` === keyArn,
  );
  if (key === undefined) return `the key of ${topicId} is not in this template`;
  const usable = ['kms:Decrypt', 'kms:GenerateDataKey'].every((action) =>
    passes(documentOf(key.properties.KeyPolicy), { ...CLOUDWATCH, action, resource: '*' }),
  );
  return usable ? null : `the key of ${topicId} does not let CloudWatch use it`;
}

function documentOf(policy: unknown): PolicyDocument {
  return policy as PolicyDocument;
}
