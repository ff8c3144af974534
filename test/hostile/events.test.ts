// No event, from SNS, a schedule or by hand, ends a function in an unnamed way, and none keeps the records beside it from being sent.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createForwarder } from '../../functions/forwarder.ts';
import { parseReceivedMessage } from '../../lib/aws/parse-received-message.ts';
import { parseSnsEvent } from '../../lib/aws/sns-event.ts';
import { parseTickEvent } from '../../lib/aws/tick-event.ts';
import { BudgetAlertsError } from '../../lib/errors.ts';
import { amazonQPayload } from '../../lib/notify/amazon-q-payload.ts';
import { slackPayload } from '../../lib/notify/slack-payload.ts';
import { changedJson } from '../fakes/changed-json.ts';
import { DIGEST, receivedMessageOf, receivedText } from '../fakes/received-message-of.ts';

const CONTEXT = { awsRequestId: 'req-1', getRemainingTimeInMillis: () => 30_000 };
const GOOD = receivedText(receivedMessageOf());
const eventOf = (...texts: readonly unknown[]) => {
  return { Records: texts.map((Message) => ({ EventSource: 'aws:sns', Sns: { Message } })) };
};
const TICK = {
  organization: 'default',
  tick: '2026-11-20T10:00:00Z',
  adminKeySecretId: 'openai-budget-alerts/default',
};

/** What `read` makes of it; an error must be the one that names a malformed event. */
function readOrRefused<Read>(read: () => Read): Read | null {
  try {
    return read();
  } catch (error) {
    expect(error).toBeInstanceOf(BudgetAlertsError);
    expect(error).toMatchObject({ code: 'event-malformed' });
    // Lambda logs it and the dead-letter queue keeps it: nothing of the event is in it.
    expect(String(error)).toMatch(/^[\x20-\x7e]{40,400}$/);
    return null;
  }
}

/** Both must happen often, or nothing was tried. */
function bothIn(results: readonly unknown[]): void {
  const refused = results.filter((result) => result === null).length;
  expect(Math.min(refused, results.length - refused)).toBeGreaterThan(results.length / 20);
}

describe('an event with one thing changed', () => {
  it.each<[string, unknown, (event: unknown) => unknown]>([
    ['of a schedule', TICK, parseTickEvent],
    ['of SNS', eventOf(GOOD, GOOD), parseSnsEvent],
  ])('%s is read or refused by name', (_, event, read) => {
    const results: unknown[] = [];
    fc.assert(
      fc.property(changedJson(event), (changed) => {
        results.push(readOrRefused(() => read(changed)));
      }),
      { numRuns: 2_000 },
    );
    bothIn(results);
  });

  it('that holds a message is refused, or can be shown in both chats', () => {
    const results: unknown[] = [];
    const sent = fc.constantFrom(receivedMessageOf(), receivedMessageOf({ alerts: [], digest: DIGEST }));
    const changed = sent.chain((message) => changedJson(JSON.parse(receivedText(message))));
    fc.assert(
      fc.property(changed, (document) => {
        const message = readOrRefused(() => parseReceivedMessage(JSON.stringify(document) ?? ''));
        results.push(message);
        if (message === null) return;
        // Slack's bounds: 50 blocks, 40,000 characters; SNS's: 256 KB.
        const slack = slackPayload(message);
        expect(slack.blocks.length).toBeLessThanOrEqual(50);
        expect(slack.text.length).toBeLessThanOrEqual(40_000);
        expect(Buffer.byteLength(JSON.stringify(amazonQPayload(message)))).toBeLessThan(262_144);
      }),
      { numRuns: 2_000 },
    );
    bothIn(results);
  });

  it('that is any text in the place of a message is refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        expect(readOrRefused(() => parseReceivedMessage(text))).toBeNull();
      }),
    );
  });
});

describe('records of one event', () => {
  const lines: string[] = [];
  beforeEach(() => {
    lines.length = 0;
    vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
      lines.push(String(line));
      return true;
    });
  });
  afterEach(() => vi.restoreAllMocks());

  it.each([
    ['no JSON', '{'],
    ['of another program', '{"AlarmName":"x"}'],
    ['nested deeper than any stack', '['.repeat(200_000)],
    ['empty', ''],
  ])('are sent whatever stands beside them, and the line counts both: %s', async (_, hostile) => {
    const sent: string[] = [];
    const handler = createForwarder('post-to-slack', async ({ messageId }) => {
      sent.push(messageId);
      return [];
    });
    await expect(handler(eventOf(GOOD, hostile, GOOD), CONTEXT)).rejects.toMatchObject({
      code: 'event-malformed',
    });
    expect(sent).toHaveLength(2);
    expect(JSON.parse(lines.join(''))).toMatchObject({
      ...{ function: 'post-to-slack', outcome: 'failed', records: 3, failed: 1 },
      errors: ['event-malformed'],
    });
  });

  it('are none where the event is none, and the line says so', async () => {
    const handler = createForwarder('post-to-slack', () => Promise.resolve([]));
    await expect(handler({ Records: {} }, CONTEXT)).rejects.toMatchObject({ code: 'event-malformed' });
    expect(JSON.parse(lines.join(''))).toMatchObject({ records: 0, failed: 1, errors: ['event-malformed'] });
  });
});
