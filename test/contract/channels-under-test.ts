// Every channel as the contract tests it: how it shows a message, and what its receiver objects to. A new one has its entry
// here; one with a webhook is demanded by the compiler.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KnownBlock } from '@slack/types';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { publishInput } from '../../lib/aws/publish-input.ts';
import { amazonQPayload } from '../../lib/notify/amazon-q-payload.ts';
import type { Message } from '../../lib/notify/message.ts';
import type { ReceivedMessage } from '../../lib/notify/received-message.ts';
import { type SlackPayload, slackPayload } from '../../lib/notify/slack-payload.ts';
import type { WebhookChannelName } from '../../lib/notify/webhook-channels.ts';
import { anyReceivedMessage, viewFullOf } from '../fakes/arbitrary-received-message.ts';
import { anyText } from '../fakes/arbitrary-text.ts';
import { messageOf, stormOf } from '../fakes/message-of.ts';
import { publishedBytes } from '../fakes/published-bytes.ts';
import { receivedAlertOf, receivedMessageOf } from '../fakes/received-message-of.ts';
import type { ChannelUnderTest, ShownMessage } from './channel.contract.ts';

const schemaProblems = (path: string) => {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../..', path), 'utf8'));
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  return (document: unknown) => {
    validate(document);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
};
const messageProblems = schemaProblems('lib/notify/alert-v1.schema.json');
const customNotificationProblems = schemaProblems('test/fixtures/amazon-q/custom-notification.schema.json');

const tooMuch = (what: string, size: number, limit: number) =>
  size <= limit ? [] : [`${what}: ${size} of ${limit}`];

/** The JSON holds the first hundred. */
const LISTED = 100;

const received = {
  anyMessage: anyReceivedMessage,
  severalOf: (count: number) => {
    const pieces = Array.from({ length: count }, (_, index) => `Alert ${index + 1} of them`);
    const alerts = pieces.slice(0, LISTED).map((piece, index) => {
      // Some titles are longer than any line may be, escaped and not.
      const title = index % 5 === 3 ? `${piece} ${'&<😀'.repeat(300)}` : piece;
      return receivedAlertOf({ title, id: `id-${index}` });
    });
    return { pieces, message: receivedMessageOf({ alerts, omitted: count - alerts.length }) };
  },
  named: (name: string) => {
    const alert = receivedAlertOf({ title: name, id: name, budgetId: name, view: viewFullOf(name) });
    return receivedMessageOf({ title: 'T', alerts: [alert, alert, alert] });
  },
};

/** Limits of docs.slack.dev; and in all less than the smallest blocks that Slack is known to have refused (11,341). */
function slackProblems({ text, blocks, ...rest }: SlackPayload): string[] {
  const known: KnownBlock[] = blocks.map((block) => block);
  return [
    ...tooMuch('characters of JSON', JSON.stringify({ text, blocks, ...rest }).length, 11_000),
    ...tooMuch('characters of the fallback', text.length, 400),
    ...tooMuch('blocks', known.length, 50),
    ...known.flatMap((block): string[] => {
      if (block.type === 'header') return tooMuch('header', block.text.text.length, 150);
      if (block.type === 'context') return tooMuch('elements', block.elements.length, 10);
      if (block.type !== 'section') return [`a block of another type: ${block.type}`];
      return [
        ...tooMuch('section', block.text?.text.length ?? 0, 3_000),
        ...tooMuch('fields', block.fields?.length ?? 0, 10),
        ...(block.fields ?? []).flatMap(({ text: field }) => tooMuch('field', field.length, 2_000)),
      ];
    }),
  ];
}

const slack: ChannelUnderTest<ReceivedMessage> = {
  ...received,
  show: (message): ShownMessage => {
    const payload = slackPayload(message);
    const [title = '', ...texts] = payload.blocks.flatMap((block) => {
      if (block.type === 'context') return block.elements.map(({ text }) => text);
      return 'fields' in block ? block.fields.map(({ text }) => text) : [block.text.text];
    });
    return { title, texts: [...texts, payload.text], problems: slackProblems(payload) };
  },
  markup: /[*~`]|<[^>]*>/g,
};

const amazonQ: ChannelUnderTest<ReceivedMessage> = {
  ...received,
  show: (message): ShownMessage => {
    const payload = amazonQPayload(message);
    const { title, description, nextSteps = [], keywords } = payload.content;
    const { additionalContext, summary } = payload.metadata;
    return {
      title,
      texts: [description, ...nextSteps, ...keywords, summary, ...Object.values(additionalContext)],
      problems: [
        ...customNotificationProblems(JSON.parse(JSON.stringify(payload))),
        // The schema counts characters, the program UTF-16 code units, and Slack's section behind it takes 3,000.
        ...tooMuch('description', description.length, 2_900),
      ],
    };
  },
  markup: /[*~`<>[\]]|:\/\//g,
};

/** The budgets file has no empty ones. */
const label = anyText(20).map((text) => text || 'x');

const sent = {
  anyMessage: fc
    .tuple(
      anyText(60),
      fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9_.-]{0,63}$/), label, { maxKeys: 8 }),
      fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 400 })),
    )
    .map(([name, labels, count]) =>
      stormOf(count, { budgetName: name, labels, scope: { project: [name, 'b'] } }),
    ),
  severalOf: (count: number) => {
    const message = stormOf(count);
    return { message, pieces: message.alerts.map(({ member }) => `${member} is at`) };
  },
  named: (name: string) =>
    messageOf(
      ...['a', 'b', 'c'].map((id) => ({
        id,
        budgetName: name,
        scope: { project: ['proj_a', name] },
        names: { proj_a: name },
        contributors: [{ label: name, amount: '60', previous: null }],
      })),
    ),
};

function published(message: Message) {
  const input = publishInput(message, 'arn:aws:sns:us-east-1:111122223333:alerts');
  const { default: json, email } = JSON.parse(input.Message ?? '');
  return { input, json, email, subject: input.Subject ?? '' };
}

/** The rules of SNS's Publish; and of SQS, which drops a raw message with more than ten attributes. */
function publishProblems({ input, subject, email }: ReturnType<typeof published>): string[] {
  const longest = Math.max(...email.split('\n').map((line: string) => Buffer.byteLength(line)));
  return [
    ...tooMuch('bytes', publishedBytes(input), 256 * 1024),
    ...tooMuch('subject', subject.length, 99),
    ...(/^[\p{L}\p{N}\p{P}][ -~]*$/u.test(subject) && /^[!-~]/.test(subject) ? [] : [`subject ${subject}`]),
    ...tooMuch('attributes', Object.keys(input.MessageAttributes ?? {}).length, 10),
    // RFC 5322: mail servers break a longer line wherever that is.
    ...tooMuch('bytes in a line', longest, 998),
  ];
}

const email: ChannelUnderTest<Message> = {
  ...sent,
  show: (message): ShownMessage => {
    const mail = published(message);
    return { title: mail.subject, texts: [mail.email], problems: publishProblems(mail) };
  },
  // Plain text has no markup but its lines.
  markup: /\n(?=----\n)/g,
};

const json: ChannelUnderTest<Message> = {
  ...sent,
  show: (message): ShownMessage => {
    const document = JSON.parse(published(message).json);
    const listing = [...document.alerts.map(textOf), document.notice ?? ''];
    const texts = [document.text, ...document.alerts.map(textOf)];
    return { title: document.title, texts, listing, problems: messageProblems(document) };
  },
  markup: /\n(?=----\n)/g,
};

function textOf({ text }: { readonly text: string }): string {
  return text;
}

const webhooks: Readonly<Record<WebhookChannelName, ChannelUnderTest<ReceivedMessage>>> = { slack };

/** What shows a message that it has received, by its name. */
export const CHATS: readonly (readonly [string, ChannelUnderTest<ReceivedMessage>])[] = [
  ...Object.entries(webhooks),
  ['amazon-q', amazonQ],
];

/** What SNS carries. */
export const TOPIC_TEXTS: readonly (readonly [string, ChannelUnderTest<Message>])[] = [
  ['an e-mail', email],
  ['the JSON', json],
];
