// Posting: once if Slack takes it, again if waiting may help, never again if only a person can.
import { Agent } from 'undici';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { BudgetAlertsError } from '../../lib/errors.ts';
import { slackPayload } from '../../lib/notify/slack-payload.ts';
import { plusMs } from '../../lib/time/instant.ts';
import { type PostOptions, postToWebhook } from '../../lib/webhook/post-to-webhook.ts';
import { SLACK } from '../../lib/webhook/slack.ts';
import { parseWebhookUrl } from '../../lib/webhook/webhook-url.ts';
import { offeredProtocols } from '../fakes/offered-protocols.ts';
import { receivedMessageOf } from '../fakes/received-message-of.ts';
import { instantOf } from '../fakes/time-of.ts';
import { OK, type SlackAnswer, type SlackServer, startSlack, WEBHOOK } from './slack-server.ts';

const NOW = instantOf('2026-11-20T10:00:00Z');
/** Enough for one attempt. */
const LEAST_TIME_MS = 1_000;
const PAYLOAD = slackPayload(receivedMessageOf({ title: 'T ä 🤖' }));

/** Posts in a time that passes only while it waits; `null` if all went well. */
async function post(
  slack: SlackServer,
  secondsLeft = 25,
  more: Partial<PostOptions> = {},
): Promise<{ readonly slept: readonly number[]; readonly error: BudgetAlertsError | null }> {
  let now = NOW;
  const slept: number[] = [];
  try {
    await postToWebhook(SLACK, WEBHOOK, PAYLOAD, {
      deadline: plusMs(NOW, secondsLeft * 1_000),
      dispatcher: slack.dispatcher,
      now: () => now,
      sleep: async (ms) => {
        slept.push(ms);
        now = plusMs(now, ms);
      },
      random: () => 0,
      ...more,
    });
    return { slept, error: null };
  } catch (error) {
    if (error instanceof BudgetAlertsError) return { slept, error };
    throw error;
  }
}

/** Whatever is under way on this machine has had its time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const retryAfter = (seconds: string): SlackAnswer => ({
  status: 429,
  headers: { 'retry-after': seconds },
  body: 'rate_limited',
});

describe('a post', () => {
  it('is one request with the payload as JSON', async () => {
    await using slack = await startSlack(OK);
    expect(await post(slack)).toEqual({ slept: [], error: null });
    const [request, ...others] = slack.posts;
    expect(others).toEqual([]);
    expect(request).toMatchObject({
      method: 'POST',
      host: 'hooks.slack.com',
      path: '/services/T000/B000/secretXXXX',
      headers: { 'content-type': 'application/json; charset=utf-8', connection: 'close' },
    });
    expect(JSON.parse(request?.body ?? '')).toEqual(PAYLOAD);
  });

  it('that Slack took is done, however long the answer goes on', async () => {
    await using slack = await startSlack({ status: 200, fault: 'endless' });
    expect(await post(slack)).toEqual({ slept: [], error: null });
    expect(slack.posts).toHaveLength(1);
  });

  it.each([
    'ok',
    '',
    '{"ok":true}',
    '{"ok":true,"was":{"ok":false}}',
    'ok: false',
    '<html></html>',
    '{"ok":',
  ])('is done when status 200 comes with %j', async (body) => {
    await using slack = await startSlack({ status: 200, body });
    expect(await post(slack)).toEqual({ slept: [], error: null });
    expect(slack.posts).toHaveLength(1);
  });

  it('offers no HTTP/2, whose session would outlive the request', async () => {
    const channel = { ...SLACK, address: /^https:\/\/localhost:\d+\/$/ };
    const offered = await offeredProtocols((origin) => {
      const deadline = plusMs(NOW, LEAST_TIME_MS);
      const options = { deadline, now: () => NOW, sleep: async () => {} };
      return postToWebhook(channel, parseWebhookUrl(`${origin}/`, channel), PAYLOAD, options);
    });
    expect(offered).toEqual(['http/1.1']);
  });
});

describe('an answer that breaks off', () => {
  it('is that of its status: what was taken is not posted again', async () => {
    await using slack = await startSlack({ status: 200, fault: 'cut' });
    expect(await post(slack)).toEqual({ slept: [], error: null });
    expect(slack.posts).toHaveLength(1);
  });

  it('gives a refusal no word', async () => {
    await using slack = await startSlack({ status: 404, body: 'no_service', fault: 'cut' });
    expect((await post(slack)).error?.message).toContain('(status 404)');
  });
});

describe('a connection that fails', () => {
  it.each([
    [
      'a code, by that',
      Object.assign(new Error('secretXXXX'), { code: 'ECONNREFUSED' }),
      'failed, ECONNREFUSED;',
    ],
    ['no code, without a reason', new Error('secretXXXX'), '(connection failed;'],
    [
      'something else in its place, without a reason',
      Object.assign(new Error('x'), { code: 'secretXXXX and more' }),
      '(connection failed;',
    ],
  ])('is told where it has %s', async (_, failure, says) => {
    await using slack = await startSlack(OK);
    const dispatcher = new Agent({ connect: (_options, callback) => callback(failure, null) });
    const { error } = await post(slack, 25, { dispatcher });
    await dispatcher.destroy();
    expect(error?.code).toBe('webhook-unavailable');
    expect(error?.message).toContain(says);
    expect(error?.message).not.toContain('secretXXXX');
  });
});

describe('a rate limit', () => {
  it.each([
    ['1', 1_000],
    ['20', 20_000],
    ['0', 0],
  ])('of %s s is waited for, and no less', async (seconds, waitMs) => {
    await using slack = await startSlack(retryAfter(seconds), OK);
    expect(await post(slack)).toEqual({ slept: [waitMs], error: null });
    expect(slack.posts).toHaveLength(2);
  });

  it.each([
    ['1', 'five seconds', 1_000 + 4_500],
    ['7', 'as much again', 7_000 + 6_300],
    ['20', 'what is left but for one attempt', 20_000 + 3_600],
  ])(
    'of %s s is followed by a random part of %s, so that not all come back at once',
    async (seconds, _, waitMs) => {
      await using slack = await startSlack(retryAfter(seconds), OK);
      expect(await post(slack, 25, { random: () => 0.9 })).toEqual({ slept: [waitMs], error: null });
    },
  );

  it.each([
    ['24', 24.9],
    ['25', 25],
    ['3600', 25],
    ['999999999', 25],
  ])('of %s s, with %f s left, is for a later run', async (seconds, secondsLeft) => {
    await using slack = await startSlack(retryAfter(seconds), OK);
    const { slept, error } = await post(slack, secondsLeft);
    expect(error?.code).toBe('webhook-unavailable');
    expect(error?.message).toContain(`rate limited for ${seconds} s`);
    expect(slept).toEqual([]);
    expect(slack.posts).toHaveLength(1);
  });

  it.each(['soon', '-1', '1e3', ''])('of %j is nothing to go by: the usual wait', async (text) => {
    await using slack = await startSlack(retryAfter(text), OK);
    expect(await post(slack)).toEqual({ slept: [500], error: null });
  });

  it('of which Slack says nothing more is waited for twice as long each time, up to 8 s', async () => {
    await using slack = await startSlack({ status: 429 });
    const { slept, error } = await post(slack);
    expect(slept).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000]);
    expect(error?.message).toContain('(rate limited; 7 attempts)');
  });

  it('that is given twice is the first', async () => {
    await using slack = await startSlack({ status: 429, headers: { 'retry-after': ['2', '9'] } }, OK);
    expect(await post(slack)).toEqual({ slept: [2_000], error: null });
  });

  it('that does not end is given up at the deadline, as nothing was posted yet', async () => {
    await using slack = await startSlack(retryAfter('3'));
    const { slept, error } = await post(slack);
    expect(slept).toEqual(Array.from({ length: 8 }, () => 3_000));
    expect([error?.code, slack.posts.length]).toEqual(['webhook-unavailable', 9]);
  });

  it('takes nothing from the three attempts that trouble leaves', async () => {
    const limited = retryAfter('1');
    await using slack = await startSlack(limited, { status: 500 }, limited, { status: 500 }, limited, OK);
    expect((await post(slack)).error).toBeNull();
    expect(slack.posts).toHaveLength(6);
  });
});

describe('trouble at Slack', () => {
  it.each<[string, SlackAnswer]>([
    ['500', { status: 500, body: 'rollup_error' }],
    ['503', { status: 503 }],
    ['a lost connection', { fault: 'reset' }],
  ])('%s is tried again after half a second and a second', async (_, trouble) => {
    await using slack = await startSlack(trouble, trouble, OK);
    expect(await post(slack)).toEqual({ slept: [500, 1_000], error: null });
    expect(slack.posts).toHaveLength(3);
  });

  it('waits up to twice as long, at random', async () => {
    await using slack = await startSlack({ status: 500 }, { status: 500 }, OK);
    expect(await post(slack, 25, { random: () => 0.999 })).toMatchObject({ slept: [1_000, 1_999] });
  });

  it('is given up after three attempts', async () => {
    await using slack = await startSlack({ status: 500 });
    const { error } = await post(slack);
    expect(error?.code).toBe('webhook-unavailable');
    expect(error?.message).toContain('status 500; 3 attempts');
    expect(slack.posts).toHaveLength(3);
  });

  it('is given up when no time is left for another attempt', async () => {
    await using slack = await startSlack({ status: 500 });
    expect((await post(slack, 1.4)).error?.message).toContain('1 attempt)');
    expect(slack.posts).toHaveLength(1);
    expect((await post(slack, 0)).error?.code).toBe('webhook-unavailable');
    expect(slack.posts).toHaveLength(1);
  });

  it('silence is cut off at the deadline', async () => {
    await using slack = await startSlack({ fault: 'silent' });
    const { error } = await post(slack, 0.3);
    expect(error?.message).toContain('no answer in 300 ms');
  });

  it('silence is cut off after fifteen seconds, and not before', async () => {
    await using slack = await startSlack({ fault: 'silent' }, OK);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const slept: number[] = [];
    const posted = post(slack, 25, { sleep: async (ms) => slept.push(ms) });
    while (slack.posts.length === 0) await settle();
    await vi.advanceTimersByTimeAsync(14_999);
    await settle();
    expect(slept).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect((await posted).error).toBeNull();
    expect([slept, slack.posts.length]).toEqual([[500], 2]);
  });

  it('no more than 64 KB of an answer is taken', async () => {
    await using slack = await startSlack({ status: 400, fault: 'endless' });
    expect((await post(slack)).error?.code).toBe('webhook-message-refused');
    // What fits into the buffers of both sides was sent, and no more.
    const taken = slack.bytesTaken;
    expect(taken).toBeLessThan(8_000_000);
  });
});

describe('a refusal', () => {
  it.each([
    [400, 'invalid_payload', /status 400, invalid_payload\).*report/],
    [400, 'invalid_blocks', /status 400, invalid_blocks\).*report/],
    [400, '{"ok":false,"error":"invalid_blocks_format"}', /invalid_blocks_format\).*report/],
    [500, 'ok', null],
    [200, 'invalid_blocks', null],
    [200, '{"ok":false,"error":"invalid_blocks"}', /status 200, invalid_blocks\).*report/],
    [413, 'secretXXXX', /\(status 413\).*report/],
    [400, 'msg_blocks_too_long', /msg_blocks_too_long\).*report/],
    [400, 'no_text', /no_text\).*report/],
    [400, 'some_new_word secretXXXX', /\(status 400\).*report/],
  ])('of the message itself, by %i %j, is told from one of the webhook', async (status, body, expected) => {
    await using slack = await startSlack({ status, body }, OK);
    const { error } = await post(slack);
    if (expected === null) expect(error).toBeNull();
    else
      expect(error).toMatchObject({
        code: 'webhook-message-refused',
        message: expect.stringMatching(expected),
      });
  });

  it.each([
    [400, 'user_not_found', /status 400, user_not_found\).*Make a new incoming webhook/],
    [403, 'invalid_token', /status 403, invalid_token\).*Make a new incoming webhook/],
    [403, 'action_prohibited', /action_prohibited\).*Make a new incoming webhook/],
    [404, 'no_service', /status 404, no_service\).*Make a new incoming webhook/],
    [404, 'channel_not_found\n', /channel_not_found\)/],
    [410, 'channel_is_archived', /status 410, channel_is_archived\)/],
    [404, '{"ok":false,"error":"no_service"}', /no_service\)/],
    [200, '{"ok":false,"error":"invalid_token"}', /status 200, invalid_token\).*Make a new incoming webhook/],
    [200, ' { "error": "secretXXXX", "ok" : false }', /\(status 200\).*Make a new incoming webhook/],
    [413, 'no_service', /status 413, no_service\).*Make a new incoming webhook/],
    [302, '', /status 302\).*Make a new incoming webhook/],
    [404, '<html>secretXXXX</html>', /\(status 404\)/],
    [404, 'no_service secretXXXX', /\(status 404\)/],
    [404, '{"error":"secretXXXX"}', /\(status 404\)/],
  ])('with %i %j ends at once and says what to do', async (status, body, expected) => {
    await using slack = await startSlack({ status, body, headers: { location: 'https://evil.example/' } });
    const { slept, error } = await post(slack);
    expect(error?.code).toBe('webhook-refused');
    expect(error?.message).toMatch(expected);
    expect(slept).toEqual([]);
    expect(slack.posts).toHaveLength(1);
  });

  it.each<[string, SlackAnswer]>([
    [
      'refused',
      { status: 404, body: 'no_service for https://hooks.slack.com/services/T000/B000/secretXXXX' },
    ],
    ['unavailable', { fault: 'reset' }],
  ])('that is %s tells neither the address nor the message nor the answer', async (_, answer) => {
    await using slack = await startSlack(answer);
    const { error } = await post(slack);
    expect(`${error?.stack} ${JSON.stringify(error)} ${error?.cause}`).not.toMatch(
      /secretXXXX|services|facts/,
    );
  });
});
