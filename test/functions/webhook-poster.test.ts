// From an SNS event to a post in Slack: the webhook is looked up, kept, replaced when it was revoked, and never logged.
import { describe, expect, it } from 'vitest';
import { createWebhookPoster } from '../../functions/webhook-poster.ts';
import type { SecretReader } from '../../lib/aws/secret-reader.ts';
import { BudgetAlertsError } from '../../lib/errors.ts';
import { slackPayload } from '../../lib/notify/slack-payload.ts';
import { captureLog } from '../fakes/captured-log.ts';
import { receivedAlertOf, receivedMessageOf, receivedText } from '../fakes/received-message-of.ts';
import { OK, type SlackAnswer, type SlackServer, startSlack } from '../webhook/slack-server.ts';

const OLD = 'https://hooks.slack.com/services/T000/B000/oldSecret';
const NEW = 'https://hooks.slack.com/services/T000/B000/newSecret';
const REVOKED: SlackAnswer = { status: 404, body: 'no_service' };
const CONTEXT = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 30_000 };

/** A secret that is kept until it is forgotten, and that somebody may replace meanwhile. */
interface StoredSecret extends SecretReader {
  stored: string | Error;
  reads: number;
}

function storedSecret(stored: string | Error): StoredSecret {
  let kept: string | null = null;
  const secret: StoredSecret = {
    stored,
    reads: 0,
    async read() {
      if (kept !== null) return kept;
      secret.reads += 1;
      if (secret.stored instanceof Error) throw secret.stored;
      kept = secret.stored;
      return kept;
    },
    forget() {
      kept = null;
    },
  };
  return secret;
}

/** Somebody stores the new webhook as soon as the one before has been read. */
function replaceOnceRead(secret: StoredSecret): void {
  const { read } = secret;
  secret.read = async (id) => {
    const text = await read(id);
    secret.stored = NEW;
    return text;
  };
}

const posterOn = ({ dispatcher }: SlackServer, secrets: SecretReader) =>
  createWebhookPoster({
    channel: 'slack',
    secretId: 'slack',
    secrets,
    post: { dispatcher, sleep: async () => {} },
  });

const eventOf = (...messages: readonly string[]) => ({
  Records: messages.map((Message) => ({ EventSource: 'aws:sns', Sns: { Message, Subject: 'x' } })),
});
const messageOf = (title: string) => receivedMessageOf({ alerts: [receivedAlertOf({ title })] });
const documentOf = (title: string) => receivedText(messageOf(title));

const lines = captureLog();

describe('post-to-slack', () => {
  it('posts the message of the event and logs one line about it', async () => {
    await using slack = await startSlack(OK);
    await posterOn(slack, storedSecret(OLD))(eventOf(documentOf('Chatbot')), CONTEXT);
    expect(slack.posts.map(({ path }) => path)).toEqual(['/services/T000/B000/oldSecret']);
    expect(JSON.parse(slack.posts[0]?.body ?? '')).toEqual(slackPayload(messageOf('Chatbot')));
    expect(lines).toEqual([
      {
        function: 'post-to-slack',
        outcome: 'done',
        awsRequestId: 'request-1',
        durationMs: expect.any(Number),
        records: 1,
        failed: 0,
        errors: [],
      },
    ]);
  });

  it('reads the webhook once for many events', async () => {
    await using slack = await startSlack(OK);
    const secret = storedSecret(OLD);
    const handler = posterOn(slack, secret);
    for (const name of ['a', 'b', 'c']) await handler(eventOf(documentOf(name)), CONTEXT);
    expect([secret.reads, slack.posts.length]).toEqual([1, 3]);
  });

  it('uses the new webhook when the one it knew was revoked', async () => {
    await using slack = await startSlack(OK, REVOKED, OK);
    const secret = storedSecret(OLD);
    const handler = posterOn(slack, secret);
    await handler(eventOf(documentOf('a')), CONTEXT);
    secret.stored = NEW;
    await handler(eventOf(documentOf('b')), CONTEXT);
    expect(slack.posts.map(({ path }) => path.split('/').at(-1))).toEqual([
      'oldSecret',
      'oldSecret',
      'newSecret',
    ]);
    expect(secret.reads).toBe(2);
  });

  it('fails when the revoked webhook is still the stored one: one post, and the next event reads anew', async () => {
    await using slack = await startSlack(REVOKED);
    const secret = storedSecret(OLD);
    await expect(posterOn(slack, secret)(eventOf(documentOf('a')), CONTEXT)).rejects.toMatchObject({
      code: 'webhook-refused',
    });
    expect([secret.reads, slack.posts.length]).toEqual([2, 1]);
    expect(lines).toMatchObject([{ outcome: 'failed', records: 1, failed: 1, errors: ['webhook-refused'] }]);
  });

  it('fails when the new webhook is refused too: two posts, no more', async () => {
    await using slack = await startSlack(REVOKED);
    const secret = storedSecret(OLD);
    const handler = posterOn(slack, secret);
    replaceOnceRead(secret);
    await expect(handler(eventOf(documentOf('a')), CONTEXT)).rejects.toMatchObject({
      code: 'webhook-refused',
    });
    expect(slack.posts.map(({ path }) => path.split('/').at(-1))).toEqual(['oldSecret', 'newSecret']);
  });

  it('posts the text alone when Slack refuses the blocks, and says so there and in the log', async () => {
    await using slack = await startSlack({ status: 400, body: 'invalid_blocks' }, OK);
    await posterOn(slack, storedSecret(OLD))(eventOf(documentOf('Chatbot is at 92 %')), CONTEXT);
    expect(slack.posts).toHaveLength(2);
    const { text, ...rest } = JSON.parse(slack.posts[1]?.body ?? '');
    expect(rest).toEqual({ unfurl_links: false, unfurl_media: false });
    expect(text).toContain('*🟠 Warning: Chatbot is at 92 %*\n```\n');
    expect(text).toContain('Spent:     $460.12 (92.0 %)');
    expect(text).toContain(
      'This is the text alone. Slack refused what the message is made of (status 400, invalid',
    );
    expect(lines).toMatchObject([{ outcome: 'done', failed: 0, gotOver: ['webhook-message-refused'] }]);
  });

  it('uses the new webhook for the text alone, too', async () => {
    await using slack = await startSlack({ status: 400, body: 'invalid_blocks' }, REVOKED, OK);
    const secret = storedSecret(OLD);
    const handler = posterOn(slack, secret);
    replaceOnceRead(secret);
    await handler(eventOf(documentOf('a')), CONTEXT);
    expect(slack.posts.map(({ path }) => path.split('/').at(-1))).toEqual([
      'oldSecret',
      'oldSecret',
      'newSecret',
    ]);
  });

  it('fails when Slack refuses the text alone, too', async () => {
    await using slack = await startSlack({ status: 400, body: 'invalid_payload' });
    await expect(posterOn(slack, storedSecret(OLD))(eventOf(documentOf('a')), CONTEXT)).rejects.toMatchObject(
      { code: 'webhook-message-refused' },
    );
    expect(slack.posts).toHaveLength(2);
    expect(lines).toMatchObject([{ outcome: 'failed', failed: 1, errors: ['webhook-message-refused'] }]);
  });

  it.each<[string, SlackAnswer, string]>([
    ['Slack is down', { status: 503 }, 'webhook-unavailable'],
    [
      'Slack asks for more patience than there is time',
      { status: 429, headers: { 'retry-after': '60' } },
      'webhook-unavailable',
    ],
  ])('fails when %s, and keeps its webhook', async (_, answer, code) => {
    await using slack = await startSlack(answer);
    const secret = storedSecret(OLD);
    await expect(posterOn(slack, secret)(eventOf(documentOf('a')), CONTEXT)).rejects.toMatchObject({ code });
    expect(secret.reads).toBe(1);
  });

  it('posts nowhere when the secret is no webhook, and sees at once when that is mended', async () => {
    await using slack = await startSlack(OK);
    const secret = storedSecret('{"url":"https://evil.example/"}');
    const handler = posterOn(slack, secret);
    await expect(handler(eventOf(documentOf('a')), CONTEXT)).rejects.toMatchObject({
      code: 'webhook-invalid',
    });
    expect(slack.posts).toEqual([]);
    secret.stored = NEW;
    await handler(eventOf(documentOf('a')), CONTEXT);
    expect(slack.posts).toHaveLength(1);
  });

  it('fails when the secret cannot be read', async () => {
    await using slack = await startSlack(OK);
    const secret = storedSecret(new BudgetAlertsError('secret-unavailable', 'There is no secret.'));
    await expect(posterOn(slack, secret)(eventOf(documentOf('a')), CONTEXT)).rejects.toMatchObject({
      code: 'secret-unavailable',
    });
  });

  it('posts the other records when one cannot be read, and fails all the same', async () => {
    await using slack = await startSlack(OK);
    const event = eventOf(documentOf('a'), '{"schema":"budget-alerts/alert/v2"}', documentOf('b'));
    await expect(posterOn(slack, storedSecret(OLD))(event, CONTEXT)).rejects.toMatchObject({
      code: 'event-malformed',
    });
    expect(slack.posts).toHaveLength(2);
    expect(lines).toMatchObject([{ outcome: 'failed', records: 3, failed: 1, errors: ['event-malformed'] }]);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a tick', { organization: 'acme', tick: '2026-11-20T10:00:00Z' }],
    ['no records', { Records: [] }],
    ['records of SQS', { Records: [{ body: 'x' }] }],
  ])('refuses an event of %s', async (_, event) => {
    await using slack = await startSlack(OK);
    await expect(posterOn(slack, storedSecret(OLD))(event, CONTEXT)).rejects.toMatchObject({
      code: 'event-malformed',
    });
    expect(lines).toMatchObject([{ outcome: 'failed', records: 0, errors: ['event-malformed'] }]);
  });

  it('logs no name, amount, text or address, whatever happens', async () => {
    await using slack = await startSlack(REVOKED, { status: 500 });
    const handler = posterOn(slack, storedSecret(OLD));
    for (const text of [documentOf('Chatbot'), 'Chatbot $460.12']) {
      const error = await handler(eventOf(text), CONTEXT).catch((thrown: unknown) => thrown);
      // Lambda logs what a handler throws.
      expect(error instanceof Error ? error.stack : '').not.toMatch(
        /Chatbot|\$460|Secret\b|hooks\.slack\.com\/services\/T000/,
      );
    }
    expect(JSON.stringify(lines)).not.toMatch(/Chatbot|460|Secret|hooks/);
  });
});
