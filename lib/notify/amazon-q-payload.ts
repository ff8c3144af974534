// What a message looks like in Amazon Q Developer in chat applications: a custom notification, which it shows in a chat.
import { alertLines, characters, digestLines } from './amazon-q-lines.ts';
import { chatCode, chatLine, chatLink, chatProse } from './amazon-q-text.ts';
import { cutLine } from './cut-text.ts';
import { listWithin } from './list-within.ts';
import { markedTitle, markOf } from './message-mark.ts';
import { moreAlerts, waitingAlerts } from './more-alerts.ts';
import { withoutNoticeLines } from './notice-lines.ts';
import { oneLine } from './one-line.ts';
import { listingCommand, type ReceivedAlert, type ReceivedMessage, takenBackId } from './received-message.ts';
import { withoutTitle } from './without-title.ts';

/** docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html */
export interface AmazonQPayload {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly id: string;
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly nextSteps?: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    /** What shares it stands in one thread, where the channel's preferences allow threads. */
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: string;
    readonly relatedResources?: readonly string[];
    readonly additionalContext: Readonly<Record<string, string>>;
    /** No buttons that run commands in the AWS account: nothing here is mended by one. */
    readonly enableCustomActions: false;
  };
}

/**
 * In UTF-16 code units. They keep every text within one section of Slack's, which Amazon Q writes it into, and the whole
 * far below what SNS carries.
 */
const MAX_TITLE = 250;
const MAX_DESCRIPTION = 2_900;
const MAX_STEP = 350;
const MAX_ADVICE = 190;
const MAX_LINK = 150;
const MAX_KEYWORD = 75;
const MAX_ID = 250;
const MAX_SUMMARY = 250;
const MAX_COMMAND = 100;
const MAX_ITEM = 200;
const MAX_ITEMS = 30;
const NO_TITLE = 'Budget alert';

export function amazonQPayload(message: ReceivedMessage): AmazonQPayload {
  const { kind, severity, code } = message.attributes;
  const title = oneLine(message.title) || NO_TITLE;
  const nextSteps = nextStepsOf(message);
  const relatedResources = relatedOf(message);
  return {
    version: '1.0',
    source: 'custom',
    id: idText(message.messageId),
    content: {
      textType: 'client-markdown',
      title: chatLine(markedTitle(markOf(message), title), MAX_TITLE),
      description: descriptionOf(message),
      ...(nextSteps.length === 0 ? {} : { nextSteps }),
      keywords: [kind, severity, code].flatMap((word) =>
        word === undefined ? [] : [chatLine(word, MAX_KEYWORD)],
      ),
    },
    metadata: {
      threadId: idText(threadOf(message)),
      summary: chatLine(title, MAX_TITLE),
      eventType: idText(kind),
      ...(relatedResources.length === 0 ? {} : { relatedResources }),
      additionalContext: contextOf(message),
      enableCustomActions: false,
    },
  };
}

/** One thread for a budget in a period, so that its thresholds follow each other; one for each heading of the runbook. */
function threadOf({ messageId, attributes, alerts }: ReceivedMessage): string {
  const [worst] = alerts;
  const { organization, kind, code } = attributes;
  const of = organization === undefined ? '' : `${organization}/`;
  if (worst !== undefined) return `${of}${worst.budgetId}/${worst.period.start}`;
  if (code !== undefined) return `${of}${kind}/${code}`;
  return ['digest', 'heartbeat'].includes(kind) ? `${of}${kind}` : messageId;
}

function descriptionOf(message: ReceivedMessage): string {
  const { attributes, alerts, summary = '', waiting = 0 } = message;
  const note = [
    ...(attributes.kind === 'test'
      ? ['*This is a test.* Nothing was spent, and nothing needs to be done.']
      : []),
    ...(waiting > 0 ? [waitingAlerts(waiting)] : []),
    ...(summary !== '' && alerts.length > 0 ? [chatLine(summary, MAX_SUMMARY)] : []),
  ];
  const room = MAX_DESCRIPTION - characters(note.join('\n')) - 1;
  return [...note, ...bodyOf(message, room)].join('\n') || NO_TITLE;
}

function bodyOf(message: ReceivedMessage, maxCharacters: number): string[] {
  const { alerts, omitted, digest } = message;
  const [worst, ...others] = alerts;
  if (digest !== undefined) return digestLines(digest, maxCharacters);
  const several = alerts.length + omitted > 1;
  const roomForText = several ? maxCharacters - MAX_ITEM : maxCharacters;
  const head = worst === undefined ? proseOf(message, roomForText) : linesOf(worst, message);
  if (!several) return head;
  const items = others.map((alert) => {
    const original = takenBackId(alert);
    const takesBack = original === null ? '' : ` (takes back ${chatCode(original, MAX_ID)})`;
    return `• ${chatLine(alert.title, MAX_ITEM)}${takesBack}`;
  });
  const list = listWithin(items, omitted, {
    maxSize: maxCharacters - characters(`${head.join('\n')}\n*Also*\n`),
    maxLines: MAX_ITEMS,
    rest: (count) => `and ${moreAlerts(count, chatCode(listingCommand(message), MAX_COMMAND))}`,
    sizeOf: characters,
  });
  return [...head, ...(others.length === 0 ? [] : ['*Also*']), ...list];
}

/** Its title stands above them already, unless that is about more. */
function linesOf(worst: ReceivedAlert, { title }: ReceivedMessage): string[] {
  const [own = '', ...facts] = alertLines(worst);
  return worst.title === title ? facts : [own, ...facts];
}

function proseOf(message: ReceivedMessage, maxCharacters: number): string[] {
  const { doctor, attributes } = message;
  const own = withoutNoticeLines(withoutTitle(message), { code: attributes.code, doctor });
  const text = chatProse(own, maxCharacters);
  return text === '' ? [] : [text];
}

/** What was taken back needs no silence. */
function nextStepsOf(message: ReceivedMessage): string[] {
  const { attributes, alerts, digest, doctor } = message;
  const [worst] = alerts;
  if (digest !== undefined) {
    return [`See where everything stands: ${chatCode(listingCommand(message), MAX_STEP - 50)}`];
  }
  if (worst === undefined) {
    return [
      ...(doctor === undefined ? [] : [`See what is wrong: ${chatCode(doctor, MAX_STEP - 50)}`]),
      ...(attributes.code === undefined || attributes.severity === 'info'
        ? []
        : [`See the runbook (docs/runbook.md): ${chatCode(attributes.code, MAX_KEYWORD)}`]),
    ];
  }
  const { advice, explain, silence, usageUrl } = worst.view;
  const usage = chatLink(usageUrl, MAX_LINK);
  const isTakenBack = takenBackId(worst) !== null;
  const look = isTakenBack ? 'Usage at OpenAI' : chatLine(advice, MAX_ADVICE);
  return [
    ...(usage === null && isTakenBack ? [] : [`${look}${usage === null ? '' : `: ${usage}`}`]),
    `Why it stands so: ${chatCode(explain, MAX_STEP - 50)}`,
    ...(isTakenBack || worst.late
      ? []
      : [`Hear no more of it for a while: ${chatCode(silence, MAX_STEP - 50)}`]),
  ];
}

function relatedOf({ attributes }: ReceivedMessage): string[] {
  const { budgetId, projectId } = attributes;
  return [budgetId, projectId].flatMap((id) => (id === undefined ? [] : [idText(id)]));
}

function contextOf({ messageId, attributes, alerts, omitted }: ReceivedMessage): Record<string, string> {
  const [worst] = alerts;
  const original = worst === undefined ? null : takenBackId(worst);
  return {
    messageId: idText(messageId),
    alerts: `${alerts.length + omitted}`,
    ...(worst === undefined ? {} : { alertId: idText(worst.id), budgetId: idText(worst.budgetId) }),
    ...(original === null ? {} : { takesBack: idText(original) }),
    ...(attributes.code === undefined ? {} : { runbook: idText(attributes.code) }),
  };
}

/** Ids of our own pass as they are, which is what threads and look-ups need. */
function idText(id: string): string {
  return (
    cutLine(oneLine(id).replace(/[^\p{L}\p{N} #:/._+,()%-]|(?<=\/)\//gu, '_'), MAX_ID, characters) || '-'
  );
}
