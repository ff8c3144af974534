// Every kind of message on every channel, as files to be read: a change of wording shows as a change of a file.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parseReceivedMessage } from '../../lib/aws/parse-received-message.ts';
import { renderSample } from '../../lib/cli/preview-command.ts';
import { moreAlerts } from '../../lib/notify/more-alerts.ts';
import { SAMPLE_KINDS } from '../../lib/notify/samples/sample-messages.ts';
import { CHATS } from '../contract/channels-under-test.ts';

const GOLDEN = join(import.meta.dirname, '../golden');

function schemaAt(path: string) {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../..', path), 'utf8'));
  return new Ajv2020({ allErrors: true }).compile(schema);
}

const isMessage = schemaAt('lib/notify/alert-v1.schema.json');

const pretty = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
const goldenOf = (kind: string, file: string) => join(GOLDEN, `${kind}.${file}`);

/** Of many alerts one stands for all, in the way that a channel without room leaves alerts out. */
function reviewable(json: string): { alerts: unknown[]; omitted: number } {
  const { alerts, omitted, ...message } = JSON.parse(json);
  const left = alerts.length - 1;
  if (left < 1) return JSON.parse(json);
  const notice = moreAlerts(left, `\`${message.status}\``);
  return { ...message, alerts: alerts.slice(0, 1), omitted: left, notice };
}

describe.each(SAMPLE_KINDS)('a message of the kind %s', (kind) => {
  const rendered = renderSample(kind);

  it('reads so in an e-mail', async () => {
    const mail = `Subject: ${rendered.subject}\n\n${rendered.email}\n`;
    await expect(mail).toMatchFileSnapshot(goldenOf(kind, 'email.txt'));
  });

  it.each(rendered.chats.map((chat) => [chat.label, chat] as const))(
    'is this in %s',
    async (_, { file, payload }) => {
      await expect(pretty(payload)).toMatchFileSnapshot(goldenOf(kind, file));
    },
  );

  it.each(CHATS)('is something that %s takes', (_, { show }) => {
    expect(show(parseReceivedMessage(rendered.json)).problems).toEqual([]);
  });

  it('is this JSON to programs, by its schema', async () => {
    isMessage(JSON.parse(rendered.json));
    expect(isMessage.errors).toBeNull();
    isMessage(reviewable(rendered.json));
    expect(isMessage.errors).toBeNull();
    await expect(pretty(reviewable(rendered.json))).toMatchFileSnapshot(goldenOf(kind, 'message.json'));
  });
});

it('there is no golden file of a message that is not made any more', () => {
  const chats = renderSample('test').chats.map(({ file }) => file);
  const files = ['email.txt', 'message.json', ...chats];
  const expected = SAMPLE_KINDS.flatMap((kind) => files.map((file) => `${kind}.${file}`));
  expect(readdirSync(GOLDEN).sort()).toEqual(expected.sort());
});
