// Publishing: one request whatever happens, and the truth about what became of it.

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { createPace } from '../../lib/aws/publish-pace.ts';
import { createSnsClient } from '../../lib/aws/sns-client.ts';
import { createSnsNotifier } from '../../lib/aws/sns-notifier.ts';
import { isHeard } from '../../lib/notify/notifier.ts';
import { messageOf } from '../fakes/message-of.ts';
import { startDeafServer } from './deaf-server.ts';
import { startLocalSns } from './local-sns.ts';
import {
  errorBody,
  PUBLISHED,
  type SnsAnswer,
  startScriptedSns,
  TOPIC_ARN,
  topicAttributes,
} from './scripted-sns.ts';

const MESSAGE = messageOf({ labels: { team: 'platform' }, scope: { project: 'proj_a' } });
const notifierOn = (client: ReturnType<typeof createSnsClient>, topicArn = TOPIC_ARN) =>
  createSnsNotifier({ topicArn, client, requestTimeoutMs: 500, pace: async () => {} });

/** A port on this machine that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a message', () => {
  it('arrives with subject, attributes and both texts', async () => {
    await using sns = await startLocalSns();
    const notifier = notifierOn(sns.client, sns.topicArn);
    expect(await notifier.deliver(MESSAGE)).toEqual({ outcome: 'accepted' });
    const [envelope, ...others] = await sns.envelopes();
    expect(others).toEqual([]);
    expect(envelope?.Subject).toBe('OpenAI warning: org-monthly is at 85 % of its $100 November budget');
    expect(envelope?.MessageAttributes).toEqual({
      kind: { Type: 'String', Value: 'alert' },
      severity: { Type: 'String', Value: 'warning' },
      organization: { Type: 'String', Value: 'default' },
      budgetId: { Type: 'String', Value: 'org-monthly' },
      projectId: { Type: 'String', Value: 'proj_a' },
      route: { Type: 'String', Value: 'default' },
      team: { Type: 'String', Value: 'platform' },
    });
    const texts = JSON.parse(envelope?.Message ?? '');
    expect(Object.keys(texts).sort()).toEqual(['default', 'email']);
    expect(texts.email).toBe(MESSAGE.text);
    expect(JSON.parse(texts.default)).toMatchObject({
      schema: 'budget-alerts/alert/v1',
      title: MESSAGE.title,
    });
  });

  it('asks for the text of each protocol', async () => {
    await using sns = await startScriptedSns();
    await notifierOn(sns.client).deliver(MESSAGE);
    const [request] = sns.requests;
    expect(request?.get('Action')).toBe('Publish');
    expect(request?.get('TopicArn')).toBe(TOPIC_ARN);
    expect(request?.get('MessageStructure')).toBe('json');
  });

  it('takes a connection of its own: one from before a freeze may be dead', async () => {
    await using sns = await startScriptedSns();
    const notifier = notifierOn(sns.client);
    await notifier.deliver(MESSAGE);
    await notifier.deliver(MESSAGE);
    expect(sns.connections).toBe(2);
  });
});

describe('the outcome', () => {
  it.each<[string, SnsAnswer, string, RegExp]>([
    ['accepted', { body: PUBLISHED }, 'accepted', /^$/],
    ['throttled', { status: 400, body: errorBody('Throttling') }, 'refused', /400 Throttling/],
    ['throttled otherwise', { status: 429, body: errorBody('ThrottledException') }, 'refused', /429/],
    [
      'not allowed',
      { status: 403, body: errorBody('AuthorizationError') },
      'refused',
      /allow .* sns:Publish/,
    ],
    ['no such topic', { status: 404, body: errorBody('NotFound') }, 'refused', /no such topic/],
    ['too long', { status: 400, body: errorBody('InvalidParameter') }, 'refused', /400 InvalidParameter/],
    ['a proxy', { status: 403, body: '<html>No!</html>' }, 'refused', /403/],
    ['an internal error', { status: 500, body: errorBody('InternalError') }, 'unknown', /500 InternalError/],
    ['unavailable', { status: 503, body: '<html>later</html>' }, 'unknown', /503/],
    ['a lost answer', { fault: 'reset' }, 'unknown', /ECONNRESET/],
    ['no answer', { fault: 'silent' }, 'unknown', /no answer in time/],
    ['half an answer', { fault: 'trickle' }, 'unknown', /no answer in time/],
    ['nothing in the answer', { body: 'not XML at all' }, 'unknown', /lost|200/],
  ])('of %s is told, after exactly one request', async (_, answer, outcome, why) => {
    await using sns = await startScriptedSns(answer);
    const delivery = await notifierOn(sns.client).deliver(MESSAGE);
    expect(delivery.outcome).toBe(outcome);
    if (delivery.outcome !== 'accepted') expect(delivery.why).toMatch(why);
    // A second attempt of anybody's would come within a second.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sns.requests.map((request) => request.get('Action'))).toEqual(['Publish']);
  });

  it('of a lost answer is unknown and one publish, whatever the environment says about attempts', async () => {
    vi.stubEnv('AWS_MAX_ATTEMPTS', '5');
    vi.stubEnv('AWS_RETRY_MODE', 'adaptive');
    try {
      await using sns = await startScriptedSns({ fault: 'reset' });
      expect(await notifierOn(sns.client).deliver(MESSAGE)).toMatchObject({ outcome: 'unknown' });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(sns.requests).toHaveLength(1);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('of a connection that is refused is refused', async () => {
    const client = createSnsClient({
      endpoint: `http://127.0.0.1:${await closedPort()}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    expect(await notifierOn(client).deliver(MESSAGE)).toEqual({
      outcome: 'refused',
      why: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('of a connection that is never made is refused', async () => {
    await using deaf = await startDeafServer();
    const client = createSnsClient({
      endpoint: `http://127.0.0.1:${deaf.port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      connectionTimeoutMs: 300,
    });
    expect(await notifierOn(client).deliver(MESSAGE)).toMatchObject({
      outcome: 'refused',
      why: expect.stringContaining('could not be reached'),
    });
  });

  it('of a host that does not exist is refused', async () => {
    const client = createSnsClient({
      endpoint: 'http://sns.invalid',
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    expect(await notifierOn(client).deliver(MESSAGE)).toMatchObject({ outcome: 'refused' });
  });

  it('of a message that cannot be written is refused without a request', async () => {
    await using sns = await startScriptedSns();
    const broken = { ...MESSAGE, alerts: MESSAGE.alerts.map((alert) => ({ ...alert, spent: 'much' })) };
    expect(await notifierOn(sns.client).deliver(broken)).toMatchObject({ outcome: 'refused' });
    expect(sns.requests).toEqual([]);
  });
});

describe('pace', () => {
  it('is five messages a second, however they come', async () => {
    await using sns = await startScriptedSns();
    let now = 1_000;
    const slept: number[] = [];
    const pace = createPace({
      now: () => now,
      sleep: async (ms) => {
        slept.push(ms);
      },
    });
    const create = () => createSnsNotifier({ topicArn: TOPIC_ARN, client: sns.client, pace });
    const [notifier, another] = [create(), create()];
    await Promise.all([notifier, another, notifier].map((one) => one.deliver(MESSAGE)));
    expect(slept).toEqual([200, 400]);
    now += 550;
    await notifier.deliver(MESSAGE);
    expect(slept).toEqual([200, 400, 50]);
    now += 10_000;
    await notifier.deliver(MESSAGE);
    expect(slept).toEqual([200, 400, 50]);
    expect(sns.requests).toHaveLength(5);
  });

  it('is kept in real time', async () => {
    await using sns = await startScriptedSns();
    const notifier = createSnsNotifier({ topicArn: TOPIC_ARN, client: sns.client });
    const before = performance.now();
    for (let count = 0; count < 6; count += 1) await notifier.deliver(MESSAGE);
    expect(performance.now() - before).toBeGreaterThanOrEqual(995);
  });
});

describe('an audience', () => {
  it.each<[string, SnsAnswer, boolean]>([
    ['nobody', { body: topicAttributes({ SubscriptionsConfirmed: '0', SubscriptionsPending: '3' }) }, false],
    ['one', { body: topicAttributes({ SubscriptionsConfirmed: '1' }) }, true],
    ['a hundred', { body: topicAttributes({ SubscriptionsConfirmed: '100' }) }, true],
    ['an attribute that is not there', { body: topicAttributes({ Owner: '1' }) }, true],
    ['a topic of somebody else', { status: 403, body: errorBody('AuthorizationError') }, true],
    ['a topic that is gone', { status: 404, body: errorBody('NotFound') }, true],
    ['an SNS in trouble', { status: 500, body: errorBody('InternalError') }, true],
    ['a lost answer', { fault: 'reset' }, true],
  ])('of %s is asked for with one request', async (_, answer, expected) => {
    await using sns = await startScriptedSns(answer);
    expect(isHeard(await notifierOn(sns.client).audience())).toBe(expected);
    expect(sns.requests.map((request) => request.get('Action'))).toEqual(['GetTopicAttributes']);
  });

  it('appears with the first subscription', async () => {
    await using sns = await startLocalSns();
    const topicArn = await sns.createTopic('lonely');
    const notifier = notifierOn(sns.client, topicArn);
    expect(isHeard(await notifier.audience())).toBe(false);
    await sns.subscribe(topicArn);
    expect(isHeard(await notifier.audience())).toBe(true);
  });
});
