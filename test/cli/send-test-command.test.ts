// `send-test` on a state folder: one message of each kind on the asked route, each marked as a test everywhere.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseReceivedMessage } from '../../lib/aws/parse-received-message.ts';
import { type SendTestOptions, sendTestCommand } from '../../lib/cli/send-test-command.ts';
import { SAMPLE_KINDS } from '../../lib/notify/samples/sample-messages.ts';
import { slackPayload } from '../../lib/notify/slack-payload.ts';
import { capturedTerminal } from '../fakes/captured-terminal.ts';
import { instantOf } from '../fakes/time-of.ts';

const TARGET = { state: 'state', stack: null, organization: null, topicArn: null };
const TICK = instantOf('2026-11-20T10:00:00Z');

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'budget-alerts-send-test-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function sendTest(change: Partial<SendTestOptions> = {}) {
  const terminal = capturedTerminal(directory);
  const options = { ...TARGET, tick: TICK, route: 'default', kind: null, ...change };
  const exitCode = await sendTestCommand(options, terminal);
  const lines = readFileSync(join(directory, 'state/outbox.jsonl'), 'utf8').trimEnd().split('\n');
  return { exitCode, printed: terminal.printed(), complained: terminal.complained(), lines };
}

describe('send-test', () => {
  it('sends one message that shows what an alert looks like', async () => {
    const { exitCode, printed, complained, lines } = await sendTest();
    expect([exitCode, complained, lines.length]).toEqual([0, '', 1]);
    expect(printed).toMatch(/^Sent test on the route default to .*outbox\.jsonl/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      title: 'Test: alerts of budget-alerts reach you',
      attributes: { kind: 'test', route: 'default' },
      alerts: [{ reason: 'test' }],
    });
  });

  it('sends every kind on the route that is asked for', async () => {
    const { exitCode, printed, lines } = await sendTest({ route: 'oncall', kind: 'all' });
    expect([exitCode, lines.length]).toEqual([0, SAMPLE_KINDS.length]);
    expect(printed.split('\n').map((line) => line.split(' ')[1])).toEqual([...SAMPLE_KINDS]);
    const ids = lines.map((line) => JSON.parse(line).messageId);
    expect(new Set(ids).size).toBe(SAMPLE_KINDS.length);
  });

  it.each(SAMPLE_KINDS)('marks %s as a test in title, text, attributes and chats', async (kind) => {
    const { lines } = await sendTest({ route: 'oncall', kind });
    expect(lines).toHaveLength(1);
    const message = parseReceivedMessage(lines[0] ?? '');
    expect(message.title).toMatch(/^Test: \S/);
    expect(message.text).toMatch(
      /^Test: .*\.\n\nThis is a test\. Nothing has happened, and nothing needs to be done\.\n/,
    );
    expect(message.attributes.kind).toBe('test');
    const [header] = slackPayload(message).blocks;
    expect(header).toMatchObject({ text: { text: expect.stringMatching(/^🧪 Test: (?!Test)/) } });
  });

  it.each([
    ['first-breach', 'oncall'],
    ['heartbeat', 'default'],
    ['source-failing', undefined],
  ] as const)('says for %s on which route it went, as the real one does: %s', async (kind, route) => {
    const { lines } = await sendTest({ route: 'oncall', kind });
    expect(JSON.parse(lines[0] ?? '').attributes.route).toBe(route);
  });
});
