// From an SNS event to the topic of Amazon Q: one attempt each, the truth about what became of it, and nothing in the log.
import { describe, expect, it } from 'vitest';
import { createAmazonQPublisher } from '../../functions/amazon-q-publisher.ts';
import { topicRegion } from '../../lib/aws/topic-region.ts';
import { amazonQPayload } from '../../lib/notify/amazon-q-payload.ts';
import { startLocalSns } from '../aws/local-sns.ts';
import {
  errorBody,
  PUBLISHED,
  type ScriptedSns,
  type SnsAnswer,
  startScriptedSns,
  TOPIC_ARN,
  topicAttributes,
} from '../aws/scripted-sns.ts';
import { captureLog } from '../fakes/captured-log.ts';
import { receivedMessageOf, receivedText } from '../fakes/received-message-of.ts';

const CONTEXT = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 30_000 };
const MESSAGE = receivedMessageOf();

const publisherOn = ({ client }: Pick<ScriptedSns, 'client'>, topicArn = TOPIC_ARN) =>
  createAmazonQPublisher({ topicArn, client, requestTimeoutMs: 300 });
const eventOf = (...messages: readonly string[]) => ({
  Records: messages.map((Message) => ({ EventSource: 'aws:sns', Sns: { Message } })),
});
const actionsOf = ({ requests }: ScriptedSns) => requests.map((request) => request.get('Action'));

const lines = captureLog();

describe('publish-to-amazon-q', () => {
  it('publishes the message as a custom notification, as it stands, and logs one line about it', async () => {
    await using sns = await startLocalSns();
    await publisherOn(sns, sns.topicArn)(eventOf(receivedText(MESSAGE)), CONTEXT);
    const [envelope, ...others] = await sns.envelopes();
    expect(others).toEqual([]);
    expect(JSON.parse(envelope?.Message ?? '')).toEqual(JSON.parse(JSON.stringify(amazonQPayload(MESSAGE))));
    expect(lines).toEqual([
      {
        function: 'publish-to-amazon-q',
        outcome: 'done',
        awsRequestId: 'request-1',
        durationMs: expect.any(Number),
        records: 1,
        failed: 0,
        errors: [],
      },
    ]);
  });

  it.each<[string, SnsAnswer, string, RegExp]>([
    [
      'may not publish',
      { status: 403, body: errorBody('AuthorizationError') },
      'publish-refused',
      /403 .*allow these/,
    ],
    ['finds no topic', { status: 404, body: errorBody('NotFound') }, 'publish-refused', /no such topic/],
    [
      'finds SNS broken',
      { status: 500, body: errorBody('InternalError') },
      'publish-uncertain',
      /shown twice/,
    ],
    ['loses the answer', { fault: 'reset' }, 'publish-uncertain', /answer was lost/],
    ['gets no answer', { fault: 'silent' }, 'publish-uncertain', /no answer in time/],
  ])('that %s fails after one attempt and says what is known', async (_, answer, code, said) => {
    await using sns = await startScriptedSns(answer);
    const run = publisherOn(sns)(eventOf(receivedText(MESSAGE)), CONTEXT);
    await expect(run).rejects.toMatchObject({ code, message: expect.stringMatching(said) });
    expect(actionsOf(sns)).toEqual(['GetTopicAttributes', 'Publish']);
    expect(lines).toMatchObject([{ outcome: 'failed', records: 1, failed: 1, errors: [code] }]);
  });

  it.each([
    ['no channel listens', { SubscriptionsConfirmed: '0' }],
    ['a channel was asked and has not confirmed', { SubscriptionsConfirmed: '0', SubscriptionsPending: '1' }],
  ])('publishes nothing while %s, and says what to do', async (_, attributes) => {
    await using sns = await startScriptedSns({ body: topicAttributes(attributes) });
    await expect(publisherOn(sns)(eventOf(receivedText(MESSAGE)), CONTEXT)).rejects.toMatchObject({
      code: 'publish-unheard',
      message: expect.stringMatching(
        /nobody listens to arn:aws:sns:us-east-1:111122223333:alerts: connect a channel .*Amazon Q Developer's console.*docs\/deploy\.md.*post again .*dead-letter queue/,
      ),
    });
    expect(actionsOf(sns)).toEqual(['GetTopicAttributes']);
    expect(lines).toMatchObject([{ outcome: 'failed', records: 1, failed: 1, errors: ['publish-unheard'] }]);
  });

  it('publishes as soon as somebody listens', async () => {
    await using sns = await startLocalSns();
    const topicArn = await sns.createTopic('amazon-q');
    const publish = () => publisherOn(sns, topicArn)(eventOf(receivedText(MESSAGE)), CONTEXT);
    await expect(publish()).rejects.toMatchObject({ code: 'publish-unheard' });
    await sns.subscribe(topicArn);
    await publish();
    expect(await sns.envelopes()).toHaveLength(1);
  });

  it.each<[string, SnsAnswer]>([
    ['may not look at its topic', { status: 403, body: errorBody('AuthorizationError') }],
    ['is not told who listens', { body: topicAttributes({ Owner: '1' }) }],
    ['loses the answer about who listens', { fault: 'reset' }],
  ])('that %s publishes all the same', async (_, answer) => {
    await using sns = await startScriptedSns((action) =>
      action === 'Publish' ? { body: PUBLISHED } : answer,
    );
    await publisherOn(sns)(eventOf(receivedText(MESSAGE)), CONTEXT);
    expect(actionsOf(sns)).toEqual(['GetTopicAttributes', 'Publish']);
  });

  it('that has no time left does not begin', async () => {
    await using sns = await startScriptedSns();
    const late = { ...CONTEXT, getRemainingTimeInMillis: () => 1_000 };
    await expect(publisherOn(sns)(eventOf(receivedText(MESSAGE)), late)).rejects.toMatchObject({
      code: 'publish-refused',
    });
    expect(sns.requests).toEqual([]);
  });

  it('publishes the other records when one cannot be read, and fails all the same', async () => {
    await using sns = await startScriptedSns({ body: PUBLISHED });
    const event = eventOf(
      receivedText(MESSAGE),
      '{"schema":"budget-alerts/alert/v2"}',
      receivedText(MESSAGE),
    );
    await expect(publisherOn(sns)(event, CONTEXT)).rejects.toMatchObject({ code: 'event-malformed' });
    expect(actionsOf(sns).filter((action) => action === 'Publish')).toHaveLength(2);
    expect(lines).toMatchObject([{ outcome: 'failed', records: 3, failed: 1, errors: ['event-malformed'] }]);
  });

  it('logs no name, amount or text', async () => {
    await using sns = await startScriptedSns({ status: 500 });
    const run = publisherOn(sns)(eventOf(receivedText(MESSAGE)), CONTEXT);
    const error = await run.catch((thrown: unknown) => thrown);
    const told = `${JSON.stringify(lines)}${error instanceof Error ? error.stack : ''}`;
    expect(told).not.toMatch(/chatbot|\$460|\$500/i);
  });

  it('asks SNS in the region of its topic, wherever the function itself is', () => {
    expect(topicRegion('arn:aws:sns:eu-central-1:111122223333:chat')).toEqual({ region: 'eu-central-1' });
    expect(topicRegion('alerts')).toEqual({});
  });
});
