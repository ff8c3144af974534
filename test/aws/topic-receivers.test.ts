// Who gets a message: subscribers of a topic on SNS of this machine, and answers that say less.
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { topicReceivers } from '../../lib/aws/topic-receivers.ts';
import { messageOf } from '../fakes/message-of.ts';
import { startLocalSns } from './local-sns.ts';
import { errorBody, startScriptedSns, TOPIC_ARN } from './scripted-sns.ts';

/** Its severity is `warning`. */
const MESSAGE = messageOf({ id: 'a' });

describe('the receivers of a message', () => {
  it('are those whose filters take it', async () => {
    await using sns = await startLocalSns();
    const topicArn = await sns.createTopic('oncall');
    const subscribe = (queue: string, filter?: object) =>
      sns.client.send(
        new SubscribeCommand({
          TopicArn: topicArn,
          Protocol: 'sqs',
          Endpoint: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
          Attributes: filter && { FilterPolicy: JSON.stringify(filter) },
        }),
      );
    await subscribe('all');
    await subscribe('critical', { severity: ['critical'] });
    await subscribe('prefix', { severity: [{ prefix: 'warn' }] });
    const receivers = await topicReceivers(sns.client, topicArn, MESSAGE);
    expect([...(receivers ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'sqs all', verdict: 'takes', filter: '' },
      { name: 'sqs critical', verdict: 'leaves-out', filter: '{"severity":["critical"]}' },
      { name: 'sqs prefix', verdict: 'unknown', filter: '{"severity":[{"prefix":"warn"}]}' },
    ]);
  });

  it('are not known where the caller may not look', async () => {
    await using sns = await startScriptedSns({ status: 403, body: errorBody('AuthorizationError') });
    expect(await topicReceivers(sns.client, TOPIC_ARN, MESSAGE)).toBeNull();
  });

  const listed = (subscriptions: string, token = '') =>
    `<ListSubscriptionsByTopicResponse><ListSubscriptionsByTopicResult><Subscriptions>${subscriptions}</Subscriptions>${token}</ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>`;
  const pending = (protocol: string, endpoint: string) =>
    `<member><Protocol>${protocol}</Protocol><Endpoint>${endpoint}</Endpoint><SubscriptionArn>PendingConfirmation</SubscriptionArn></member>`;

  it('are nobody who has not confirmed; of an https address only the host is told', async () => {
    const body = listed(
      `${pending('email', 'ann@example.com')}${pending('https', 'https://hooks.example.com/secret-path')}`,
    );
    await using sns = await startScriptedSns({ body });
    expect(await topicReceivers(sns.client, TOPIC_ARN, MESSAGE)).toEqual([
      { name: 'email ann@example.com', verdict: 'not-confirmed', filter: '' },
      { name: 'https hooks.example.com', verdict: 'not-confirmed', filter: '' },
    ]);
  });

  it('are not looked at one by one where there are very many', async () => {
    await using sns = await startScriptedSns({ body: listed('', '<NextToken>more</NextToken>') });
    expect(await topicReceivers(sns.client, TOPIC_ARN, MESSAGE)).toBeNull();
    sns.answer = { body: listed(pending('email', 'a@example.com').repeat(51)) };
    expect(await topicReceivers(sns.client, TOPIC_ARN, MESSAGE)).toBeNull();
    expect(sns.requests).toHaveLength(2);
  });
});
