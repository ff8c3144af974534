// Every channel does what a channel must. A new one has its entry here: how it is shown, and what its receiver checks.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KnownBlock } from '@slack/types';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { publishInput } from '../../lib/aws/publish-input.ts';
import { amazonQPayload } from '../../lib/notify/amazon-q-payload.ts';
import type { Message } from '../../lib/notify/message.ts';
import type { ReceivedMessage } from '../../lib/notify/received-message.ts';
import { slackPayload } from '../../lib/notify/slack-payload.ts';
import { type ChannelUnderTest, channelContract, type ShownMessage } from '../contract/channel.contract.ts';
import { anyReceivedMessage, viewFullOf } from '../fakes/arbitrary-received-message.ts';
import { anyText } from '../fakes/arbitrary-text.ts';
import { messageOf, stormOf } from '../fakes/message-of.ts';
import { publishedBytes } from '../fakes/published-bytes.ts';
import { receivedAlertOf, receivedMessageOf } from '../fakes/received-message-of.ts';

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

/** `• …` one line each, and `and 12 more …` for the rest, below the alert that is shown in full. */
function listedAlerts(lines: readonly string[]): number {
  const start = lines.lastIndexOf('*Also*') + 1;
  const list = lines.slice(start === 0 ? -1 : start);
  const items = start === 0 ? 0 : list.filter((line) => line.startsWith('• ')).length;
  return items + Number(/^and (\d+) more alert/.exec(list.at(-1) ?? '')?.[1] ?? 0);
}

const received = {
  anyMessage: anyReceivedMessage,
  alertsOf: ({ alerts, omitted, digest }: ReceivedMessage) =>
    alerts.length === 0 || digest !== undefined ? null : alerts.length + omitted,
  named: (name: string) => {
    const alert = receivedAlertOf({ title: name, id: name, budgetId: name, view: viewFullOf(name) });
    return receivedMessageOf({ title: 'T', alerts: [alert, alert, alert] });
  },
};

/** Limits of docs.slack.dev; and in all less than the smallest blocks that Slack is known to have refused (11,341). */
function slackProblems(payload: ReturnType<typeof slackPayload>): string[] {
  const blocks: KnownBlock[] = payload.blocks.map((block) => block);
  return [
    ...tooMuch('characters of JSON', JSON.stringify(payload).length, 11_000),
    ...tooMuch('characters of the fallback', payload.text.length, 400),
    ...tooMuch('blocks', blocks.length, 50),
    ...blocks.flatMap((block): string[] => {
      if (block.type === 'header') return tooMuch('header', block.text.text.length, 150);
      if (block.type === 'context') return tooMuch('elements', block.elements.length, 10);
      if (block.type !== 'section') return [`a block of another type: ${block.type}`];
      return [
        ...tooMuch('section', block.text?.text.length ?? 0, 3_000),
        ...tooMuch('fields', block.fields?.length ?? 0, 10),
        ...(block.fields ?? []).flatMap(({ text }) => tooMuch('field', text.length, 2_000)),
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
    return {
      title,
      texts: [...texts, payload.text],
      alerts:
        1 +
        listedAlerts(
          texts
            .filter((text) => /^(\*Also\*|and \d)/.test(text))
            .join('\n')
            .split('\n'),
        ),
      problems: slackProblems(payload),
    };
  },
  markup: /[*~`]|<[^>]*>/g,
};

const amazonQ: ChannelUnderTest<ReceivedMessage> = {
  ...received,
  show: (message): ShownMessage => {
    const payload = amazonQPayload(message);
    const { title, description, nextSteps = [], keywords } = payload.content;
    return {
      title,
      texts: [description, ...nextSteps, ...keywords, payload.metadata.summary],
      alerts: 1 + listedAlerts(description.split('\n')),
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
  alertsOf: ({ alerts }: Message) => alerts.length,
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
function publishProblems({ input, subject }: ReturnType<typeof published>): string[] {
  return [
    ...tooMuch('bytes', publishedBytes(input), 256 * 1024),
    ...tooMuch('subject', subject.length, 99),
    ...(/^[\p{L}\p{N}\p{P}][ -~]*$/u.test(subject) && /^[!-~]/.test(subject) ? [] : [`subject ${subject}`]),
    ...tooMuch('attributes', Object.keys(input.MessageAttributes ?? {}).length, 10),
  ];
}

const email: ChannelUnderTest<Message> = {
  ...sent,
  show: (message): ShownMessage => {
    const mail = published(message);
    const counted = /^(\d+) budgets reached/.exec(mail.email)?.[1];
    return {
      title: mail.subject,
      texts: [mail.email],
      alerts: counted === undefined ? 1 : Number(counted),
      problems: publishProblems(mail),
    };
  },
  // Plain text has no markup but its lines.
  markup: /\n(?=----\n)/g,
};

const json: ChannelUnderTest<Message> = {
  ...sent,
  show: (message): ShownMessage => {
    const document = JSON.parse(published(message).json);
    return {
      title: document.title,
      texts: [document.text, ...document.alerts.map(({ text }: { text: string }) => text)],
      alerts: document.alerts.length + document.omitted,
      problems: messageProblems(document),
    };
  },
  markup: /\n(?=----\n)/g,
};

channelContract('Slack', slack);
channelContract('Amazon Q', amazonQ);
channelContract('an e-mail', email);
channelContract('the JSON', json);
